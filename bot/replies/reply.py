"""What the desk says in Slack: blocks, and the same words as plain text. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
View = dict[str, Any]
"""A modal as a JSON object."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message.

    `text` carries the whole answer, for phones and screen readers (docs.slack.dev, chat.postMessage): at most
    3,600 bytes, escaped. `blocks` are plain JSON objects within Slack's limits; `plainer` say the same
    without charts and tables, for a workspace that refuses those.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    plainer: tuple[Block, ...] = ()
