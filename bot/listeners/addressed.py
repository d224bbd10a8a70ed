"""Posts that are put to the desk: a mention in a channel, a direct message. The answer goes to the thread.

Posts that nobody put to the desk are acknowledged and left alone.
"""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import Posted
from bot.listeners.post import Post, read_post
from bot.listeners.reception import MOST_QUESTIONS, Reception

ASKING = {"", "file_share", "bot_message", "thread_broadcast"}
"""Subtypes of posts in which somebody says something (docs.slack.dev, message event)."""


class Addressed:
    """Mentions and direct messages."""

    def __init__(self, reception: Reception, courier: Courier) -> None:
        self._reception = reception
        self._courier = courier

    def handle_app_mention(self, client: WebClient, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Answer in the thread of the post; a workflow may have posted it, then there is no user."""
        post = read_post(event, team=str(body.get("team_id") or ""))
        self._answer(client, post, post.root, "mention")

    def handle_message(self, client: WebClient, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Answer a direct message where it was written; be silent on every other."""
        if event.get("channel_type") != "im" or (event.get("subtype") or "") not in ASKING:
            return
        post = read_post(event, team=str(body.get("team_id") or ""))
        if not post.is_bot:
            self._answer(client, post, post.thread_ts, "direct_message")

    def _answer(self, client: WebClient, post: Post, thread_ts: str, surface: str) -> None:
        reception, key = self._reception, f"{post.team}/{post.channel}/{post.ts}"
        if reception.asks_for_help(post.said):
            reply = reception.replies.build_usage()
        else:
            count = reception.count(f"{post.team}/{post.author}")
            if count > MOST_QUESTIONS + 1:
                return  # it was said once; more of it would be the flood itself
            reply = (
                reception.refuse(post.said)
                if count > MOST_QUESTIONS
                else reception.replies.build_reply(reception.ask(post.text, surface, post.author))
            )
        self._courier.post(client, Posted(reply, post.channel, thread_ts), key)
