"""Which API messages are a sign by themselves, and by which pairs of words they are found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.contents import Summary, list_pairs, split_pairs, sum_up
from bot.matching.index import Index, Postings
from bot.matching.reading import Reader
from tests.matching.units import get_message, list_units


@pytest.fixture(scope="module")
def pairs(knowledge: Knowledge, reader: Reader, finder: Finder) -> dict[str, set[str]]:
    """The pairs of the real messages, by code; of titles and phrases, none."""
    units = list_units(finder.index)
    found = list_pairs(knowledge.packs, units, reader.find_evidence)
    assert all(unit.origin == "message" for unit in units if unit.number in found)
    return {unit.code: set(found[unit.number]) for unit in units if unit.number in found}


def test_pairs_of_a_message(pairs: dict[str, set[str]]) -> None:
    """A message is found by its neighbouring words, two at a time."""
    assert pairs["2066"] == {"identityid is", "is not", "not manager"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("2066", True),  # a word of the platform
        ("2086", True),  # five plain words
        ("28504", False),  # "device is offline": three plain words
        ("200", False),  # "success"
        ("429", False),  # HTTP's own
    ],
)
def test_what_is_distinctive(pairs: dict[str, set[str]], code: str, found: bool) -> None:
    """A message of several words or with a word of the platform is distinctive, one of HTTP's never."""
    assert (code in pairs) == found


def test_long_message_like_http(knowledge: Knowledge, reader: Reader, finder: Finder) -> None:
    """The message of an HTTP-like code isn't distinctive, however many words it has."""
    pack = knowledge.packs["aliyun-living"]
    for code, is_distinctive in (("429", False), ("2066", True)):
        unit = get_message(finder.index, f"{pack.id}/{code}")
        long = unit._replace(folded="far too many requests at once")
        assert bool(list_pairs(knowledge.packs, [long], reader.find_evidence)) == is_distinctive


@pytest.mark.parametrize(
    "text", ["identityid is not manager", "('identityid is not manager')", "=identityid-is\nnot"]
)
def test_pairs_stand_in_any_text_that_quotes(text: str) -> None:
    """Neighbouring words are the same ones whatever marks stand around them."""
    assert "identityid is" in split_pairs(text)


@given(st.sets(st.text()), st.sets(st.text()))
def test_no_pair_is_missed(members: set[str], others: set[str]) -> None:
    """What is summed up is known again, in this process or the next; of nothing nothing is."""
    summary = Summary({}, frozenset(), frozenset())
    known = Index(lambda _: [], Postings.build(()), replace(summary, pairs=sum_up(members)))
    assert all(map(known.may_quote, members))
    assert not any(map(Index(lambda _: [], Postings.build(()), summary).may_quote, others))


def test_few_others_pass() -> None:
    """Four bytes stand for each of a set, equal ones once; hardly any other passes."""
    sums = sum_up(f"token {number}" for number in (*range(20_000), *range(20_000)))
    assert len(sums) == 4 * 20_000
    known = Index(lambda _: [], Postings.build(()), Summary({}, frozenset(), frozenset(), sums))
    assert sum(known.may_quote(f"device {number}") for number in range(10_000)) <= 10
