"""Chinese by its sound: syllables, whole strings that sound alike, and the initials of pinyin."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from bot.matching.pinyin import find_initials, join_sounds, sound_out, write_initials
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
        ("一直报 sblx", ["sblx"]),
        ("sbx", []),
        ("shift", []),  # no syllable begins with i
        ("rpcs", []),  # a word that is known
        ("MQTT", []),  # an abbreviation
        ("sbbzx2", []),
        ("", []),
    ],
)
def test_what_may_be_initials(text: str, found: list[str]) -> None:
    """Initials are a whole text or a word of it, known as no word, whose letters could begin syllables."""
    assert find(text) == found


def test_places() -> None:
    """What may be initials is found with its place."""
    [(start, end, _)] = find_initials(read("报 sbbzx!"), know)
    assert (start, end) == (2, 7)


@pytest.mark.parametrize("text", ["设备", "ota 升级失败", "device", ""])
def test_strings_without_initials(text: str) -> None:
    """A string that is short, or not Chinese as a whole, has no initials."""
    assert write_initials(text) == ""


@pytest.mark.parametrize("text", ["sbbzx", "sb bzx", "sbbzx 怎么办"])
def test_initials_are_answered(matcher: Matcher, text: str) -> None:
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


@pytest.mark.parametrize(
    ("written", "sounds"),
    [
        ("设备不在线", "she bei bu zai xian"),
        ("app掉线了,重试", "app diao xian le , zhong shi"),
        ("device offline", "device offline"),
        ("饿了吗 e", "e le ma e"),
        ("㐀丨x", None),  # characters of which no sound is known stay
        ("", ""),
    ],
)
def test_sounds(written: str, sounds: str | None) -> None:
    """Every character has one sound; what is no Chinese stays as it stands."""
    spoken = sound_out(written)
    assert len(spoken) == len(written)
    if sounds is not None:
        assert join_sounds(written, spoken) == sounds


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fen xiang de you xiao qi yi guo", "2096"),
        ("fen1 xiang3 de you3 xiao4 qi1 yi3 guo4", "2096"),
        ("fenxiangdeyouxiaoqiyiguo", "2096"),
        ("fēn xiǎng de yǒu xiào qī yǐ guò", "2096"),
        ("客户说 fen xiang de you xiao qi yi guo", "2096"),
        ("分享的有笑起以过", "2096"),
        ("网关反馈：fen xiang de you xiao qi yi guo", "2096"),
    ],
)
def test_a_string_is_found_by_its_sound(matcher: Matcher, text: str, code: str) -> None:
    """A documented string is found by its sound as a whole, however it is spelt, whatever stands before."""
    verdict = matcher.ask(text)
    assert [match.entry.code for match in verdict.matches] == [code]
    assert verdict.matches[0].evidence.rule == "sound"


def test_a_negator_is_none_by_its_sound(matcher: Matcher) -> None:
    """A character that only sounds like a negator denies nothing: 为 is not 未."""
    assert matcher.ask("设备为绑定").kind == "abstained"
