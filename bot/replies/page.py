"""A Slack message being laid out: it keeps count, so that Slack takes it whole.

Texts come in escaped (mrkdwn.py); the numbers are Slack's limits less a tenth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextActionsBlock,
    ContextBlock,
    DividerBlock,
    FeedbackButtonsElement,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.replies import ids
from bot.replies.mrkdwn import count_units, cut_lines, make_plain, split_lines
from bot.replies.recall import Recall

MOST_TEXT = 9_000  # of all blocks together; Slack has refused from 11,341 on (slackapi/bolt-js#2867)
MOST_BLOCKS = 45  # of 50
MOST_SECTION = 2_700  # of 3,000
MOST_HEADER = 135  # of 150
MOST_REMARK = 600
MOST_BUTTON = 67  # of 75
LEAST_ROOM = 300  # below that no text is begun
KEPT_BLOCKS = 6  # for what is never cut: remarks, buttons, the note
KEPT_TEXT = 1_700

Button = Mapping[str, Any]
"""As Slack takes it."""


class Page:
    """Blocks in their order. What doesn't fit is cut, and `note` (escaped) says so."""

    def __init__(self, note: str, room: int = MOST_TEXT - KEPT_TEXT) -> None:
        self.room = room
        self._note = note
        self._blocks: list[dict[str, Any]] = []
        self._texts = 0
        self._is_cut = False

    @property
    def blocks(self) -> tuple[dict[str, Any], ...]:
        """The blocks as JSON objects; nobody may change them, for pages share them."""
        return tuple(self._blocks)

    def has_room_for(self, other: Page) -> bool:
        """Say whether another page fits behind this one uncut."""
        fits = len(self._blocks) + len(other._blocks) < MOST_BLOCKS - KEPT_BLOCKS
        return fits and not other._is_cut and other._texts <= self.room

    def add_page(self, other: Page) -> None:
        """Append the blocks of another page."""
        self._blocks += other._blocks
        self.room -= other._texts
        self._is_cut = self._is_cut or other._is_cut

    def add_header(self, text: str) -> None:
        """Append a heading of plain text."""
        plain = make_plain(text, MOST_HEADER)
        self._append(HeaderBlock(text=PlainTextObject(text=plain, emoji=False)), plain)

    def add_lines(self, lines: Sequence[str], button: Button | None = None) -> None:
        """Append lines as sections; the button stands beside the first."""
        if not lines:
            return
        free = MOST_BLOCKS - KEPT_BLOCKS - len(self._blocks)
        if self.room < LEAST_ROOM or free < 2:
            self._cut()
            return
        kept = cut_lines(lines, min(self.room, free * MOST_SECTION // 2), self._note)
        self._is_cut = self._is_cut or kept != list(lines)
        for text in split_lines(kept, MOST_SECTION):
            # expand: else Slack folds the last steps away behind "see more".
            accessory = dict(button) if button else None
            self._append(SectionBlock(text=_mark(text), accessory=accessory, expand=True), text)
            button = None

    def add_context(self, remarks: Sequence[str]) -> None:
        """Append small remarks, one a line, each cut to MOST_REMARK characters; five at most are due."""
        text = "\n".join(cut_lines([remark], MOST_REMARK, "…")[0] for remark in remarks)
        if text and len(self._blocks) < MOST_BLOCKS - 1:
            # One element, for several are set side by side in narrow columns. No limit of its is near.
            element = {"type": MarkdownTextObject.type, "text": text, "verbatim": True}
            self._blocks.append({"type": ContextBlock.type, "elements": [element]})
            self._count(text)

    def add_buttons(self, buttons: Sequence[Button]) -> None:
        """Append a row of buttons."""
        if buttons:
            _check("elements", len(buttons), ActionsBlock.elements_max_length)
            self._blocks.append({"type": ActionsBlock.type, "elements": [*buttons]})

    def add_feedback(self, buttons: tuple[Button, Button]) -> None:
        """Append Slack's own pair of buttons: thumbs up and down. Messages take them, modals don't."""
        positive, negative = ({"text": one["text"], "value": one["value"]} for one in buttons)
        element = {
            "type": FeedbackButtonsElement.type,
            "action_id": ids.ANSWER_RATE,
            "positive_button": positive,
            "negative_button": negative,
        }
        self._blocks.append({"type": ContextActionsBlock.type, "elements": [element]})

    def add_divider(self) -> None:
        """Append a line between two parts, if there is anything above it."""
        if self._blocks:
            self._append(DividerBlock())

    def _append(self, block: Block, *texts: str) -> None:
        self._blocks.append(block.to_dict())  # raises SlackObjectFormationError where a limit isn't kept
        self._count(*texts)

    def _count(self, *texts: str) -> None:
        length = sum(count_units(text) for text in texts)
        self._texts += length
        self.room -= length

    def _cut(self) -> None:
        if not self._is_cut:
            self._is_cut = True
            self._append(SectionBlock(text=_mark(self._note)), self._note)


def build_button(action_id: str, label: str, recall: Recall) -> Button:
    """Return a button that carries what its click needs."""
    return build_value_button(action_id, label, recall.write_value())


def build_value_button(action_id: str, label: str, value: str) -> Button:
    """Return a button that carries a value of 1 to 2,000 characters."""
    _check("value", len(value), ButtonElement.value_max_length)
    return {**_build_blank(action_id, label), "value": value}


@lru_cache(maxsize=256)
def _build_blank(action_id: str, label: str) -> Button:
    """Return a button that carries nothing: each answer has some, and all that tells them apart is that."""
    text = PlainTextObject(text=make_plain(label, MOST_BUTTON), emoji=False)
    blank: Button = ButtonElement(text=text, action_id=action_id).to_dict()
    return blank


def _check(name: str, length: int, most: int) -> None:
    """Raise ValueError where a limit isn't kept that slack_sdk checks in the parts that it writes."""
    if length > most:
        raise ValueError(f"{name} of {length} where Slack takes {most} at most")


def build_plain(text: str, most: int) -> dict[str, Any]:
    """Return a plain_text object of at most `most` characters."""
    plain: dict[str, Any] = PlainTextObject(text=make_plain(text, most), emoji=False).to_dict()
    return plain


def _mark(text: str) -> MarkdownTextObject:
    # verbatim: else Slack makes links and mentions of bare addresses and of @here.
    return MarkdownTextObject(text=text, verbatim=True)
