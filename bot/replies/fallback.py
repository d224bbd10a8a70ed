"""An answer as the plain `text` of a Slack message: what phones announce and screen readers read.

It carries the whole answer, not a heading (docs.slack.dev, chat.postMessage).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.replies.mrkdwn import count_bytes, cut_lines, escape
from bot.replies.plain import Answer, Card, Choice

MOST_BYTES = 3_600  # Slack takes 4,000 bytes on chat.update, some 1,300 Chinese characters
SPOKEN = ("description", "cause", "steps")


def build_text(answer: Answer, note: str) -> str:
    """Return the answer as escaped lines of at most MOST_BYTES; `note` (escaped) says where it was cut."""
    lines = [escape(line) for line in _spell(answer) if line]
    return "\n".join(cut_lines(lines, MOST_BYTES, note, count_bytes))


def _spell(answer: Answer) -> Iterator[str]:
    yield from answer.unknown
    yield answer.opening
    for card in answer.cards:
        yield from _spell_card(card)
    yield from _spell_choices(answer.choices)
    yield answer.nearest_label
    yield from _spell_choices(answer.nearest)
    yield answer.following


def _spell_card(card: Card) -> Iterator[str]:
    yield f"{card.code} {card.title}"
    yield from card.marks
    for part in card.parts:
        if part.kind == "description":
            yield from (item.text for item in part.items)
        elif part.kind in SPOKEN:
            yield part.label
            for number, item in enumerate(part.items, start=1):
                yield f"{number}. {item.text}" if part.numbered else item.text


def _spell_choices(choices: tuple[Choice, ...]) -> Iterator[str]:
    for choice in choices:
        yield f"{choice.code} {choice.title}"
        yield choice.apart
