"""One pass over a text: its numbers, its symbols, and where its clauses and lines end.

A clause ends at a comma, a semicolon, a full stop, an exclamation or question mark, or with its line: the one
definition for everything that reads codes. What a number means is numbers/' part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Literal, NamedTuple

from bot.matching.text import Text

_TOKEN = re.compile(r"(?P<number>[0-9]+)|(?P<stop>[\n,;。!?、]|\.(?!\S))")
# A symbol is the longest run of letters, digits, _ . and -, with no part of a path or an address beside it.
_TOKEN_OR_SYMBOL = re.compile(
    r"(?P<symbol>(?<![a-z0-9_./\\@%$#&~-])(?:-(?=0x))?[a-z0-9_]++(?:[.-][a-z0-9_]+)*+(?![\\/@]|\.[a-z0-9_]|:[\\/0-9]|-))"
    rf"|{_TOKEN.pattern}"
)
_NUMBER = re.compile(r"[0-9]+")

LONGEST_NUMBER = 12


class Token(NamedTuple):
    """A number or a symbol, [start, end) in folded characters."""

    sort: Literal["number", "symbol"]
    text: str
    start: int
    end: int


class Tokens:
    """The tokens of one text in reading order; a number inside a symbol is a token, too."""

    def __init__(self, text: Text, with_symbols: bool = False) -> None:
        self.folded = text.folded
        self.found: list[Token] = []
        self._stops: list[int] = []
        for piece in (_TOKEN_OR_SYMBOL if with_symbols else _TOKEN).finditer(text.folded):
            start, end = piece.span()
            if piece.lastgroup == "stop":
                self._stops.append(start)
            elif not text.is_sealed(start):
                if not piece[0].isdigit():
                    self.found.append(Token("symbol", piece[0], start, end))
                self.found.extend(
                    Token("number", number[0], *number.span())
                    for number in _NUMBER.finditer(text.folded, start, end)
                    if len(number[0]) <= LONGEST_NUMBER
                )

    def find_clause(self, start: int, end: int) -> tuple[int, int]:
        """Return [start, end) of the clause around a stretch of the text."""
        first = bisect_left(self._stops, start)
        last = bisect_right(self._stops, end - 1)
        begin = self._stops[first - 1] + 1 if first else 0
        return begin, self._stops[last] if last < len(self._stops) else len(self.folded)
