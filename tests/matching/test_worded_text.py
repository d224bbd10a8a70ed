"""How a text holds one string word for word: slots filled, cut short, with a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.reading import Reader
from bot.matching.string_match import StringMatch, WordedText
from tests.matching.units import list_units

DOOR = "Door %d of locker '%s' is jammed; call %s"
Hold = Callable[..., StringMatch | None]
Get = Callable[..., StringMatch]


@pytest.fixture(scope="module")
def hold(knowledge: Knowledge) -> Hold:
    """Hold a text against a string, which is an entry's message."""
    pack = knowledge.packs["aliyun-living"]
    entry = replace(next(iter(pack.entries.values())), title={}, phrases=())

    @cache
    def read_string(written: str) -> tuple[Reader, Finder]:
        entries = {entry.code: replace(entry, message=written)}
        own = replace(knowledge, packs={pack.id: replace(pack, entries=entries)})
        reader = Reader(own)
        return reader, Finder(own, reader)

    def hold_text(text: str, written: str = DOOR) -> StringMatch | None:
        reader, finder = read_string(written)
        return next(WordedText(reader.read(text), finder.index).find(list_units(finder.index)), None)

    return hold_text


@pytest.fixture(scope="module")
def get(hold: Hold) -> Get:
    """Hold a text against a string that stands there."""

    def get_match(text: str, written: str = DOOR) -> StringMatch:
        found = hold(text, written)
        assert found is not None
        return found

    return get_match


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("door 7 of locker 'a-12' is jammed; call the porter", DOOR),
        ("log: door 7 of locker 'a-12' is jammed; call 0711", DOOR),
        ("柜子'北京 3'的门打不开", "柜子'%s'的门打不开"),
        ("柜子的门打不开", "柜子%s的门打不开"),
        ("this parcel too heavy", "Parcel too heavy"),
    ],
)
def test_whole(get: Get, text: str, written: str) -> None:
    """A string whose slots are filled with anything, or nothing, is there word for word."""
    assert get(text, written).is_quoted
    assert get(text, written).score > 95


def test_fills(get: Get) -> None:
    """What stands between the words is known to fill the slots."""
    text = "door 7 of locker 'a-12' is jammed; call 0711"
    assert [text[slice(*span)] for span in get(text).slots] == ["7", "a", "12", "0711"]
    assert get(text).fills(text.index("0711"))
    assert not get(text).fills(text.index("locker"))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("door 7 of locker 'a-12' is", 4 / 11),
        ("door 7 of locker 'a-", 5 / 11),
        ("'a-12' is jammed; call 0711", 6 / 11),
        ("of locker 'a-12' is jammed", 4 / 11),
    ],
)
def test_cut(get: Get, text: str, cut: float) -> None:
    """A text may end inside a string, or begin there; what lies beyond costs little."""
    found = get(text)
    assert found.cut == pytest.approx(cut, abs=0.1)
    assert not found.missing


def test_words_around_a_cut_text(get: Get) -> None:
    """Other words beside a string cut short tell against it."""
    assert get("door 7 of locker").score > get("our door 7 of locker").score


@pytest.mark.parametrize(
    ("text", "written", "is_missing", "is_extra"),
    [
        ("door 7 of locker 'a-12' jammed; call 0711", DOOR, True, False),
        ("parcel of kim much too heavy", "Parcel of kim too heavy", False, True),
    ],
)
def test_missing_and_extra(get: Get, text: str, written: str, is_missing: bool, is_extra: bool) -> None:
    """A word too few or too many between the others is told, and costs."""
    found = get(text, written)
    assert (found.missing > 0, found.extra > 0) == (is_missing, is_extra)
    assert found.score < 95


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("letter much too heavy", "Parcel much too heavy"),
        ("parcel much too large", "Parcel much too heavy"),
        ("the door is open", DOOR),
        ("", DOOR),
        ("anything", "%s: %s"),
        ("door 7 fo lokcer 'a-12' is jammed; call 0711", DOOR),
        ("door 7 of 'a-12' jammed; call 0711", DOOR),
        ("door 7 of lokcer 'a-12' is", DOOR),
    ],
)
def test_not_there(hold: Hold, text: str, written: str) -> None:
    """A string isn't there with another first or last word, with too few words, or with much amiss."""
    assert hold(text, written) is None


def test_slip(get: Get, hold: Hold) -> None:
    """A misspelt word counts as the string's, unless it is a word that says something else."""
    found = get("door 7 of lokcer 'a-12' is jammed; call 0711")
    assert found.slips > 0
    assert not found.missing
    assert get("柜子'3'的们打不开", "柜子'%s'的门打不开").slips > 0
    assert hold("iotId and user not found", "iotId and user not bound") is None


def test_stray_word(get: Get) -> None:
    """A word of the string that stands far before it is not taken for its own."""
    text = "door log of monday at noon by the porter: door 7 of locker 'a-12' is jammed; call 0711"
    assert get(text).is_whole
    assert text[get(text).start :].startswith("door 7")
