"""Messages that are sent directly, each kind by its own method of Slack's. This file does not decide when."""

from __future__ import annotations

import logging
import re
import urllib.error
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.outbox.faults import TOO_RICH, RefusedError
from bot.outbox.slack_client import SlackClient, read_status
from bot.replies.reply import Block, Reply, View

_log = logging.getLogger(__name__)
_REFUSED = re.compile(r'"error" *: *"(\w+)"')  # the answer to what was taken is "ok" or {"ok":true}


class Message(Protocol):
    """Something to be sent. `send` raises SlackApiError, RefusedError or OSError if it could not be."""

    def send(self, client: SlackClient) -> None:
        """Send it."""


Fallback = Callable[[str, str], Message | None]
"""From Slack's name of an error ("" if there is none) and a reference to what is sent instead."""


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A message for all of a channel, or of the thread if `thread_ts` is given."""

    reply: Reply
    channel: str
    thread_ts: str = ""

    def send(self, client: SlackClient) -> None:
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
class Ephemeral:
    """A message in a channel or thread that only `user` sees."""

    reply: Reply
    channel: str
    user: str
    thread_ts: str = ""

    def send(self, client: SlackClient) -> None:
        """Post it."""
        client.chat_postEphemeral(
            channel=self.channel,
            user=self.user,
            thread_ts=self.thread_ts or None,
            text=self.reply.text,
            blocks=list(self.reply.blocks),
        )


@dataclass(frozen=True, slots=True)
class ResponseUrlMessage:
    """A message by the address that came with a command or click: works where the bot is no member.

    Only the person acting sees it, unless `in_channel`. `replace` puts it in the place of the message that
    was clicked, if that was seen by one person only.
    """

    reply: Reply
    response_url: str
    in_channel: bool = False
    replace: bool = False
    thread_ts: str = ""

    def send(self, client: SlackClient) -> None:
        """Send it, unless the request came without an address. Raises RefusedError if Slack refuses."""
        if not self.response_url:
            _log.warning("not sent, for the request came without a response_url")
            return
        try:
            self._post(client, self.reply.blocks)
        except RefusedError as error:
            if error.name not in TOO_RICH or not self.reply.plainer:
                raise
            self._post(client, self.reply.plainer)

    def _post(self, client: SlackClient, blocks: Sequence[Block]) -> None:
        body: dict[str, Any] = {
            "response_type": "in_channel" if self.in_channel else "ephemeral",
            "replace_original": self.replace,
            "text": self.reply.text,
            "blocks": list(blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        try:
            answer = client.post_json(self.response_url, body)
        except urllib.error.HTTPError as error:
            answer = read_status(error)
        refused = _REFUSED.search(answer.text)
        if answer.status != 200 or refused:
            raise RefusedError(
                refused[1] if refused else f"http_{answer.status}", answer.status, dict(answer.headers)
            )


@dataclass(frozen=True, slots=True)
class InOrder:
    """Messages that are sent one after the other, as far as none fails."""

    messages: tuple[Message, ...]

    def send(self, client: SlackClient) -> None:
        """Send them."""
        for message in self.messages:
            message.send(client)


@dataclass(frozen=True, slots=True)
class OpenModal:
    """A modal for whoever acted; Slack takes the trigger for three seconds."""

    view: View
    trigger_id: str

    def send(self, client: SlackClient) -> None:
        """Open it."""
        client.views_open(trigger_id=self.trigger_id, view=self.view)


@dataclass(frozen=True, slots=True)
class PushModal:
    """A modal on top of the one that was clicked; closing it leads back."""

    view: View
    trigger_id: str

    def send(self, client: SlackClient) -> None:
        """Push it."""
        client.views_push(trigger_id=self.trigger_id, view=self.view)


@dataclass(frozen=True, slots=True)
class UpdatedMessage:
    """A modal that is open, with new contents."""

    view: View
    view_id: str

    def send(self, client: SlackClient) -> None:
        """Put the contents in."""
        client.views_update(view_id=self.view_id, view=self.view)
