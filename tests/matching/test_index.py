"""The strings an entry can be found by: features, weights, and which of them share features with a text."""

from __future__ import annotations

import pytest

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.contents import PAIR_WEIGHT, UNKNOWN_WEIGHT, read_contents
from bot.matching.index import Index
from bot.matching.reading import Reader
from bot.matching.text import fold
from tests.matching.units import find_units, get_message, list_units


@pytest.fixture(scope="module")
def index(finder: Finder) -> Index:
    """The index over the real entries."""
    return finder.index


def find_entry(knowledge: Knowledge, code: str) -> Entry:
    """Return the entry of a code."""
    return next(entry for entry in knowledge.entries if entry.code == code)


def test_every_string_is_a_unit(index: Index, knowledge: Knowledge) -> None:
    """Message, titles and phrases of every entry are indexed, in the order of the knowledge."""
    strings = [(entry.id, said) for entry in knowledge.entries for said in entry.strings]
    assert [(unit.entry_id, unit.text) for unit in list_units(index)] == strings


def test_every_unit_says_something(index: Index) -> None:
    """Every unit has features and a weight, the sum of theirs, but for messages of layer packs."""
    for unit in list_units(index):
        assert bool(unit.features) != unit.is_verbatim, unit.text
        assert unit.weight == pytest.approx(sum(index.weight(name) for name in unit.features))


def test_message_of_an_entry(index: Index, knowledge: Knowledge) -> None:
    """An entry's message is at hand as a unit."""
    entry = find_entry(knowledge, "28504")
    unit = get_message(index, entry.id)
    assert (unit.origin, unit.text, unit.folded) == ("message", "device is offline.", "device is offline")
    assert unit.features == {"device": 0, "online": -1}


def test_core(index: Index, knowledge: Knowledge) -> None:
    """The core of a unit is what says that something is wrong."""
    assert get_message(index, find_entry(knowledge, "28504").id).core == {"online"}
    assert get_message(index, find_entry(knowledge, "2096").id).core == {"expired"}


def test_negative(index: Index, knowledge: Knowledge) -> None:
    """A unit that denies something is marked."""
    assert get_message(index, find_entry(knowledge, "28504").id).is_negative
    assert not get_message(index, find_entry(knowledge, "2096").id).is_negative


@pytest.mark.parametrize(
    ("rare", "frequent"), [("bluetooth", "device"), ("gprs", "bind"), ("expired", "exist")]
)
def test_rare_features_weigh_more(index: Index, rare: str, frequent: str) -> None:
    """What fewer entries say weighs more."""
    assert index.weight(rare) > index.weight(frequent) > 0


@pytest.mark.parametrize(
    ("name", "weight"),
    [("zebra", UNKNOWN_WEIGHT), ("斑马", UNKNOWN_WEIGHT * PAIR_WEIGHT), ("猫", UNKNOWN_WEIGHT * PAIR_WEIGHT)],
)
def test_unknown_features(index: Index, name: str, weight: float) -> None:
    """What no entry says has a small constant weight."""
    assert not index.knows(name)
    assert index.weight(name) == weight


@pytest.mark.parametrize("code", ["28504", "2066", "9119", "10200", "500"])
def test_candidates_hold_the_entry(index: Index, knowledge: Knowledge, code: str) -> None:
    """All features of a message find its entry first."""
    unit = get_message(index, find_entry(knowledge, code).id)
    found = find_units(index, unit.features, 80, 0.4)
    assert unit in found
    assert found[0].features.keys() <= unit.features.keys()


def test_candidates_share_features(index: Index) -> None:
    """Every candidate shares a feature with what was named; nothing named or known finds none."""
    found = find_units(index, ["bluetooth"], 80, 0.0)
    assert found
    assert all("bluetooth" in unit.features for unit in found)
    assert find_units(index, [], 80, 0.0) == []
    assert find_units(index, ["zebra"], 80, 0.0) == []


def test_candidates_are_limited(index: Index) -> None:
    """No more candidates come than asked for; these are the best ones."""
    many = find_units(index, ["device", "exist"], 80, 0.0)
    assert find_units(index, ["device", "exist"], 5, 0.0) == many[:5]


def test_candidates_in_one_order(index: Index) -> None:
    """The order of what is named, or naming it twice, changes nothing."""
    one = find_units(index, ["device", "exist", "bind"], 80, 0.0)
    assert find_units(index, ["bind", "exist", "device", "exist"], 80, 0.0) == one


def test_part_covered(index: Index) -> None:
    """SearchStrings of which too little is named are left out."""
    found = find_units(index, ["device"], 200, 0.4)
    assert found
    for unit in found:
        assert index.weight("device") >= 0.4 * unit.weight


def test_order_of_entries_changes_no_weight(index: Index, knowledge: Knowledge, reader: Reader) -> None:
    """Weights don't depend on the order of the entries."""
    entries = tuple(reversed(knowledge.entries))
    turned = Index.build(read_contents(entries, knowledge.packs, reader))
    for unit in list_units(index):
        for name in unit.features:
            assert turned.weight(name) == index.weight(name)


def test_shared_phrases(index: Index, knowledge: Knowledge) -> None:
    """A phrase declared as shared names codes that are documented; messages and titles are never shared."""
    documented = {entry.code for entry in knowledge.entries}
    assert any(unit.shared for unit in list_units(index))
    for unit in list_units(index):
        assert set(unit.shared) <= documented - {unit.code}
        assert unit.origin == "phrase" or not unit.shared


def test_folded_units(index: Index) -> None:
    """A unit's folded text is its string, folded, without stops around it."""
    for unit in list_units(index):
        assert unit.folded in fold(unit.text)
        assert unit.folded == unit.folded.strip(" .。!\"'")
