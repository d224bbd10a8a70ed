"""Slack out: the one way by which listeners say anything that isn't an acknowledgement.

`post` returns at once; messages are sent on threads of their own, so that no acknowledgement waits for
Slack. What is said stands in bot/replies. Called by the listeners; built by app.py.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from cachetools import TTLCache
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RateLimitErrorRetryHandler, RetryHandler
from slack_sdk.webhook import WebhookClient

from bot.replies.reply import Reply, View

SENDERS = 8  # threads; a slow Slack holds messages back, never questions
REMEMBERED = 24 * 60 * 60  # seconds a post counts as answered: Slack may deliver an event again for a day
MOST_REMEMBERED = 50_000
PATIENCE = 10  # seconds for one request

_REFUSED = re.compile(r'"error" *: *"(\w+)"')  # the answer to what was taken is "ok" or {"ok":true}

_log = logging.getLogger(__name__)


class Message(Protocol):
    """Something to be sent. `send` raises SlackApiError, RefusedError or OSError if it could not be."""

    def send(self, client: WebClient) -> None:
        """Send it."""


class RefusedError(Exception):
    """A response address took no message; the argument is Slack's name of the error."""


Apology = Callable[[str, str], Message | None]
"""From Slack's name of an error ("" if there is none) and a reference to what is sent instead."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message for all of a channel, or of the thread if `thread_ts` is given."""

    reply: Reply
    channel: str
    thread_ts: str = ""

    def send(self, client: WebClient) -> None:
        """Post it; links in it are not unfolded, and it is never broadcast from its thread."""
        client.chat_postMessage(
            channel=self.channel,
            thread_ts=self.thread_ts or None,
            text=self.reply.text,
            blocks=list(self.reply.blocks),
            unfurl_links=False,
            unfurl_media=False,
        )


@dataclass(frozen=True, slots=True)
class Whispered:
    """A message in a channel or thread that only `user` sees."""

    reply: Reply
    channel: str
    user: str
    thread_ts: str = ""

    def send(self, client: WebClient) -> None:
        """Post it."""
        client.chat_postEphemeral(
            channel=self.channel,
            user=self.user,
            thread_ts=self.thread_ts or None,
            text=self.reply.text,
            blocks=list(self.reply.blocks),
        )


@dataclass(frozen=True, slots=True)
class Responded:
    """A message by the address that came with a command or click: works where the bot is no member.

    Only the person acting sees it, unless `in_channel`. `replace` puts it in the place of the message that
    was clicked, if that was seen by one person only.
    """

    reply: Reply
    response_url: str
    in_channel: bool = False
    replace: bool = False
    thread_ts: str = ""

    def send(self, client: WebClient) -> None:  # noqa: ARG002 - the address is all it needs
        """Send it. Raises RefusedError if Slack refuses."""
        handlers: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=2)]
        hook = WebhookClient(self.response_url, timeout=PATIENCE, retry_handlers=handlers)
        body: dict[str, Any] = {
            "response_type": "in_channel" if self.in_channel else "ephemeral",
            "replace_original": self.replace,
            "text": self.reply.text,
            "blocks": list(self.reply.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        answer = hook.send_dict(body)
        refused = _REFUSED.search(answer.body)
        if answer.status_code != 200 or refused:
            raise RefusedError(refused[1] if refused else f"http_{answer.status_code}")


@dataclass(frozen=True, slots=True)
class InOrder:
    """Messages that are sent one after the other, as far as none fails."""

    messages: tuple[Message, ...]

    def send(self, client: WebClient) -> None:
        """Send them."""
        for message in self.messages:
            message.send(client)


@dataclass(frozen=True, slots=True)
class Opened:
    """A modal for whoever acted; Slack takes the trigger for three seconds."""

    view: View
    trigger_id: str

    def send(self, client: WebClient) -> None:
        """Open it."""
        client.views_open(trigger_id=self.trigger_id, view=self.view)


@dataclass(frozen=True, slots=True)
class Updated:
    """A modal that is open, with new contents."""

    view: View
    view_id: str

    def send(self, client: WebClient) -> None:
        """Put the contents in."""
        client.views_update(view_id=self.view_id, view=self.view)


class Delivery:
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
