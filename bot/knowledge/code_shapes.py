"""What the codes of a pack look like, from `code:` in pack.yaml, and what else they are written as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.knowledge.codes import MOST_DIGITS, CodeSet, CodeShape, read_number
from bot.knowledge.entry import Entry
from bot.knowledge.fields import CODE, Fields, is_code

ANY_NUMBER = CodeSet(ranges=((0, 10**MOST_DIGITS),))

_RANGE = re.compile(r"(-?[0-9]{1,40})(?:\s*-\s*(-?[0-9]{1,40}))?")
CODE_SET = rf"{CODE}|(?:{CODE})[._-]*\*|-?[0-9]{{1,{MOST_DIGITS}}}\s*-\s*-?[0-9]{{1,{MOST_DIGITS}}}"
"""What one item of a set of codes looks like: a code, a beginning, a range."""

# A pattern is letters, escaped marks, classes and groups, repeated in bounds: it can't be slow on a word.
_PIECE = r"(?:[A-Za-z0-9_-]|\\[.dw-]|\[[A-Za-z0-9_.-]{1,40}\])"
_REPEAT = r"(?:\?|\{[0-9]{1,2}(?:,[0-9]{1,2})?\})"
_SIMPLE = rf"(?:{_PIECE}{_REPEAT}?){{1,40}}"
MOST_REPEATS = 3
"""Repeats of no fixed number in a pattern: each may multiply the steps that a match takes."""

PATTERN = (
    rf"(?!(?:.*,[0-9]{{1,2}}\}}){{{MOST_REPEATS + 1}}})"
    rf"(?:{_PIECE}{_REPEAT}?|\({_SIMPLE}(?:\|{_SIMPLE}){{0,20}}\)\??){{1,40}}"
)
"""What a pattern of codes looks like."""

_PATTERN = re.compile(PATTERN)
_HEXADECIMAL = re.compile(r"0x[0-9a-f]{8}")


def read_shape(fields: Fields) -> CodeShape:
    """Return the shape that a mapping describes."""
    patterns = tuple(_read_patterns(fields))
    digits = fields.take("digits", required=not patterns)
    fewest, most = fields.numbers("digits", 2) if digits else (0, 0)
    if digits and (fewest > most or most > MOST_DIGITS):
        told = f"{fields.name('digits')}: give the fewest first, then the most, up to {MOST_DIGITS}: [3, 5]"
        fields.sheet.add(digits.line, "range-malformed", told)
    shape = CodeShape(
        digits=(fewest, most),
        distinctive=read_code_set(fields, "distinctive"),
        prefixes=fields.texts("prefixes", required=False),
        negative=_read_negative(fields),
        signed=read_code_set(fields, "signed", required=False),
        patterns=patterns,
    )
    fields.close()
    return shape


def read_code_set(fields: Fields, key: str, required: bool = True) -> CodeSet:
    """Return a field's list of codes: ranges, beginnings (`PAY_*`) and single spellings."""
    ranges, beginnings, spellings = [], [], []
    for text, line in fields.lined_texts(key, required):
        found = _RANGE.fullmatch(text)
        if found:
            low, high = (read_number(end) for end in (found[1], found[2] or found[1]))
            if low is not None and high is not None and low <= high:
                ranges.append((low, high))
                continue
        elif text.endswith("*") and is_code(text[:-1].rstrip("._-") or "*"):
            beginnings.append(text[:-1].lower())
            continue
        elif is_code(text):
            spellings.append(text.lower())
            continue
        told = f'{fields.name(key)}: write "2000-2019", "404" or "PAY_*", not {text!r}'
        if found and any(len(end.removeprefix("-")) > MOST_DIGITS for end in found.groups() if end):
            told = f"{fields.name(key)}: at most {MOST_DIGITS} digits are read"
        fields.sheet.add(line, "range-malformed", told)
    return CodeSet(tuple(ranges), tuple(beginnings), frozenset(spellings))


def find_spellings(entries: Iterable[Entry]) -> dict[str, str]:
    """Return what else the codes of a pack are written as, folded, with the code: see Pack."""
    found: dict[str, str] = {}
    for entry in entries:
        for spelling in _spell(entry):
            found.setdefault(spelling.lower(), entry.code)
    return found


def _spell(entry: Entry) -> Iterator[str]:
    if read_number(entry.code) is None:
        yield entry.code
    yield from entry.aliases
    for code in (entry.code, *entry.aliases):
        if _HEXADECIMAL.fullmatch(code.lower()):
            number = int(code, 16)
            yield str(number)
            yield str(number - (1 << 32))


def _read_negative(fields: Fields) -> CodeSet:
    """Return the numbers that are also printed with a minus sign: `true` for all, or a list of ranges."""
    node = fields.take("negative", required=False)
    if node is not None and isinstance(node.value, str) and node.value:
        return ANY_NUMBER if fields.flag("negative") else CodeSet()
    return read_code_set(fields, "negative", required=False)


def _read_patterns(fields: Fields) -> Iterator[str]:
    for pattern, line in fields.lined_texts("patterns", required=False):
        if _PATTERN.fullmatch(pattern):
            yield pattern
            continue
        told = "write letters, digits, classes such as [A-Z_] and \\., repeated by ? or {1,40}"
        if len(re.findall(r",[0-9]{1,2}\}", pattern)) > MOST_REPEATS:
            told = f"at most {MOST_REPEATS} repeats may be of no fixed number"
        fields.sheet.add(line, "pattern-costly", f"{fields.name('patterns')}: {told}, not {pattern!r}")
