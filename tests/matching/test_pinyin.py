"""Chinese by its sound: pinyin in every way of typing it, and characters that sound like the right ones."""

from __future__ import annotations

import pytest

from bot.matching.pinyin import sound_out, speak
from bot.matching.text import HAN, read


def never(word: str) -> bool:
    """Know no English word."""
    return False


def sounds(text: str) -> str | None:
    """Return a text's sounds without blanks, or None if it has none."""
    spoken = speak(read(text), never)
    return spoken.folded.replace(" ", "") if spoken else None


@pytest.mark.parametrize(
    "text",
    [
        "shebei bu zaixian",
        "she bei bu zai xian",
        "shebeibuzaixian",
        "ShebeiBuZaixian",
        "she4 bei4 bu4 zai4 xian4",
        "she4bei4bu4zai4xian4",
        "shèbèi bú zàixiàn",
        "設備不在線",
        "设被不再线",
        "设备 bu zaixian",
        "shebei不在线",
    ],
)
def test_one_sound(text: str) -> None:
    """Pinyin with and without spaces, tone digits or marks, and like-sounding characters are one sound."""
    assert sounds(text) == sound_out(["设备不在线"])[0]


@pytest.mark.parametrize("text", ["设备在线", "shebei zaixian", "shebei li xian"])
def test_another_sound(text: str) -> None:
    """Other syllables are another sound."""
    assert sounds(text) != sound_out(["设备不在线"])[0]


@pytest.mark.parametrize("text", ["28504", "", "  ", "device", "hello world", "www", "a" * 100, "デバイス"])
def test_no_sound(text: str) -> None:
    """A text without Chinese or pinyin has no sound."""
    assert speak(read(text), lambda word: word in {"device", "hello", "world"}) is None


def test_english_words_stay() -> None:
    """A word known as English stays as it is beside Chinese."""
    spoken = speak(read("device 在线"), lambda word: word == "device")
    assert spoken
    assert spoken.folded == "device " + sound_out(["在线"])[0]


def test_known_word_between_pinyin() -> None:
    """A known word counts as pinyin between words that are surely pinyin."""
    spoken = speak(read("shebei bu zaixian"), lambda word: word == "bu")
    assert spoken
    assert spoken.folded == sound_out(["设备不在线"])[0]


def test_one_syllable_is_no_pinyin() -> None:
    """A single word of one syllable isn't taken for pinyin."""
    assert speak(read("ma"), never) is None


@pytest.mark.parametrize("form", ["设备", "在线吗", "iotid 不存在", "28504", ""])
def test_one_symbol_for_each_character(form: str) -> None:
    """Sounding out keeps the length: one symbol for a character, others stay."""
    [spoken] = sound_out([form])
    assert len(spoken) == len(form)
    assert [new == old for new, old in zip(spoken, form, strict=True)] == [not HAN.match(old) for old in form]


@pytest.mark.parametrize(
    ("text", "shown"), [("我说 shebei 不行", "shebei"), ("👍 設備", "設備"), ("she4bei4 x", "she4bei4")]
)
def test_span_of_a_sound(text: str, shown: str) -> None:
    """The span of a sound lies where it was written."""
    spoken = speak(read(text), lambda word: word == "x")
    assert spoken
    at = spoken.folded.index(sound_out(["设备"])[0])
    start, end = spoken.span(at, at + 2)
    assert text[start:end].startswith(shown[:6])


@pytest.mark.parametrize(("one", "other"), [("lü", "lv"), ("绿", "lv4 se"[:3])])
def test_u_umlaut(one: str, other: str) -> None:
    """The letter ü is typed as v."""
    assert sounds(f"{one} shebei") == sounds(f"{other} shebei")


@pytest.mark.parametrize("text", ["𠀀1A", "𠀀1a 设备"])
def test_rare_character_before_digits(text: str) -> None:
    """A character beyond the basic plane keeps its place beside digits and letters."""
    spoken = speak(read(text), never)
    assert spoken
    assert len(spoken.folded) == len(text)
