"""Sends at once, on threads of its own, so that no acknowledgement waits for Slack.

For what one person sees, or what expires within seconds. What is said stands in bot/replies, how it is sent
in message.py. Called by the listeners; built by app.py.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from cachetools import TTLCache
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.message import Apology, Message, RefusedError

SENDERS = 8  # threads; a slow Slack holds messages back, never questions
REMEMBERED = 24 * 60 * 60  # seconds a post counts as answered: Slack may deliver an event again for a day
MOST_REMEMBERED = 50_000

_log = logging.getLogger(__name__)


class Courier:
    """Sends messages, each post's answer once: Slack delivers an event more than once, and edits again."""

    def __init__(self, senders: int = SENDERS, timer: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing answered. `timer` counts seconds."""
        self._senders = ThreadPoolExecutor(senders, thread_name_prefix="sender")
        self._answered: TTLCache[str, bool] = TTLCache(MOST_REMEMBERED, REMEMBERED, timer)
        self._lock = threading.Lock()

    def post(
        self, client: WebClient, message: Message, key: str = "", apology: Apology | None = None
    ) -> bool:
        """Send a message soon; return False if the post named by `key` has its answer already.

        What can't be sent is logged under a reference; `apology` says what is sent instead, if anything.
        """
        if key and not self._claim(key):
            return False
        self._senders.submit(self._send, client, message, key, apology)
        return True

    def has_answered(self, key: str) -> bool:
        """Say whether the post named by `key` has its answer, or will have it soon."""
        with self._lock:
            return key in self._answered

    def close(self) -> None:
        """Send what is waiting, then take nothing more."""
        self._senders.shutdown(wait=True)

    def _claim(self, key: str) -> bool:
        with self._lock:
            if key in self._answered:
                return False
            self._answered[key] = True
            return True

    def _send(self, client: WebClient, message: Message, key: str, apology: Apology | None) -> None:
        try:
            message.send(client)
        except Exception as error:  # noqa: BLE001 - nothing above would see it
            with self._lock:
                self._answered.pop(key, None)  # so that a later delivery of the post is answered
            reference = report(error, f"{type(message).__name__} was not sent")
            instead = apology(_name(error), reference) if apology else None
            if instead:
                self._send(client, instead, "", None)


def report(error: BaseException, what: str) -> str:
    """Log an error with its traceback; return the reference under which it stands in the log."""
    reference = secrets.token_hex(4)
    _log.error(what, exc_info=error, extra={"reference": reference})
    return reference


def _name(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return str(error) if isinstance(error, RefusedError) else ""
