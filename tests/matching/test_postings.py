"""The inverted index: numbers of units by their tokens, in memory and in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.matching.contents import Tokens
from bot.matching.index import Postings

DOCUMENTS: list[Tokens] = [
    {"names": ["device", "online"], "letters": ["dev", "evi"], "pairs": ["device online"]},
    {"names": ["device", "not exist"], "letters": ["dev"]},
    {"names": ["设备", "在线"], "letters": ["设备"], "pack": ["kettle"]},
    {"names": ["device", "online"], "pack": ["lamp"]},
]


@pytest.fixture(params=["memory", "folder"])
def postings(request: pytest.FixtureRequest, tmp_path: Path) -> Postings:
    """The documents, indexed in memory, and in a folder and opened anew."""
    if request.param == "memory":
        return Postings.build(DOCUMENTS)
    Postings.build(DOCUMENTS, str(tmp_path))
    return Postings.open(str(tmp_path))


def test_rarest_first(postings: Postings) -> None:
    """A unit with a rare token stands before one with a frequent one."""
    assert postings.find("names", {"device": 1.0, "not exist": 1.0}, 10) == [1, 0, 3]


def test_equal_ones_in_their_order(postings: Postings) -> None:
    """SearchStrings that are equally likely stand in their order, and the first of them are kept."""
    assert postings.find("names", {"online": 1.0}, 10) == [0, 3]
    assert postings.find("names", {"online": 1.0}, 1) == [0]


def test_boosts(postings: Postings) -> None:
    """A token's boost decides which unit is likelier."""
    assert postings.find("names", {"online": 1.0, "在线": 9.0}, 10)[0] == 2
    assert postings.find("names", {"online": 9.0, "在线": 1.0}, 10)[0] == 0


def test_fields_are_apart(postings: Postings) -> None:
    """A token of one field is none of another."""
    assert postings.find("pairs", {"device online": 1.0}, 10) == [0]
    assert postings.find("pairs", {"device": 1.0}, 10) == []
    assert postings.find("letters", {"dev": 1.0}, 10) == [1, 0]
    assert postings.find("names", {"dev": 1.0}, 10) == []


def test_of_certain_packs(postings: Postings) -> None:
    """Strings of other packs neither come nor count towards the limit; the likelier still come first."""
    assert postings.find("names", {"online": 1.0}, 1, {"lamp"}) == [3]
    assert postings.find("names", {"online": 1.0, "在线": 1.0}, 10, {"lamp", "kettle"}) == [2, 3]
    assert postings.find("names", {"not exist": 1.0}, 10, {"lamp"}) == []
    assert postings.find("names", {"online": 1.0}, 10, {"oven"}) == []


def test_nothing_asked(postings: Postings) -> None:
    """No token finds no unit."""
    assert postings.find("names", {}, 10) == []


def test_counts(postings: Postings) -> None:
    """A token is counted by the units that have it; one with a blank inside is one token."""
    assert [postings.count("names", name) for name in ("device", "not exist", "exist")] == [3, 1, 0]


def test_nothing_there(tmp_path: Path) -> None:
    """A folder that holds no index can't be opened."""
    with pytest.raises(ValueError, match=r"."):
        Postings.open(str(tmp_path))
