"""Chinese by the initials of its pinyin: found where nothing else can be meant."""

from __future__ import annotations

import pytest

from bot.matching.initials import find_initials, list_initials
from bot.matching.matcher import Matcher
from bot.matching.text import read


def know(word: str) -> bool:
    """Know one word."""
    return word == "rpcs"


def find(text: str) -> list[str]:
    """Return what may be initials in a text."""
    return [letters for _, _, letters in find_initials(read(text), know)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sbbzx", ["sbbzx"]),
        ("sb bzx", ["sbbzx"]),
        ("sbbzx?", ["sbbzx"]),
        ("一直报 sbbzx 怎么办", ["sbbzx"]),
        ("sblx", ["sblx"]),
        ("一直报 sblx", []),  # too short beside other words
        ("sbx", []),
        ("shift", []),  # no syllable begins with i
        ("goose", []),  # hardly one with a vowel
        ("rpcs", []),  # a word that is known
        ("MQTT", []),  # an abbreviation
        ("sbbzx2", []),
        ("", []),
    ],
)
def test_what_may_be_initials(text: str, found: list[str]) -> None:
    """Initials are a whole text, or a longer word among others, that is no word and could begin syllables."""
    assert find(text) == found


def test_places() -> None:
    """What may be initials is found with its place."""
    [(start, end, _)] = find_initials(read("报 sbbzx!"), know)
    assert (start, end) == (2, 7)


@pytest.mark.parametrize("text", ["设备", "ota 升级失败", "device", "", "设" * 20])
def test_strings_without_initials(text: str) -> None:
    """A string that is short, long, or not Chinese as a whole has no initials."""
    assert list(list_initials(text)) == []


@pytest.mark.parametrize("text", ["sbbzx", "sb bzx", "sbbzx 怎么办"])
def test_answered(matcher: Matcher, text: str) -> None:
    """The very initials of a documented string are answered."""
    verdict = matcher.ask(text)
    assert [match.entry.code for match in verdict.matches] == ["28504"]
    assert verdict.matches[0].evidence.rule == "sound"


def test_choices(matcher: Matcher) -> None:
    """Initials of what several entries mean are offered as all of them."""
    verdict = matcher.ask("sbbcz")
    assert verdict.kind == "choices"
    assert {match.entry.code for match in verdict.matches} == {"6100", "9112", "28560"}


@pytest.mark.parametrize("text", ["sbbzx", "报错 sbbzx", "sbbzy", "dhcp", "MQTT", "grpc logs"])
def test_not_watched(matcher: Matcher, text: str) -> None:
    """Nothing of it speaks in watch mode, and other abbreviations speak in neither."""
    assert matcher.watch(text, eager=True).kind == "abstained"
    if "sbbzx" not in text:
        assert matcher.ask(text).kind == "abstained"
