"""Payloads of outbox rows, the JSON arguments of Slack's methods; and the mark of the desk's own messages."""

from __future__ import annotations

from typing import Any

from bot.outbox.decision_store import Send
from bot.replies.reply import Reply
from bot.stores.outbox import DELETE, JOB, POST, UPDATE

EVENT_TYPE = "faultbook_reply"
PLAINER = "plainer"  # beside a method's arguments: the blocks that are sent where Slack refuses the first


def build_post(reply: Reply, channel: str, thread_ts: str = "", reply_key: str = "") -> Send:
    """Return a message for all of a channel, or of the thread if `thread_ts` is given.

    Links in it are not unfolded, and it is never broadcast from its thread.
    """
    place = {"channel": channel, **({"thread_ts": thread_ts} if thread_ts else {})}
    plainer = {PLAINER: list(reply.plainer)} if reply.plainer else {}
    unfolds = {"unfurl_links": False, "unfurl_media": False}
    payload = {**place, "text": reply.text, "blocks": list(reply.blocks), **plainer, **unfolds}
    return Send(POST, payload, reply_key)


def build_update(reply: Reply, channel: str, reply_key: str) -> Send:
    """Return new contents for a message; its ts is looked up when it is sent."""
    return Send(UPDATE, {"channel": channel, "text": reply.text, "blocks": list(reply.blocks)}, reply_key)


def build_delete(channel: str, reply_key: str) -> Send:
    """Return the withdrawal of a message: it stays if anybody wrote below it."""
    return Send(DELETE, {"channel": channel}, reply_key)


def build_job(name: str, reply_key: str = "", **arguments: Any) -> Send:
    """Return a job that app.py registers under a name; its arguments are JSON."""
    return Send(f"{JOB}{name}", arguments, reply_key)


def build_metadata(key: str) -> dict[str, Any]:
    """Return the mark by which the desk finds a message that it sent (docs.slack.dev, message metadata)."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def read_key(message: Any) -> str:
    """Return the key in the mark of a message as Slack tells it, or "" if it isn't the desk's."""
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
        return ""
    payload = metadata.get("event_payload")
    return str(payload.get("key") or "") if isinstance(payload, dict) else ""
