"""Messages that programs fill: where the slots stand in an entry's string. The fixed words tell the message.

Slots are looked for when strings are indexed, never in what a person wrote. Called by index.py, which reads
the fixed words alone, and by scorer.py, to which what fills a slot is no word too many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

REMEMBERED = 20_000
"""Strings whose slots are remembered; a bound on memory."""

# C's conversions with the flags, widths and letters of MariaDB's and Go's (%`s, %M, %T, %v), Python's
# %(name)s; {0}, {name}, {name:d}, ${name}; <name>. "100%d" is a number and a sign, "%%" a sign.
_SLOT = re.compile(
    r"(?<![\d%])%(?:\(\w{1,40}\)|\d{1,2}\$)?[-+#0'`]*(?:\d{1,4}|\*(?:\d{1,2}\$)?)?(?:\.(?:\d{1,4}|\*))?"
    r"(?:hh|h|ll|l|L|z|j|t|q)?[diouxXeEfFgGaAcCsSpnMTQvq@](?![a-z])"
    r"|(?<![\d%])%[-+#0'`]*(?:\d{1,4}|\*)?\.(?:\d{1,4}|\*)[a-zA-Z]"
    r"|\$?\{\{?[\w.]{0,40}(?:![rsa])?(?::[^{}\s]{0,20})?\}\}?"
    r"|<[a-zA-Z][\w.-]{0,30}(?: [\w.-]{1,30}){0,3}>"
)


@dataclass(frozen=True, slots=True)
class Slots:
    """How many slots a string has, and whether one stands before or behind all its words."""

    count: int
    leads: bool
    trails: bool


NONE = Slots(0, leads=False, trails=False)


def take_out(text: str) -> str:
    """Return a string with a blank for each slot.

    >>> take_out("Can't open '%-.200s' (errno: %M)"), take_out("{user} 的余额少了 5%")
    ("Can't open ' ' (errno:  )", '  的余额少了 5%')
    """
    return _SLOT.sub(" ", text) if _may_have_slots(text) else text


@lru_cache(maxsize=REMEMBERED)
def find_slots(text: str) -> Slots:
    """Return what slots a string has; two with nothing but marks between them are one.

    >>> find_slots("Access denied for user '%s'@'%s'")
    Slots(count=1, leads=False, trails=True)
    """
    if not _may_have_slots(text):
        return NONE
    parts = [any(map(str.isalpha, part)) for part in _SLOT.split(text)]
    if len(parts) == 1:
        return NONE
    # Between two parts with words there is a slot, however many parts without words lie there.
    count = max(1, sum(parts) - 1 + (not parts[0]) + (not parts[-1]))
    return Slots(count, leads=not parts[0], trails=not parts[-1])


def _may_have_slots(text: str) -> bool:
    return "%" in text or "{" in text or "<" in text
