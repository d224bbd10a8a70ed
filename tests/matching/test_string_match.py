"""Messages with slots, pasted as programs write them: filled, cut short, misspelt, and turned around."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.reading import list_words
from tests.matching.lockers import build_lockers


@pytest.fixture(scope="module")
def lockers(knowledge: Knowledge) -> Matcher:
    """A matcher over messages of parcel lockers."""
    return build_lockers(knowledge)


def ask(matcher: Matcher, text: str) -> tuple[str, list[str]]:
    """Ask, and return the kind of verdict with the codes."""
    verdict = matcher.ask(text)
    return verdict.kind, [match.entry.code for match in verdict.matches]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Parcel 'RX 77' already lies in locker 'north_2'", "4101"),
        ("Parcel 'RX 77' already lies in locker 'north_2' of station 9", "4102"),
        ("2024-05-06 WARN [main] Door 12 of locker c/7 does not close", "4103"),
        ('{"detail": "Station \'Ulm\' cannot read label \'x1\' (reason: 28 \\"No space left\\")"}', "4104"),
        ("Payment by gift card is not possible at station Ulm", "4105"),
        ("包裹'RX 77'早已放在柜子'北二'里", "4101"),
        ("柜子c/7的12号门关不上", "4103"),
        ("站点北京不支持礼品卡付款", "4105"),
    ],
)
def test_filled(lockers: Matcher, text: str, code: str) -> None:
    """A message is found whatever fills its slots, the longer one where one is the beginning of another."""
    assert ask(lockers, text) == ("answered", [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Station 'Ulm' cannot read label 'x", "4104"),
        ("of locker c/7 does not close", "4103"),
        ("printer of Ulm ran out of paper", "4107"),
        ("站点北京无法读取标签'x1'（原", "4104"),
        ("Door 12 of locker c/7 does", "4103"),
        ("Station 'Ulm' cannot read", "4104"),
        ("站点北京无法读取", "4104"),
    ],
)
def test_cut_short(lockers: Matcher, text: str, code: str) -> None:
    """A message that is cut off at its end or beginning is still found."""
    assert ask(lockers, text) == ("answered", [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Staton 'Ulm' cannot read label 'x1' (reason: 5)", "4104"),
        ("Label prniter of Ulm ran out of paper", "4107"),
        ("站点北京无法读娶标签'x1'（原因：5）", "4104"),
    ],
)
def test_slip(lockers: Matcher, text: str, code: str) -> None:
    """A message with one word misspelt is still found."""
    assert ask(lockers, text) == ("answered", [code])


def test_cut_before_the_denial(lockers: Matcher) -> None:
    """What is left of a message that is cut before it tells a fault tells none."""
    assert ask(lockers, "Payment by gift card is") == ("abstained", [])


def test_beginning_of_two(lockers: Matcher) -> None:
    """What two messages begin with is answered with neither alone."""
    kind, codes = ask(lockers, "Parcel 'RX 77' already lies in")
    assert kind == "choices"
    assert set(codes) == {"4101", "4102"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Door 12 of locker c/7 does close", "4103"),
        ("Door 12 of locker c/7 closes", "4103"),
        ("Station 'Ulm' can read label 'x1' (reason: 5)", "4104"),
        ("Payment by gift card is possible at station Ulm", "4105"),
        ("is possible at station Ulm", "4105"),
        ("Courier Kim may open locker c/7", "4106"),
        ("read label 'x1' (reason: 5)", "4104"),
        ("Label printer of Ulm never ran out of paper", "4107"),
        ("Label printer of no station ran out of paper", "4107"),
        ("no label printer of Ulm ran out of paper", "4107"),
        ("站点北京支持礼品卡付款", "4105"),
        ("快递员小金有权打开柜子7", "4106"),
        ("站点北京可以读取标签'x1'（原因：5）", "4104"),
        ("读取标签'x1'（原因：5）", "4104"),
        ("包裹'RX 77'早已不放在柜子'北二'里", "4101"),
        ("没有包裹'RX 77'早已放在柜子'北二'里", "4101"),
    ],
)
def test_turned(lockers: Matcher, text: str, code: str) -> None:
    """A text that leaves out or adds a negator of a message is never that message."""
    kind, codes = ask(lockers, text)
    assert kind != "answered" or codes != [code]
    assert code not in codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4107 Label printer of Ulm ran out of paper", "4107"),
        ("SQLSTATE[HY000]: 4104 Station 'Ulm' cannot read", "4104"),
        ("4103 Door 12 of house c/7 does not close", "4103"),
        ("4105 站点北京", "4105"),
    ],
)
def test_code_before_its_own_words(lockers: Matcher, text: str, code: str) -> None:
    """A bare number before the first words of its own entry is the code."""
    verdict = lockers.ask(text)
    assert [(match.entry.code, match.evidence.rule) for match in verdict.matches] == [(code, "code")]


def test_code_in_a_slot(lockers: Matcher) -> None:
    """An undocumented code that fills a slot doesn't speak against the message; one beside it does."""
    assert ask(lockers, "Station 'Ulm' cannot read label 'x1' (reason: error code 6777)") == (
        "answered",
        ["4104"],
    )
    assert ask(lockers, "error code 6777: Station 'Ulm' cannot read label 'x1' (reason: 5)") == (
        "abstained",
        [],
    )


def test_letters_of_slots_are_no_words(knowledge: Knowledge) -> None:
    """The letters by which a slot is written are no words of the entries."""
    pack = knowledge.packs["aliyun-living"]
    entry = replace(next(iter(pack.entries.values())), message="Parcel %zu of <courier name>", phrases=())
    words = list_words(replace(knowledge, packs={pack.id: replace(pack, entries={entry.code: entry})}))
    assert "parcel" in words
    assert not {"zu", "courier"} & set(words)


def test_negator_in_a_name(lockers: Matcher) -> None:
    """A negator in quotes belongs to what fills a slot."""
    text = "Station 'not in use' cannot read label 'no name' (reason: 5)"
    assert ask(lockers, text) == ("answered", ["4104"])


@pytest.mark.parametrize(
    "text",
    [
        "which label printer would you buy for our new station?",
        "our locker is next to the station, and it is full",
        "站点的标签打印机该买哪种？",
        "我把包裹放在柜子里了",
    ],
)
def test_talk(lockers: Matcher, text: str) -> None:
    """Talk in the words of the messages is none of them."""
    assert ask(lockers, text)[0] == "abstained"
