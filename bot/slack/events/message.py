"""Every message event, in the one funnel that Bolt allows: to whom it goes.

Joins, topics, `me_message`, subtypes that nobody has heard of: acknowledged, silent.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.channels.settings import ChannelSettings
from bot.slack.events.channel_posts import ChannelPosts
from bot.slack.events.mentions import Mentions

SAYING = {"", "file_share", "bot_message", "thread_broadcast"}
"""Subtypes of posts in which somebody says something (docs.slack.dev, message event)."""


class Messages:
    """The funnel."""

    def __init__(self, addressed: Mentions, watched: ChannelPosts, channels: ChannelSettings) -> None:
        self._addressed = addressed
        self._watched = watched
        self._channels = channels

    def handle_message(
        self, client: WebClient, event: dict[str, Any], body: dict[str, Any], context: BoltContext
    ) -> None:
        """Hand a message on by its kind and by where it was written."""
        subtype = event.get("subtype") or ""
        if event.get("channel_type") == "im":
            if subtype in SAYING:
                self._addressed.handle_direct(client, event, body, context)
        elif subtype in SAYING:
            self._watched.handle_post(event, body, context)
        elif subtype == "message_changed":
            self._watched.handle_edit(event, body, context)
        elif subtype == "message_deleted":
            self._watched.handle_deletion(event, body, context)

    def handle_channel_id_changed(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Let a channel's setting follow its new id, which it gets when it is shared."""
        old, new = str(event.get("old_channel_id") or ""), str(event.get("new_channel_id") or "")
        if old and new:
            self._channels.rename(str(body.get("team_id") or ""), old, new)
