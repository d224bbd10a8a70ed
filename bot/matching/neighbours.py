"""Which documented codes lie near an undocumented one, looked up by number: no pack is read through.

A neighbour is named, and is never the answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import nsmallest

from rapidfuzz import fuzz, process

from bot.knowledge.codes import read_number
from bot.knowledge.entry import Entry
from bot.knowledge.pack import Family, Pack
from bot.knowledge.snapshot import Knowledge, Scope

DIGITS = "0123456789"
ALIKE = 60.0  # rapidfuzz's ratio from which a code that is no number is near


class Neighbours:
    """The codes of all packs: numbers in their order, by pack and by family, and those that are none."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Sort the codes; no entry is read."""
        self._knowledge = knowledge
        self._numbers = {
            pack.id: sorted((code for code in pack.entries if read_number(code) is not None), key=int)
            for pack in knowledge.packs.values()
        }
        self._in_family: dict[tuple[str, str], list[str]] = {}
        self._symbols = {
            pack.id: {code: code.lower() for code in pack.entries if read_number(code) is None}
            for pack in knowledge.packs.values()
        }

    def find(self, code: str, most: int, scope: Scope = None) -> list[Entry]:
        """Return at most `most` documented codes nearest to an undocumented one, of the packs asked.

        Those a slip of typing away first (28540: 28504), then those of the same family, then by number;
        equal ones stand in the order of the knowledge. Near a code that is no number are those written much
        like it.
        """
        if read_number(code) is None:
            return self._find_alike(code, most, scope)
        ranked: list[tuple[tuple[bool, bool, int, int, int, str], Entry]] = []
        for place, pack in enumerate(self._knowledge.list_packs(scope)):
            family = pack.find_family(code)
            own = family.id if family else None
            slips = {slip for slip in list_slips(code) if slip in pack.entries}
            groups = (self._numbers[pack.id], self._list_family(pack, family))
            for found in slips.union(*(_list_near(codes, int(code), most) for codes in groups)):
                entry = pack.entries[found]
                away = own is None or entry.family != own
                distance = abs(int(found) - int(code))
                ranked.append(((found not in slips, away, distance, place, len(found), found), entry))
        return [entry for _, entry in nsmallest(most, ranked, key=lambda item: item[0])]

    def _find_alike(self, code: str, most: int, scope: Scope) -> list[Entry]:
        ranked: list[tuple[tuple[float, int, str], Entry]] = []
        for place, pack in enumerate(self._knowledge.list_packs(scope)):
            symbols = self._symbols[pack.id]
            near = process.extract(code.lower(), symbols, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=most)
            ranked.extend(((-likeness, place, found), pack.entries[found]) for _, likeness, found in near)
        return [entry for _, entry in nsmallest(most, ranked, key=lambda item: item[0])]

    def _list_family(self, pack: Pack, family: Family | None) -> list[str]:
        """Return the numbers of a family in their order, looked for when it is first asked for."""
        if family is None:
            return []
        if (pack.id, family.id) not in self._in_family:
            self._in_family[pack.id, family.id] = list(filter(family.holds, self._numbers[pack.id]))
        return self._in_family[pack.id, family.id]


def _list_near(codes: Sequence[str], number: int, most: int) -> Sequence[str]:
    """Return the codes next below and above a number, `most` of each."""
    place = bisect_left(codes, number, key=int)
    return codes[max(0, place - most) : place + most]


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
