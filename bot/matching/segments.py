"""The segments of a text for the rules of evidence: a JSON object, a log line, a block of fields, a sentence.

What a code and a message say of each other counts only within one segment. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.pack import Pack
from bot.matching.text import Text
from bot.matching.wording import alternatives

DEEPEST = 20
"""Braces nested deeper than this are read as plain text."""

MOST_FIELDS = 12
"""Lines of `name: value`, or of prose that is broken over lines, that are taken together as one segment."""

WRAPPED = range(40, 121)
"""Characters of a line of prose that goes on in the next: editors and commit messages break lines so."""

_FIELD_LINE = re.compile(r"[ \t>*_•-]{0,8}[\"'`]?[\w][\w ./-]{0,30}[\"'`]?[*_ ]{0,3}[:=|][ \t*_]*\S")
_LOG_LINE = re.compile(
    r"[ \t>`\[]{0,6}(?:\d{2,4}[-/.:]\d\d?[-/.:]\d\d?|[a-z]{3} +\d\d? \d\d:"
    r"|[ewidf]/|(?:error|warn|info|debug|fatal)\b)"
)
_LINE, _OBJECT_OR_LINE = re.compile(r"[^\n]+"), re.compile(r"[{\n]")
_GOES_ON = re.compile(r"[^\W\d_][\"'`)]?$|[,(-]$")
_NEXT = re.compile(
    r"[ \t]*(?://|#|\*|>|--)?[ \t]*(?=[^\W\d_])(?![\w.-]{1,30}:)"
)  # a comment's mark comes again on each line


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a named field; [start, end) of the value in folded characters."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch [start, end) of a folded text with its code fields and message fields."""

    start: int
    end: int
    codes: tuple[Field, ...]
    messages: tuple[Field, ...]

    def holds(self, position: int) -> bool:
        """Say whether a folded position lies in the segment."""
        return self.start <= position < self.end


class SegmentReader:
    """Splits texts into segments, with the field names of the packs."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Compile the names."""
        packs = tuple(packs)
        self._codes = _field(name for pack in packs for name in pack.code_fields)
        self._messages = _field(name for pack in packs for name in pack.message_fields)

    def read_segments(self, text: Text) -> list[Segment]:
        """Return the segments of a text in reading order; together they hold every visible character."""
        return [self._read(text.folded, *span) for span in _split(text)]

    def _read(self, folded: str, start: int, end: int) -> Segment:
        codes = tuple(_values(self._codes, folded, start, end))
        messages = tuple(_values(self._messages, folded, start, end))
        numbers = (field for field in messages if field.value.lstrip("-").isdigit())  # {"error": 503}
        return Segment(start, end, (*codes, *numbers), messages)


def _split(text: Text) -> Iterator[tuple[int, int]]:
    folded, position = text.folded, 0
    for start, end in _objects(folded):
        # What stands on the line before an object names it (`resp = {...}`, `WARN body={...}`).
        line = max(position, folded.rfind("\n", 0, start) + 1)
        yield from _lines(text, position, line)
        following = _OBJECT_OR_LINE.search(folded, end)
        position = following.start() if following else len(folded)
        yield line, position
    yield from _lines(text, position, len(folded))


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


def _lines(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch; `name: value` lines in a row and broken prose stay together."""
    block: tuple[int, int] | None = None
    lines, was_field = 0, False
    for line in _LINE.finditer(text.folded, start, end):
        begin, stop = line.span()
        if not line[0].strip():
            continue
        is_log = bool(_LOG_LINE.match(text.folded, begin, stop))
        is_field = not is_log and bool(_FIELD_LINE.match(text.folded, begin, stop))
        if (
            block
            and begin == block[1] + 1
            and lines < MOST_FIELDS
            and (is_field if was_field else not is_log and _is_wrapped(text, block[1], begin, stop))
        ):
            block, lines = (block[0], stop), lines + 1
            continue
        if block:
            yield block
        block, lines, was_field = (begin, stop), 1, is_field
    if block:
        yield block


def _is_wrapped(text: Text, end: int, start: int, stop: int) -> bool:
    """Say whether the line before, which ends at `end`, goes on in the line [start, stop)."""
    before = text.folded[text.folded.rfind("\n", 0, end) + 1 : end].rstrip()
    return bool(len(before) in WRAPPED and _GOES_ON.search(before) and _NEXT.match(text.folded, start, stop))


def _field(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z0-9_])(?:{alternatives(names)})(?![a-z0-9_])[\\\"'`*_ ]{{0,4}}[:=][\s\\\"'`*_]{{0,4}}"
        r"(?:(?<=[\"'])(?P<quoted>[^\"\n]{0,400}?)(?=\\?[\"'](?:\s*[,}\]]|\s*$|\s))|(?P<plain>[^\s,;|}\"'{\[](?:(?!\s[\w.-]{1,40}=)[^\n,;|}\"]){0,400}))"
    )


def _values(pattern: re.Pattern[str], folded: str, start: int, end: int) -> Iterator[Field]:
    for found in pattern.finditer(folded, start, end):
        group = "quoted" if found["quoted"] is not None else "plain"
        yield Field(found[group].strip(" `*_"), found.start(group), found.end(group))
