"""Sends messages at once, on threads of its own, so that no acknowledgement waits for Slack.

For what one person sees, or what expires within seconds; nothing of it outlives the process. A message that
Slack limits waits in a list, not on a thread. message.py knows how each kind is sent.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.outbox.faults import LONGEST_PAUSE, read_fault
from bot.outbox.message import Fallback, InOrder, Message, OpenModal, PushModal, ResponseUrlMessage
from bot.outbox.slack_client import SlackClient

SENDERS = 8  # threads; a slow Slack holds messages back, never questions
MOST_WAITING = 1_000  # messages; a flood must not fill the memory
LAST_WAIT = 5.0  # seconds at the end; with those of server and outbox well below the 30 of most platforms
LIVES = {OpenModal: 3.0, PushModal: 3.0, ResponseUrlMessage: 1800.0}
"""Seconds that Slack takes a message for; all others wait LONGEST_PAUSE at most."""

_log = logging.getLogger(__name__)

Observe = Callable[[str, float], None]
"""Called with how a delivery ended, "sent" or another word, and how many seconds that took."""


@dataclass(order=True, slots=True)
class _Parcel:
    """A message that is to be sent from `due` on, by the sender's timer."""

    due: float
    number: int
    client: SlackClient = field(compare=False)
    messages: tuple[Message, ...] = field(compare=False)
    fallback: Fallback | None = field(compare=False)
    began: float = field(compare=False)


class DirectSender:
    """Sends messages, each as soon as one of its threads is free."""

    def __init__(
        self,
        senders: int = SENDERS,
        observe: Observe = lambda _outcome, _seconds: None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Send on so many threads at most.

        `observe` is called for each message with "sent", "failed", or "dropped" where too many wait.
        """
        self._senders = senders
        self._observe = observe
        self._timer = timer
        self._waiting: list[_Parcel] = []
        self._sending = 0
        self._numbers = itertools.count()
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._is_closed = False

    def post(self, client: SlackClient, message: Message, fallback: Fallback | None = None) -> None:
        """Send a message now, on another thread.

        What can't be sent is logged under a reference; `fallback` says what is sent instead, if anything.
        """
        messages = message.messages if isinstance(message, InOrder) else (message,)
        now = self._timer()
        with self._changed:
            if self._is_closed:
                _log.warning("not sent, for the desk ends", extra={"messages": 1})
                return
            if len(self._waiting) >= MOST_WAITING:
                _log.error("not sent, for too many wait", extra={"messages": 1})
                self._observe("dropped", 0.0)
                return
            self._enqueue(_Parcel(now, next(self._numbers), client, messages, fallback, now))
            if len(self._threads) < self._senders:
                # Not of concurrent.futures: the interpreter would wait for those, however long Slack takes.
                name = f"direct-sender-{len(self._threads)}"
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()

    def close(self, timeout: float = LAST_WAIT) -> None:
        """Send what is due, for some seconds at most, then take nothing more."""
        with self._changed:
            if self._is_closed:
                return
            self._is_closed = True
            self._changed.notify_all()
            is_done = self._changed.wait_for(lambda: not self._sending and not self._is_due(), timeout)
            left = len(self._waiting) + self._sending
            self._waiting.clear()
            self._changed.notify_all()
        if left:
            _log.warning("not sent, for the desk ends", extra={"messages": left})
        if is_done:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while parcel := self._wait_for_parcel():
            try:
                self._send(parcel)
            except Exception as error:  # noqa: BLE001 - a thread that ends sends nothing any more
                report(error, "a fallback could not be made")
            finally:
                with self._changed:
                    self._sending -= 1
                    self._changed.notify_all()

    def _wait_for_parcel(self) -> _Parcel | None:
        """Return the next message that is due; None once the sender is closed and none is."""
        with self._changed:
            while not self._is_due():
                if self._is_closed:
                    return None
                self._changed.wait(self._waiting[0].due - self._timer() if self._waiting else None)
            self._sending += 1
            return heapq.heappop(self._waiting)

    def _is_due(self) -> bool:
        return bool(self._waiting) and self._waiting[0].due <= self._timer()

    def _enqueue(self, parcel: _Parcel) -> None:
        heapq.heappush(self._waiting, parcel)
        self._changed.notify()

    def _send(self, parcel: _Parcel) -> None:
        for place, message in enumerate(parcel.messages):
            try:
                message.send(parcel.client)
            except Exception as error:  # noqa: BLE001 - nothing above would see it
                if not self._postpone(parcel, parcel.messages[place:], error):
                    self._fail(parcel, message, error)
                return
        self._observe("sent", self._timer() - parcel.began)

    def _postpone(self, parcel: _Parcel, left: tuple[Message, ...], error: Exception) -> bool:
        """Let a message wait that Slack limits; return False where it can't, or would come too late."""
        fault, now = read_fault(error), self._timer()
        life = LIVES.get(type(left[0]), LONGEST_PAUSE)
        if fault.kind != "limited" or now + fault.wait >= parcel.began + life:
            return False
        with self._changed:
            if self._is_closed:
                return False
            parcel.due, parcel.messages = now + fault.wait, left
            self._enqueue(parcel)
        _log.warning("Slack limits the rate", extra={"kind": type(left[0]).__name__, "seconds": fault.wait})
        return True

    def _fail(self, parcel: _Parcel, message: Message, error: Exception) -> None:
        self._observe("failed", self._timer() - parcel.began)
        reference = report(error, f"{type(message).__name__} was not sent")
        fault = read_fault(error)
        name = fault.name if fault.kind in ("permanent", "too_rich", "limited") else ""
        instead = parcel.fallback(name, reference) if parcel.fallback else None
        if instead:
            now = self._timer()
            self._send(_Parcel(now, next(self._numbers), parcel.client, (instead,), None, now))


def report(error: BaseException, what: str) -> str:
    """Log an error with its traceback; return the reference under which it stands in the log."""
    reference = secrets.token_hex(4)
    _log.error(what, exc_info=error, extra={"reference": reference})
    return reference
