"""Where a number begins and ends: whether what stands around digits makes them something else than a code.

`\\b` is wrong here: it fails beside Chinese letters and matches PROJ-28504. What the number is called is told
by cues.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.matching.text import HAN, Text
from bot.matching.wording import is_latin

LONG = 5
"""Digits from which a number seldom is an amount by chance."""

SHORTEST_GLUED_WORD = 4
"""Letters of a word written right behind a code (28504device); fewer are a unit or a part of an id."""

_NUMBER = re.compile(r"[0-9]{1,12}(?!\d)")
_LETTERS_BEFORE = re.compile(r"[a-z]{1,24}\Z")
_UNSPACED = re.compile(rf"{HAN.pattern}|[\u3040-\u30ff\uac00-\ud7af]")  # kana and Hangul, too
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]{2,9}[\s:-]{1,2}\Z")
_LETTERS = re.compile(r"[a-z]+")
_COMPARED = re.compile(r"(?:[<>!]=|[<>≥≤~≈$¥€£+])\s*\Z")
_ARROW_OR_TAG = re.compile(r"(?:[=-]>|<[a-z_]{2,20}>|^\s*>|\n\s*>)\s*\Z")
_CLOCK = re.compile(r"\d:\d{1,2}(?:[:.,]\d{1,2})?[.,:]\Z")
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_GROUPS = re.compile(r"(?<![\d.:,])(?:\+\d+(?: \d+)+|\d+(?: \d+){2,})(?![\d.:])")  # a phone's groups
# A sign of multiplication glued to one number alone is no product: "28504 ×12", "12× 28504" tell how often.
_SUM_BEFORE = re.compile(r"(?P<other>\d+)(?:\s?[*+/÷-]|\s×)\s\Z")
_SUM_BEHIND = re.compile(r"\s(?:[*+/÷-]\s?|×\s)(?P<other>\d+)|(?P<letter>\()\w\)")
_TIMES_BEFORE = re.compile(r"(?P<other>\d+)(?:[ \t]x[ \t]?|[ \t]?×)\Z")
# Codes, each with how often it came: "28528 - 61, 28529 - 14".
_TALLY = re.compile(r"(?<![\w.-])\d{3,12} - \d{1,9}(?:[,;、\n]\s?\d{3,12} - \d{1,9}){1,20}(?!\d|[.-]\d)")
_TALLIED = re.compile(r"(\d{3,12}) - (\d{1,9})")
_TALLY_REACH = 200
_DIGITS = re.compile(r"\d*")
_LAST_NUMBER = re.compile(r"(?<![\d.:-])\d+\Z")
_FILE_LINE = re.compile(
    r"\w\.(?:c|cc|cpp|cs|go|h|hpp|java|js|kt|m|mm|php|py|rb|rs|swift|ts)\($"
)  # main.c(401)
_CLAUSE_ENDS = frozenset(("", *"\n,;.。!?、)"))
_MONEY_OR_PHONE = re.compile(r"\s?[€$£¥]|\)\s?\d")


@dataclass(frozen=True)
class NumberBoundary:
    """The rules of what may stand beside a code.

    `fits` tells whether digits have a code's shape, `is_label` whether a folded text ends as the label of
    one; `prefixes` are letters that belong to a code, `ends_glued` tells an identifier that ends as a
    label does, `units` words that make a number a measure,
    `measures` finds those that need no space before them.
    """

    fits: Callable[[str], bool]
    is_label: Callable[[str], bool]
    prefixes: Collection[str]
    ends_glued: Callable[[str], bool]
    units: Collection[str]
    measures: re.Pattern[str]
    documented: Collection[str]

    def find_begin(self, head: str) -> int | None:
        """Return how many characters before the digits belong to the code, or None if it can't begin here.

        `head` is the folded text before the digits. A sign or a prefix (E28504) belongs to the code.
        """
        last, rest = head[-1:], head[:-1]
        if last == "~" and self._ends_documented(rest):
            return 0
        if (_COMPARED.search(head) and not _ARROW_OR_TAG.search(head)) or head.endswith("***"):
            return None
        if _FILE_LINE.search(head):
            return None
        if last in {"-", "+"} and (self._ends_documented(rest) or self._ends_named(rest)):
            return 0
        if self.ends_glued(head):
            return 0
        if last == "-":
            return None if is_latin(rest[-1:]) else 1
        if last == "." and rest.rstrip(".")[-1:].isdigit():
            return None  # a range: 4..100
        if last in {".", "_"}:
            return 0 if not is_latin(rest[-1:]) or (last == "_" and self._names_code(rest)) else None
        if last == "#" and not rest.strip():
            return 0
        if last in {":", "#"} or (last == "[" and is_latin(rest[-1:])):
            return 0 if self._names_code(rest) else None
        if last == "/":
            number = _LAST_NUMBER.search(rest)
            return 0 if number and self.fits(number[0]) else None
        if last in {"@", "%", "^", "\\"}:
            return None
        letters = _LETTERS_BEFORE.search(head)
        if letters:
            return self._find_glued(letters[0], head[: letters.start()])
        return None if last.isalpha() and not _UNSPACED.match(last) else 0

    def may_end(self, folded: str, end: int) -> bool:
        """Say whether a code can end here: no unit glued to it, no fraction, no longer word."""
        first, second = folded[end : end + 1], folded[end + 1 : end + 2]
        if first in {"-", "+", "/", "~"} and second.isdigit():
            number = _NUMBER.match(folded, end + 1)
            before = _LAST_NUMBER.search(folded, max(0, end - 12), end)
            is_range = (
                number
                and before
                and before[0] in self.documented
                and len(number[0]) == len(before[0]) >= LONG
            )
            fits = number and (
                number[0] in self.documented or ((first == "/" or is_range) and self.fits(number[0]))
            )
            return bool(fits)
        if first in {"%", "°", "℃", "+", "#", "@", "\\"} or _MONEY_OR_PHONE.match(folded, end):
            return False
        if first in {".", ":"} and second.isdigit():
            return False
        letters = _LETTERS.match(folded, end)
        if letters:
            word = letters[0]
            if word in self.units or folded[letters.end() : letters.end() + 1].isdigit():
                return False
            return len(word) >= SHORTEST_GLUED_WORD or self.is_label(word)
        if first in {".", "_", "/", "-"} and second.isascii() and second.isalpha():
            word_behind = _LETTERS.match(folded, end + 1)
            return bool(word_behind and len(word_behind[0]) > SHORTEST_GLUED_WORD)
        return True

    def is_measured(self, folded: str, end: int, is_named: bool) -> bool:
        """Say whether a word of measure follows the digits: 500 devices, 401 次; not 403 页面.

        Behind a number that is named as a code a clause of its own may begin ("报错28504 人脸也不认"), so
        there the measure must be the last word: 报错 28504 次，都是同一个租户.
        """
        start = end + 1 if folded[end : end + 1] in set(" \t`*\"'") else end
        letters = _LETTERS.match(folded, start)
        measure = self.measures.match(folded, start)
        if letters:
            stop = letters.end() if letters[0] in self.units else None
        else:
            stop = measure.end() if measure else None
        return stop is not None and (not is_named or folded[stop : stop + 1] in _CLAUSE_ENDS)

    def is_part(self, folded: str, start: int, end: int, is_named: bool = False) -> bool:
        """Say whether digits are part of a larger number: thousands, a clock time, a phone, a sum.

        So are those that only tell how often a code came: 28504 x 311. Behind a code's name there is no sum:
        in "errors by code: 28528 - 61" the second number tells how often.
        """
        if _CLOCK.search(folded, max(0, start - 12), start):
            return True
        for chain in _THOUSANDS.finditer(folded, max(0, start - 16), end + 16):
            if chain.start() <= start < chain.end():
                return not self._are_documented(chain[0].split(","))
        whole = _DIGITS.match(folded, end + 24)  # no number is cut in two
        stop = whole.end() if whole else len(folded)
        for groups in _GROUPS.finditer(folded, max(0, start - 24), stop):
            if groups.start() <= start < groups.end():
                return groups[0][0] == "+" or not self._are_listed(groups[0].split(" "))
        counts = self._counts_in_tally(folded, start)
        if counts is not None:
            return counts
        times = _TIMES_BEFORE.search(folded, max(0, start - 16), start)
        if times and times["other"] in self.documented:
            return True
        before = _SUM_BEFORE.search(folded, max(0, start - 16), start)
        behind = _SUM_BEHIND.match(folded, end)
        if is_named:
            return False
        return any(found and found["other"] not in self.documented for found in (before, behind))

    def _counts_in_tally(self, folded: str, start: int) -> bool | None:
        """Say of a number in a tally of codes whether it is a count, none of the codes; None outside of one.

        The counts are smaller than the codes, else the pairs are ranges.
        """
        for found in _TALLY.finditer(folded, max(0, start - _TALLY_REACH), start + _TALLY_REACH):
            if found.start() <= start < found.end():
                pairs = [pair.groups() for pair in _TALLIED.finditer(folded, *found.span())]
                if self._are_listed([code for code, _ in pairs]) and all(int(c) > int(n) for c, n in pairs):
                    return folded[found.start() : start].endswith(" - ")
        return None

    def _ends_named(self, rest: str) -> bool:
        """Say whether a text ends in letters that name a code: err-28504."""
        letters = _LETTERS_BEFORE.search(rest)
        if letters is None or is_latin(rest[: letters.start()][-1:]):
            return False
        return letters[0] in self.prefixes or self.is_label(letters[0])

    def _ends_documented(self, rest: str) -> bool:
        number = _LAST_NUMBER.search(rest)
        return bool(number and number[0] in self.documented)

    def _find_glued(self, letters: str, rest: str) -> int | None:
        """Return the length of letters written before the digits (E28504, error28504), or None."""
        if letters in {"n", "t", "r"} and rest.endswith("\\"):
            return 0  # an escaped line end in a pasted string
        if is_latin(rest[-1:]) or rest.endswith(("-", ".", "_")):
            return None
        return len(letters) if letters in self.prefixes or self.is_label(letters) else None

    def _names_code(self, text: str) -> bool:
        """Say whether a text ends as the label of a code, or as a label of nothing in particular (结果：)."""
        text = text.rstrip("\"'`* ")
        if not text or text[-1].isdigit() or text[-1] in "\n]":
            return False
        return bool(HAN.match(text[-1])) or not is_latin(text[-1]) or self.is_label(text)

    def _are_documented(self, numbers: Iterable[str]) -> bool:
        return all(number in self.documented for number in numbers)

    def _are_listed(self, numbers: Sequence[str]) -> bool:
        """Say whether numbers side by side are codes: all documented, or some and all of one length."""
        if self._are_documented(numbers):
            return True
        return (
            len({len(number) for number in numbers}) == 1
            and all(map(self.fits, numbers))
            and any(number in self.documented for number in numbers)
        )


def is_starred(folded: str, start: int, end: int) -> bool:
    """Say whether a star that none closes stands before a number inside a line: nginx's `*5005`."""
    if folded[start - 1 : start] != "*" or not folded[folded.rfind("\n", 0, start) + 1 : start].strip(" *"):
        return False
    return "*" not in folded[end:].partition("\n")[0]


def follows_acronym(text: Text, start: int) -> bool:
    """Say whether a number stands behind capitals that name no code: SMTP 550, ISO 9103."""
    first = max(0, start - 12)
    return bool(_ACRONYM.search("".join(text.letter(position) for position in range(first, start))))
