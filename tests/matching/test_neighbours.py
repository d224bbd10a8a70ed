"""Documented codes near an undocumented one: the same as when every code is looked at."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rapidfuzz.distance import OSA

from bot.knowledge.codes import CodeSet
from bot.knowledge.entry import Entry
from bot.knowledge.pack import Family, Pack
from bot.knowledge.snapshot import Knowledge
from bot.matching.neighbours import Neighbours, list_slips

FAMILIES = {"low": ((0, 4999),), "high": ((40000, 49999), (5000, 5999))}


def build_pack(pack: Pack, pack_id: str, codes: list[str]) -> Pack:
    """Return a pack of these codes, each in the family that holds it, if any."""
    families = {name: Family(name, {}, CodeSet(ranges)) for name, ranges in FAMILIES.items()}
    holder = replace(pack, id=pack_id, families=families)
    entry = next(iter(pack.entries.values()))
    entries: dict[str, Entry] = {}
    for code in sorted(codes, key=lambda one: (len(one), one)):
        family = holder.find_family(code)
        entries[code] = replace(entry, pack=pack_id, code=code, family=family.id if family else "")
    return replace(holder, entries=entries)


@pytest.fixture(scope="module")
def packs(knowledge: Knowledge) -> dict[str, Pack]:
    """The real pack and two drawn ones, one of them dense, with codes that begin with a zero."""
    real = knowledge.packs["aliyun-living"]
    dice = random.Random(3)  # noqa: S311 - numbers that are far apart and close together, not secrets
    sparse = [str(dice.randrange(1, 60000)) for _ in range(300)]
    dense = [f"{dice.randrange(0, 700):0{dice.choice((1, 4))}}" for _ in range(300)]
    return {
        real.id: real,
        "sparse": build_pack(real, "sparse", list(set(sparse))),
        "dense": build_pack(real, "dense", list(set(dense))),
    }


def scan(packs: Mapping[str, Pack], code: str, most: int) -> list[str]:
    """Return what is near by looking at every code."""
    ranked = []
    for pack in packs.values():
        family = pack.find_family(code)
        for entry in pack.entries.values():
            is_slip = OSA.distance(entry.code, code) <= 1
            away = family is None or entry.family != family.id
            ranked.append((not is_slip, away, abs(int(entry.code) - int(code)), entry.id))
    return [name for *_, name in sorted(ranked, key=lambda item: item[:3])[:most]]


@pytest.mark.parametrize("most", [1, 3, 10])
def test_same_as_a_scan(knowledge: Knowledge, packs: dict[str, Pack], most: int) -> None:
    """The nearest are those of a scan, in the same order, whatever packs and families there are."""
    dice = random.Random(7)  # noqa: S311 - likewise
    for chosen in (packs, {"dense": packs["dense"]}, {"sparse": packs["sparse"]}):
        neighbours = Neighbours(replace(knowledge, packs=chosen))
        for _ in range(150):
            code = str(dice.randrange(0, 10 ** dice.randrange(1, 7)))
            if not any(code in pack.entries for pack in chosen.values()):
                assert [entry.id for entry in neighbours.find(code, most)] == scan(chosen, code, most), code


@pytest.mark.parametrize(("code", "first"), [("28540", "28504"), ("2850", "28504"), ("285042", "28504")])
def test_slip_of_typing(knowledge: Knowledge, code: str, first: str) -> None:
    """A code with two digits exchanged, one left out or one too many comes first."""
    assert first in [entry.code for entry in Neighbours(knowledge).find(code, 3)]
    assert first in list_slips(code)


@pytest.mark.parametrize("code", ["0x80070005", "", "E28504", "1.5"])
def test_no_number(knowledge: Knowledge, code: str) -> None:
    """What is no number has no neighbours."""
    assert Neighbours(knowledge).find(code, 3) == []
