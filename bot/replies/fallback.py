"""An answer as the plain `text` of a Slack message: what phones announce and screen readers read.

It carries the whole answer, not a heading (docs.slack.dev, chat.postMessage).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.replies.answer import Answer, Card, Choice
from bot.replies.mrkdwn import count_bytes, cut_lines, escape

MOST_BYTES = 3_600  # Slack takes 4,000 bytes on chat.update, some 1,300 Chinese characters
SPOKEN = ("description", "cause", "steps")


def list_text_lines(answer: Answer) -> list[str]:
    """Return the answer as escaped lines."""
    return [escape(line) for line in _list_lines(answer) if line]


def join_text(lines: Sequence[str], note: str) -> str:
    """Return escaped lines as a text of at most MOST_BYTES; `note` (escaped) says where it was cut."""
    return "\n".join(cut_lines(lines, MOST_BYTES, note, count_bytes))


def _list_lines(answer: Answer) -> Iterator[str]:
    yield from answer.unknown
    yield answer.opening
    for card in answer.cards:
        yield from _list_card_lines(card)
    yield from _list_choice_lines(answer.choices)
    yield answer.following
    yield answer.nearest_label
    yield from _list_choice_lines(answer.nearest)


def _list_card_lines(card: Card) -> Iterator[str]:
    """Yield a card's lines; of the footnotes, which begin with their signs, those of signs in these lines."""
    spoken = list(_list_spoken(card))
    yield from spoken
    yield from card.siblings
    yield from (note for note in card.footnotes if any(note[:1] in line for line in spoken))


def _list_spoken(card: Card) -> Iterator[str]:
    yield f"{card.code} {card.title}"
    yield from card.marks
    for part in card.parts:
        if part.kind == "description":
            yield from (item.text for item in part.items)
        elif part.kind in SPOKEN:
            yield part.label
            for number, item in enumerate(part.items, start=1):
                yield f"{number}. {item.text}" if part.numbered else item.text


def _list_choice_lines(choices: tuple[Choice, ...]) -> Iterator[str]:
    for choice in choices:
        yield f"{choice.code} {choice.title}"
        yield choice.apart
