"""An answer as lines of a terminal: indents, numbers, frames to be drawn. Roles stand in for colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.replies.answer import Answer, Card, Choice, Item, Part
from bot.replies.wrap import count_cells, wrap

Role = Literal["code", "title", "label", "text", "number", "mark", "aside"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one role."""

    text: str
    role: Role = "text"


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; a block with a heading is framed where the surface can."""

    lines: tuple[Line, ...]
    heading: Line = ()


def lay_out(answer: Answer, width: int) -> tuple[Block, ...]:
    """Return the blocks of an answer, no line longer than `width` cells of text."""
    blocks = [Block(tuple(_lines(line, width))) for line in answer.unknown]
    if answer.opening:
        blocks.append(Block(tuple(_lines(answer.opening, width, role="title"))))
    blocks += [lay_out_card(card, width) for card in answer.cards]
    if answer.choices:
        blocks.append(Block(tuple(_list_choices(answer.choices, width))))
    if answer.following:
        blocks.append(Block(tuple(_lines(answer.following, width))))
    if answer.nearest:
        label = tuple(_lines(answer.nearest_label, width, role="label"))
        blocks.append(Block(label + tuple(_list_choices(answer.nearest, width))))
    return tuple(blocks)


def lay_out_card(card: Card, width: int) -> Block:
    """Return a card as one framed block."""
    lines: list[Line] = []
    for mark in card.marks:
        lines += _lines(mark, width, role="mark")
    for part in card.parts:
        if lines:
            lines.append(())
        lines += _lay_out_part(part, width)
    lines.append(())
    for remark in (*card.context, *card.footnotes):
        lines += _lines(remark, width, role="aside")
    heading = [Piece(card.code, "code"), Piece("  "), Piece(card.title, "title")]
    if card.family:
        heading += [Piece("  "), Piece(card.family, "aside")]
    if sum(count_cells(piece.text) for piece in heading) > width:
        lines = [*_lines(card.title, width, role="title"), (), *lines]
        heading = heading[:1]
    return Block(tuple(lines), tuple(heading))


def lay_out_text(text: str, width: int, role: Role = "text") -> Block:
    """Return a running text as one block."""
    return Block(tuple(_lines(text, width, role)))


def lay_out_part(part: Part, width: int) -> Block:
    """Return one part as a block of its own."""
    return Block(tuple(_lay_out_part(part, width)))


def _lay_out_part(part: Part, width: int) -> Iterator[Line]:
    yield from _lines(part.label, width, role="label")
    broad = max(len(item.lead) for item in part.items)
    for number, item in enumerate(part.items, start=1):
        if part.numbered:
            lead = f"{number}. ".rjust(4)
        elif broad:
            lead = f"  {item.lead.rjust(broad)}  "
        else:
            lead = "  • " if len(part.items) > 1 else "  "
        yield from _lay_out_item(item, width, lead)


def _lay_out_item(item: Item, width: int, lead: str) -> Iterator[Line]:
    indent = " " * len(lead)
    lines = wrap(item.text, width - len(lead)) or [""]  # a draft may lack any text
    marks = f"[{' · '.join(item.marks)}]" if item.marks else ""
    fits = marks and count_cells(f"{lines[-1]} {marks}") <= width - len(lead)
    for place, text in enumerate(lines):
        line: Line = (Piece(indent if place else lead, "number"), Piece(text))
        yield (*line, Piece(f" {marks}", "mark")) if fits and place == len(lines) - 1 else line
    if marks and not fits:
        yield from _lines(marks, width, role="mark", indent=indent)


def _list_choices(choices: tuple[Choice, ...], width: int) -> Iterator[Line]:
    broad = max(len(choice.code) for choice in choices)
    indent = " " * (broad + 4)
    for choice in choices:
        first, *others = wrap(choice.title, width - len(indent)) or [""]
        yield (Piece(f"  {choice.code.rjust(broad)}  ", "code"), Piece(first, "title"))
        for text in others:
            yield (Piece(indent), Piece(text, "title"))
        yield from _lines(choice.apart, width, indent=indent)


def _lines(text: str, width: int, role: Role = "text", indent: str = "") -> Iterator[Line]:
    for line in wrap(text, width - len(indent)):
        yield (Piece(indent), Piece(line, role)) if indent else (Piece(line, role),)
