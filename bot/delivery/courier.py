"""Sends at once, on threads of its own, so that no acknowledgement waits for Slack.

For what one person sees, or what expires within seconds. What is said stands in bot/replies, how it is sent
in message.py. Called by the listeners; built by app.py.
"""

from __future__ import annotations

import logging
import secrets
from concurrent.futures import ThreadPoolExecutor

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.message import Apology, Message, RefusedError

SENDERS = 8  # threads; a slow Slack holds messages back, never questions

_log = logging.getLogger(__name__)


class Courier:
    """Sends messages, each as soon as one of its threads is free."""

    def __init__(self, senders: int = SENDERS) -> None:
        self._senders = ThreadPoolExecutor(senders, thread_name_prefix="courier")

    def post(self, client: WebClient, message: Message, apology: Apology | None = None) -> None:
        """Send a message now, on another thread.

        What can't be sent is logged under a reference; `apology` says what is sent instead, if anything.
        """
        self._senders.submit(self._send, client, message, apology)

    def close(self) -> None:
        """Send what is waiting, then take nothing more."""
        self._senders.shutdown(wait=True)

    def _send(self, client: WebClient, message: Message, apology: Apology | None) -> None:
        try:
            message.send(client)
        except Exception as error:  # noqa: BLE001 - nothing above would see it
            reference = report(error, f"{type(message).__name__} was not sent")
            instead = apology(_name(error), reference) if apology else None
            if instead:
                self._send(client, instead, None)


def report(error: BaseException, what: str) -> str:
    """Log an error with its traceback; return the reference under which it stands in the log."""
    reference = secrets.token_hex(4)
    _log.error(what, exc_info=error, extra={"reference": reference})
    return reference


def _name(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return str(error) if isinstance(error, RefusedError) else ""
