"""Break text into lines of terminal cells: words stay whole, Chinese breaks anywhere but beside punctuation.

textwrap can't serve: it counts characters, where Chinese takes two cells, and finds no place to break a
sentence without spaces.
"""

from __future__ import annotations

import re
import unicodedata

_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
)
_WIDE += "\U0001f300-\U0001faff\U00020000-\U0003fffd"
_OPENING = "（《【「『〈“"  # never at a line's end
_CLOSING = "，。、；：！？）》】」』〉”…—"  # never at a line's start
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:(?![{_OPENING}{_CLOSING}])[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*"
    r"(?:[.,;:!?)\]]{1,9}(?=\s|$))?\s*"  # a stop behind ” or Chinese stays with it
)


def count_cells(text: str) -> int:
    """Return how many terminal cells a text takes.

    >>> count_cells("设备 ok")
    7
    """
    if text.isascii():
        return len(text)
    return sum(_count(character) for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Return the text as lines of at most `width` cells (2 at least); control characters become spaces.

    >>> wrap("检查 iotId 是否正确。", 12)
    ['检查 iotId', '是否正确。']
    """
    lines: list[str] = []
    line = ""
    for unit in _UNIT.findall(clean(text)):
        if line and count_cells(line + unit.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += unit if line else unit.lstrip()
        while count_cells(line.rstrip()) > width:
            cut = _find_cut(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip():
        lines.append(line.rstrip())
    return lines


def clean(text: str) -> str:
    """Return the text with its control characters and line breaks as spaces: none may steer a terminal."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(each) in _CONTROLS else each for each in text)


_CONTROLS = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _count(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _find_cut(line: str, width: int) -> int:
    cells = 0
    for place, character in enumerate(line):
        cells += _count(character)
        if cells > width:
            return max(place, 1)
    return len(line)
