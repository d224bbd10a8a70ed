"""The units a text falls into for the rules of evidence: a JSON object, a log line, a block of fields.

What a code and a message say of each other counts only within one record. watch.py asks; nothing is
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.entry import Pack
from bot.matching.text import Text
from bot.matching.wording import alternatives

DEEPEST = 20
"""Braces nested deeper than this are read as plain text."""

MOST_FIELDS = 12
"""Lines of `name: value` that are taken together as one record."""

_FIELD_LINE = re.compile(r"[ \t>*_•-]{0,8}[\"'`]?[\w][\w ./-]{0,30}[\"'`]?[*_ ]{0,3}[:=|][ \t*_]*\S")
_LOG_LINE = re.compile(
    r"[ \t>`\[]{0,6}(?:\d{2,4}[-/.:]\d\d?[-/.:]\d\d?|[a-z]{3} +\d\d? \d\d:"
    r"|[ewidf]/|(?:error|warn|info|debug|fatal)\b)"
)


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a named field; [start, end) of the value in folded characters."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """A stretch [start, end) of a folded text with its code fields and message fields."""

    start: int
    end: int
    codes: tuple[Field, ...]
    messages: tuple[Field, ...]

    def holds(self, position: int) -> bool:
        """Say whether a folded position lies in the record."""
        return self.start <= position < self.end


class RecordReader:
    """Splits texts into records, with the field names of the packs."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Compile the names."""
        packs = tuple(packs)
        self._codes = _field(name for pack in packs for name in pack.code_fields)
        self._messages = _field(name for pack in packs for name in pack.message_fields)

    def read_records(self, text: Text) -> list[Record]:
        """Return the records of a text in reading order; together they hold every visible character."""
        return [
            Record(
                start,
                end,
                tuple(_values(self._codes, text.folded, start, end)),
                tuple(_values(self._messages, text.folded, start, end)),
            )
            for start, end in _split(text.folded)
        ]


def _split(folded: str) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in _objects(folded):
        # What stands on the line before an object names it (`resp = {...}`, `WARN body={...}`).
        line = max(position, folded.rfind("\n", 0, start) + 1)
        yield from _lines(folded, position, line)
        tail = folded.find("\n", end)
        tail = len(folded) if tail < 0 else tail
        following = folded.find("{", end, tail)
        stop = following if following >= 0 else tail
        yield line, stop
        position = stop
    yield from _lines(folded, position, len(folded))


def _objects(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost {...} stretches that close."""
    depth = start = 0
    for brace in re.finditer(r"[{}]", folded):
        if brace[0] == "{":
            if not depth:
                start = brace.start()
            depth += 1
            if depth > DEEPEST:
                return
        elif depth:
            depth -= 1
            if not depth:
                yield start, brace.end()


def _lines(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch; lines of `name: value` that follow each other stay together."""
    block: tuple[int, int] | None = None
    fields = 0
    position = start
    while position < end:
        stop = folded.find("\n", position, end)
        stop = end if stop < 0 else stop
        is_field = bool(_FIELD_LINE.match(folded, position, stop)) and not _LOG_LINE.match(
            folded, position, stop
        )
        if block and is_field and fields < MOST_FIELDS:
            block, fields = (block[0], stop), fields + 1
        else:
            if block:
                yield block
            block, fields = ((position, stop), 1) if is_field else (None, 0)
            if not is_field and folded[position:stop].strip():
                yield position, stop
        position = stop + 1
    if block:
        yield block


def _field(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z0-9_])(?:{alternatives(names)})(?![a-z0-9_])[\\\"'`*_ ]{{0,4}}[:=][\s\\\"'`*_]{{0,4}}"
        r"(?:(?<=[\"'])(?P<quoted>[^\"\n]{0,400}?)(?=\\?[\"'](?:\s*[,}\]]|\s*$|\s))|(?P<plain>[^\s,;|}\"'][^\n,;|}\"]{0,400}))"
    )


def _values(pattern: re.Pattern[str], folded: str, start: int, end: int) -> Iterator[Field]:
    for found in pattern.finditer(folded, start, end):
        group = "quoted" if found["quoted"] is not None else "plain"
        yield Field(found[group].strip(" `*_"), found.start(group), found.end(group))
