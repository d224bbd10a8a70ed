"""Parts that a message of Slack's is put together from, and what is read of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.posts.post import read_post

Part = dict[str, Any]


def run(*elements: Part, kind: str = "rich_text_section") -> Part:
    """Return a run of rich text, as the blocks of a person's post hold it."""
    return {"type": kind, "elements": list(elements)}


def word(text: str, **style: bool) -> Part:
    """Return a text element of rich text."""
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def rich(*runs: Part) -> Part:
    """Return a message whose one block is rich text."""
    return {"blocks": [{"type": "rich_text", "elements": list(runs)}]}


def mrkdwn(text: str) -> Part:
    """Return a text object with Slack's marks in it."""
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> Part:
    """Return a text object without marks."""
    return {"type": "plain_text", "text": text, "emoji": True}


def section(text: str = "", *fields: str) -> Part:
    """Return a section block."""
    block: Part = {"type": "section", "block_id": "s1"}
    if text:
        block["text"] = mrkdwn(text)
    if fields:
        block["fields"] = [mrkdwn(field) for field in fields]
    return block


def attached(**parts: Any) -> Part:
    """Return a message with an empty text and one attachment."""
    return {"type": "message", "text": "", "attachments": [{"id": 1, "color": "#d00", **parts}]}


def tell(message: Mapping[str, object]) -> str:
    """Return the text that the desk would be asked."""
    return read_post(message).text


def list_sources(message: Mapping[str, object]) -> list[str]:
    """Return where the passages of a message come from."""
    return [passage.source for passage in read_post(message).passages]
