"""Which documented codes lie near an undocumented one, looked up by number: no pack is read through.

A neighbour is named, and is never the answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice

from rapidfuzz.fuzz import ratio

from bot.knowledge.codes import read_number
from bot.knowledge.entry import Entry
from bot.knowledge.pack import Family, Pack
from bot.knowledge.snapshot import Knowledge, Scope

DIGITS = "0123456789"
ALIKE = 60.0  # rapidfuzz's ratio from which a spelling is near without a part in common
_PART = re.compile(r"[a-z]+|[0-9]+")


class Neighbours:
    """The codes of all packs in the order of their numbers, and those that are no numbers by their parts."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Sort the codes."""
        self._knowledge = knowledge
        self._codes = {
            pack.id: sorted((code for code in pack.entries if read_number(code) is not None), key=int)
            for pack in knowledge.packs.values()
        }
        self._symbols = {
            pack.id: [code for code in pack.entries if read_number(code) is None]
            for pack in knowledge.packs.values()
        }

    def find(self, code: str, most: int, scope: Scope = None) -> list[Entry]:
        """Return at most `most` documented codes nearest to an undocumented one, of the packs asked.

        Those a slip of typing away first (28540: 28504), then those of the same family, then by number;
        equal ones stand in the order of the knowledge. Near a code that is no number are those that share
        most of its parts, then of its letters.
        """
        if read_number(code) is None:
            return self._find_alike(code, most, scope)
        ranked: list[tuple[tuple[bool, bool, int, int, int, str], Entry]] = []
        for place, pack in enumerate(self._knowledge.list_packs(scope)):
            family = pack.find_family(code)
            slips = {slip for slip in list_slips(code) if slip in pack.entries}
            for found in {*slips, *self._list_near(pack, code, family, most)}:
                entry = pack.entries[found]
                away = family is None or entry.family != family.id
                distance = abs(int(found) - int(code))
                ranked.append(((found not in slips, away, distance, place, len(found), found), entry))
        return [entry for _, entry in nsmallest(most, ranked, key=lambda item: item[0])]

    def _find_alike(self, code: str, most: int, scope: Scope) -> list[Entry]:
        ranked = []
        code = code.lower()
        parts = _list_parts(code)
        for place, pack in enumerate(self._knowledge.list_packs(scope)):
            for found in self._symbols[pack.id]:
                folded = found.lower()
                shared = len(parts & _list_parts(folded))
                likeness = ratio(code, folded)
                if shared or likeness >= ALIKE:
                    ranked.append(((-shared, -likeness, place, found), pack.entries[found]))
        return [entry for _, entry in nsmallest(most, ranked, key=lambda item: item[0])]

    def _list_near(self, pack: Pack, code: str, family: Family | None, most: int) -> Iterator[str]:
        """Yield a pack's codes next below and above one: `most` of all, and `most` of its family."""
        codes, number = self._codes[pack.id], int(code)
        place = bisect_left(codes, number, key=int)
        yield from codes[max(0, place - most) : place + most]
        if family is None:
            return
        for low, high in family.codes.ranges:
            first, last = bisect_left(codes, low, key=int), bisect_right(codes, high, key=int)
            middle = min(max(place, first), last)
            below, above = range(middle - 1, first - 1, -1), range(middle, last)
            for side in (below, above):
                own = (codes[at] for at in side if pack.entries[codes[at]].family == family.id)
                yield from islice(own, most)


def _list_parts(code: str) -> set[str]:
    """Return the parts of a folded code that is no number; the mark of a hexadecimal one is none."""
    return set(_PART.findall(code.removeprefix("-").removeprefix("0x")))


def list_slips(code: str) -> set[str]:
    """Return the numbers a slip of typing away: a digit left out, put in, replaced, or two exchanged.

    >>> sorted(list_slips("12"))[:4], len(list_slips("28504"))
    (['012', '02', '1', '10'], 109)
    """
    slips: set[str] = set()
    for place in range(len(code) + 1):
        before, behind = code[:place], code[place:]
        slips.update(before + digit + behind for digit in DIGITS)
        slips.update(before + digit + behind[1:] for digit in DIGITS if behind)
        slips.add(before + behind[1:])
        slips.add(before + behind[1:2] + behind[:1] + behind[2:])
    return slips - {code}
