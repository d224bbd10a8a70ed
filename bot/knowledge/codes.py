"""A code's number, a set of codes, and what the codes of a pack look like. No file is read here."""

from __future__ import annotations

from dataclasses import dataclass

MOST_DIGITS = 18
"""Digits of the longest number read; int() itself refuses more than 4300, and no product has such codes."""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Some codes: inclusive ranges of numbers, beginnings (`PAY_*`) and single spellings, both folded."""

    ranges: tuple[tuple[int, int], ...] = ()
    beginnings: tuple[str, ...] = ()
    spellings: frozenset[str] = frozenset()

    def __contains__(self, code: object) -> bool:
        """Say whether a code is one of them, without regard to case."""
        if not isinstance(code, str):
            return False
        number = read_number(code)
        if number is not None and any(low <= number <= high for low, high in self.ranges):
            return True
        folded = code.lower()
        return folded in self.spellings or folded.startswith(self.beginnings)

    def __str__(self) -> str:
        """Write them as pack.yaml does."""
        ranges = (f"{low}-{high}" if low < high else f"{low}" for low, high in self.ranges)
        return ", ".join([*ranges, *(f"{start}*" for start in self.beginnings), *sorted(self.spellings)])


@dataclass(frozen=True, slots=True)
class CodeShape:
    """What a pack's codes look like.

    `digits` is (fewest, most); (0, 0) where no code is a plain number. `prefixes` are letters that may stand
    before the digits (E28504). `negative` are numbers that are also printed with a minus sign, which is
    dropped; of those in `signed` the sign is a part. `distinctive` are codes that hardly any other system
    uses. `patterns` are the shapes of codes that are no plain numbers.
    """

    digits: tuple[int, int]
    distinctive: CodeSet = CodeSet()
    prefixes: tuple[str, ...] = ()
    negative: CodeSet = CodeSet()
    signed: CodeSet = CodeSet()
    patterns: tuple[str, ...] = ()

    def fits(self, digits: str) -> bool:
        """Say whether a number has as many digits as the pack's codes."""
        return self.digits[0] <= len(digits) <= self.digits[1]


def read_number(code: str) -> int | None:
    """Return the number that a code is, if it is one: ASCII digits, with a minus sign or without.

    >>> read_number("-35"), read_number("0x35"), read_number("E35")
    (-35, None, None)
    """
    digits = code.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(code) if is_number else None
