"""A message object of Slack's: the parts that the desk reads, each checked.

What it contains (blocks, attachments, files) is not checked here: anybody may have written it, and bot/posts
reads any shape of it.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from bot.posts.post import Post, read_post

Id = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_.:-]{0,100}\Z")]
"""An id or a time stamp; "" where Slack has none."""

Key = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_.:-]{1,100}\Z")]
"""An id or a time stamp that is always there."""


class Message(msgspec.Struct, frozen=True, gc=False):
    """A message object: that of an event, the inner one of an edit, or that of a shortcut or click."""

    user: Id | None = None
    bot_id: Id | None = None
    app_id: Id | None = None
    team: Id | None = None
    channel: Id | None = None
    subtype: Id | None = None
    ts: Id | None = None
    thread_ts: Id | None = None
    text: str | None = None
    bot_profile: Any = None
    blocks: Any = None
    attachments: Any = None
    files: Any = None

    def read(self, own: tuple[str, ...] = (), team: str = "", channel: str = "") -> Post:
        """Return the post; `team` and `channel` serve where the message names none."""
        return read_post(msgspec.structs.asdict(self), team=team, channel=channel, own=own)
