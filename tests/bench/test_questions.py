"""Generated questions: the same by seed, evenly spread, each one a person could decide."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bench.questions import WRAPPERS, Generated, Generator, list_cells
from bench.strings import Strings, list_searched
from bench.word_lists import read_words
from bench.wrappers import wrap
from bot.knowledge.snapshot import Knowledge
from tests.support.draw import draw

COUNT = 1500


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> tuple[Generated, ...]:
    """Questions of the shipped knowledge."""
    return Generator(knowledge).generate(COUNT, 1)


@pytest.fixture(scope="module")
def strings(knowledge: Knowledge) -> Strings:
    """The strings of the shipped knowledge."""
    return Strings(knowledge)


def test_seed(knowledge: Knowledge, made: tuple[Generated, ...]) -> None:
    """The same seed makes the same questions, another one others; a shorter run is the longer one's head."""
    assert Generator(knowledge).generate(300, 1) == made[:300]
    assert Generator(knowledge).generate(300, 2) != made[:300]


def test_spread(knowledge: Knowledge, made: tuple[Generated, ...]) -> None:
    """Cells differ by one at most, no text comes twice, and each entry that words can find is asked for."""
    assert len(made) == len({one.question.text for one in made}) == COUNT
    counts = Counter(one.cell for one in made)
    assert set(counts) == set(list_cells())
    assert max(counts.values()) - min(counts.values()) <= 1
    asked = Counter(one.question.expected[0] for one in made)
    assert {code for one in made for code in one.question.expected} == {
        entry.code for entry in list_searched(knowledge)
    }
    assert max(asked.values()) < COUNT / 20


def test_expected(made: tuple[Generated, ...], strings: Strings) -> None:
    """Every code is expected that the string belongs to or that its phrase declares, each right alone."""
    by_text = {source.text: source for source in strings.sources}
    for one in made:
        source = by_text[one.question.id]
        assert one.question.expected == source.codes
        assert one.question.any_of is (len(source.codes) > 1)
        assert one.question.language == source.language == one.cell.language


def test_nobody_elses(made: tuple[Generated, ...], strings: Strings) -> None:
    """No question is the string of an entry that isn't expected."""
    for one in made:
        assert strings.find_owners(one.question.text) <= set(one.question.expected), one.question.text


def test_codes_kept_out(knowledge: Knowledge) -> None:
    """Wrappers add no documented code: the text within decides."""
    codes = {entry.code for entry in knowledge.entries}
    for kind in WRAPPERS:
        for seed in range(300):
            told = wrap("设备离线", kind, "zh", codes, draw(seed))
            words = "".join(letter if letter.isalnum() else " " for letter in told).split()
            assert not codes & set(words), told


def test_json(knowledge: Knowledge) -> None:
    """What is wrapped in JSON can be read as JSON, and holds the text."""
    for seed in range(100):
        told = wrap('say "cheese"', "JSON", "en", (), draw(seed)).removeprefix("resp=")
        read = json.loads(told)
        assert 'say "cheese"' in [*read.values(), *read.get("result", {}).values()]


def test_chatter() -> None:
    """About forty sentences in each language, none twice, none with a digit."""
    words = read_words("chatter")
    for language in ("en", "zh"):
        sentences = words["before"][language] + words["after"][language]
        assert len(sentences) == len(set(sentences)) == 40
        assert not any(letter.isdigit() for sentence in sentences for letter in sentence)


def test_decidable(strings: Strings) -> None:
    """A text that looks and sounds at least as much like another entry's string is decided by nobody."""
    [source] = [each for each in strings.sources if (each.text, each.code) == ("产品不存在", "5005")]
    assert strings.is_decidable(source, "产频不存在")
    assert not strings.is_decidable(source, "服务不存在")
    assert not strings.is_decidable(source, "设备不存在")


def test_shared_words(strings: Strings) -> None:
    """Strings that differ in idle words only belong to the same entries."""
    assert strings.find_owners("device does not exist") == strings.find_owners("the device not exist.")
    assert len(strings.find_owners("device not exist")) > 1
