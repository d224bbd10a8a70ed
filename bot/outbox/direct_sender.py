"""Sends at once, on threads of its own, so that no acknowledgement waits for Slack.

For what one person sees, or what expires within seconds. message.py knows how each kind is sent.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.outbox.message import Fallback, Message, RefusedError

SENDERS = 8  # threads; a slow Slack holds messages back, never questions
LAST_WAIT = 5.0  # seconds at the end; with those of server and outbox well below the 30 of most platforms

_log = logging.getLogger(__name__)

Observe = Callable[[str, float], None]
"""Told how what was to be delivered ended, "sent" or another word, and how many seconds that took."""

_Parcel = tuple[WebClient, Message, Fallback | None, float]


class DirectSender:
    """Sends messages, each as soon as one of its threads is free."""

    def __init__(self, senders: int = SENDERS, observe: Observe = lambda _outcome, _seconds: None) -> None:
        """Send on so many threads at most; `observe` is told of each message, whether "sent" or "failed"."""
        self._senders = senders
        self._observe = observe
        self._waiting: queue.Queue[_Parcel | None] = queue.Queue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def post(self, client: WebClient, message: Message, fallback: Fallback | None = None) -> None:
        """Send a message now, on another thread.

        What can't be sent is logged under a reference; `fallback` says what is sent instead, if anything.
        """
        with self._lock:
            if self._is_closed:
                _log.warning("not sent, for the desk ends", extra={"messages": 1})
                return
            self._waiting.put((client, message, fallback, time.monotonic()))
            if len(self._threads) < self._senders:
                # Not of concurrent.futures: the interpreter would wait for those, however long Slack takes.
                thread = threading.Thread(
                    target=self._work, name=f"direct-sender-{len(self._threads)}", daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def close(self, timeout: float = LAST_WAIT) -> None:
        """Send what is waiting, for some seconds at most, then take nothing more."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        with self._waiting.all_tasks_done:
            self._waiting.all_tasks_done.wait_for(lambda: not self._waiting.unfinished_tasks, timeout)
            left = self._waiting.unfinished_tasks
        if left:
            _log.warning("not sent, for the desk ends", extra={"messages": left})
        self._drop()
        for _ in self._threads:
            self._waiting.put(None)
        if not left:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while parcel := self._waiting.get():
            try:
                self._send(*parcel)
            except Exception as error:  # noqa: BLE001 - a thread that ends sends nothing any more
                report(error, "an fallback could not be made")
            finally:
                self._waiting.task_done()

    def _drop(self) -> None:
        """Forget what waits still."""
        while True:
            try:
                self._waiting.get_nowait()
            except queue.Empty:
                return

    def _send(self, client: WebClient, message: Message, fallback: Fallback | None, began: float) -> None:
        try:
            message.send(client)
        except Exception as error:  # noqa: BLE001 - nothing above would see it
            self._observe("failed", time.monotonic() - began)
            reference = report(error, f"{type(message).__name__} was not sent")
            instead = fallback(_name(error), reference) if fallback else None
            if instead:
                self._send(client, instead, None, time.monotonic())
        else:
            self._observe("sent", time.monotonic() - began)


def report(error: BaseException, what: str) -> str:
    """Log an error with its traceback; return the reference under which it stands in the log."""
    reference = secrets.token_hex(4)
    _log.error(what, exc_info=error, extra={"reference": reference})
    return reference


def _name(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return str(error) if isinstance(error, RefusedError) else ""
