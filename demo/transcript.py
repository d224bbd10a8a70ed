"""A message of the workspace as lines of a terminal: what its blocks say, in their order. Called by tour.py.

Nothing is laid out here; the page shows how a reply looks.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any


def list_lines(message: dict[str, Any]) -> list[str]:
    """Return the lines of a message's blocks, or of its text where it has none.

    >>> list_lines({"text": "", "blocks": [{"type": "section", "text": {"text": "a &lt; b\\nc"}}]})
    ['a < b', 'c']
    """
    blocks = message.get("blocks") or []
    said = [told for block in blocks for told in _read_block(block)] if blocks else [message.get("text", "")]
    return [line for told in said for line in html.unescape(told).splitlines() if line.strip()]


def _read_block(block: dict[str, Any]) -> Iterator[str]:
    if text := block.get("text"):
        yield text["text"]
    for field in block.get("fields") or ():
        yield field["text"]
    elements = [*(block.get("elements") or ()), *filter(None, [block.get("accessory")])]
    if labels := [_read_element(element) for element in elements]:
        yield ("  " if block["type"] != "context" else " · ").join(filter(None, labels))


def _read_element(element: dict[str, Any]) -> str:
    """Return a text as it is, and a button or another element in brackets: [Share]."""
    told = element.get("text") or element.get("placeholder") or ""
    if isinstance(told, str):
        return told
    options = "".join(f" | {option['text']['text']}" for option in element.get("options") or ())
    return f"[{told['text']}{options}]"
