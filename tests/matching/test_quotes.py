"""API messages that stand in a post, to the letter or with a slip. Vetoes: test_watch_silence.py."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader
from bot.matching.segments import SegmentReader
from bot.matching.text import fold
from bot.matching.wording import holds
from bot.matching.words_in_posts import PLACES, QuoteReader


def find_evidence(pack: Pack, said: str) -> str | None:
    """Return a word of the platform that stands in a folded text."""
    return next((word for word in pack.evidence if holds(said, fold(word))), None)


def quotes(knowledge: Knowledge, finder: Finder, reader: Reader, text: str) -> set[tuple[str, str]]:
    """Return the codes of the messages that stand in a text, each with what stands there."""
    packs = tuple(knowledge.packs.values())
    quote_reader = QuoteReader(finder.index, find_evidence)
    reading = reader.read(text)
    found = quote_reader.find_messages(reading.text)
    records = SegmentReader(packs).read_segments(reading.text)
    return {
        (quote.unit.code, reading.text.folded[quote.start : quote.end])
        for pack in packs
        for quote in quote_reader.read_quotes(pack, found, reading, records)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("identityId is not manager", {("2066", "identityid is not manager")}),
        ("WARN: Can Not Share To Oneself!", {("2086", "can not share to oneself")}),
        ("identityId is not manger", {("2066", "identityid is not manger")}),
        ("identityId is not managers", {("2066", "identityid is not managers")}),
        ("can not share to oneself.\nidentityId and iotId not bound",
         {("2086", "can not share to oneself"), ("2065", "identityid and iotid not bound")}),
        ("device is offline", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_quotes(
    knowledge: Knowledge, finder: Finder, reader: Reader, text: str, expected: set[tuple[str, str]]
) -> None:
    """A quote is a message and the place where it stands, letter for letter or nearly so."""
    assert quotes(knowledge, finder, reader, text) >= expected
    assert {code for code, _ in quotes(knowledge, finder, reader, text)} == {code for code, _ in expected}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("identityId is not manger", "2066"),
        ("identityld is not manager", "2066"),
        ("identityId is not mamager", "2066"),
        ("identityId and iotId not boud", "2065"),
        ("identityId an iotId not bound", "2065"),
        ("identityId and  iotId not bound", "2065"),
        ("query msg-center hsf eror", "2074"),
        ("query msg-centre hsf error", "2074"),
        ("query msg-center  hsf error", "2074"),
    ],
)
def test_message_with_a_slip(matcher: Matcher, text: str, code: str) -> None:
    """A message that holds a word of the platform is read with a slip: a letter, or a blank too many."""
    assert [(m.entry.code, m.evidence.rule) for m in matcher.watch(text).matches] == [(code, "message")]


@pytest.mark.parametrize("text", ["identityId  is not manager", "identityId is not managger"])
def test_message_with_a_character_too_many(matcher: Matcher, text: str) -> None:
    """A character too many is a slip like another, whatever word the message ends with."""
    assert [match.entry.code for match in matcher.watch(text).matches] == ["2066"]


@pytest.mark.parametrize(
    "text",
    [
        "can not share to onself",
        "can not shared to oneself",
        "forbidden to repeat cancel sharin",
    ],
)
def test_slip_in_a_message_of_plain_words(matcher: Matcher, text: str) -> None:
    """A short message without a word of the platform must stand there to the letter."""
    assert matcher.watch(text).matches == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not the same initiator when cancel share dev or scen", "2078"),
        ("log: nott the same initiator when cancel share dev or scene!", None),
        ("lock user has been bound to other virtaul user", "28530"),
        ("日志里是 lock user has been bound to othr virtual user，求助", "28530"),
        ("share model not config for this produkt", "2075"),
        ("identityId and iotId not bond", "2065"),
        ("identityId and iotId not bounds", "2065"),
        ("identityId and iotId not found", None),
        ("identityId and iotId now bound", None),
        ("lock usre has been bound to othr virtual user", None),
        ("lock user has been, bound to othr virtual user", None),
        ("share model config for this produkt", None),
    ],
)
def test_one_word_misspelt(matcher: Matcher, text: str, code: str | None) -> None:
    """A long message, or the platform's, is read with one word a letter off that says nothing else."""
    assert [match.entry.code for match in matcher.watch(text).matches] == ([code] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "identityId is not a manager",
        "identityId is not the manager",
        "identityId not manager",
        "identityId and iotId are not bound",
        "identityId isn't manager",
    ],
)
def test_another_word_is_no_slip(matcher: Matcher, text: str) -> None:
    """A word put in, left out or replaced makes it another sentence."""
    assert matcher.watch(text).matches == ()


@pytest.mark.parametrize(
    "text", ["identityId is manager", "identityId is now manager", "identityId and iotId bound"]
)
def test_turned_message(matcher: Matcher, text: str) -> None:
    """A message turned to its opposite is a letter or two away as well, and isn't read."""
    assert matcher.watch(text).matches == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("identityId is not\nmanager", "2066"),
        ("the hub shows query\n  msg-center hsf\n  error since noon", "2074"),
        ("> lock user has been bound\n> to other virtual user", "28530"),
        ("identityId is not\n\nmanager", None),
        ("identityId is not manger\nidentityId is not\nthe manager", "2066"),
        ("identityId is not\nmanger", None),
    ],
)
def test_message_over_lines(matcher: Matcher, text: str, code: str | None) -> None:
    """Lines may break a message where its blanks are; with a slip it is read within one record."""
    assert [match.entry.code for match in matcher.watch(text).matches] == ([code] if code else [])


def test_where_slips_are_looked_for(matcher: Matcher) -> None:
    """Slips are looked for in the first of many records, long or short; messages to the letter everywhere."""
    slipped, right = "identityId is not manger", "identityId is not manager"
    for before, said in (("x " * 400, slipped), ("x " * 400, right), ("hello\n" * PLACES, right)):
        assert [m.entry.code for m in matcher.watch(before + said).matches] == ["2066"]
    assert matcher.watch("hello\n" * PLACES + slipped).matches == ()


def test_found_among_many(knowledge: Knowledge) -> None:
    """A message is found among a great many that share most of its words, whatever else a post says."""
    pack = knowledge.packs["aliyun-living"]
    plain, dice = replace(pack.entries["2066"], title={}, phrases=()), random.Random(1)  # noqa: S311 - words that are all unlike, not secrets
    entries = {
        code: replace(plain, code=code, message=f"identityId {word} of this group is not manager")
        for code in map(str, range(30000, 30400))
        for word in ["".join(dice.choices("abcdefghijklmnop", k=12))]
    }
    many = Matcher(replace(knowledge, packs={pack.id: replace(pack, entries=entries)}))
    for code in ("30000", "30123", "30399"):
        said = f"WARN {entries[code].message}\n" + "identityId is not the manager of a group we know\n" * 30
        assert [match.entry.code for match in many.watch(said).matches] == [code]
