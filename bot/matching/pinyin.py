"""Chinese by its sound: the syllables of characters, and of words that are pinyin (shebei bu zaixian, sbbzx).

pypinyin (150 ms to import) is loaded at the first use only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.matching.lexicon import CHATTER, FORM, split_word
from bot.matching.text import REMEMBERED, Text

_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong"
    "|u|ua|uo|uai|ui|uan|un|uang|ue|v|ve|van|vn)"
)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(rf"{_HAN_RUN.pattern}|(?:(?![\u3400-\u9fff])[^\W\d_][1-5]?)+")
_FEWEST = 2  # syllables of pinyin that a text must have: "he", "men" and "fan" alone are English

_FEWEST_INITIALS = 4
"""Letters that a text, or a word of it, must have to be taken for initials."""

_INITIALS = re.compile(r"(?<![^\W_])[a-hj-tw-z]+(?![^\W_])")  # with i, u and v begins no syllable


class Syllable(NamedTuple):
    """A character, or a syllable of pinyin without one, at [start, end) of a folded text."""

    letter: str
    said: str
    start: int
    end: int


def read_syllables(text: Text, is_known: Callable[[str], bool]) -> Iterator[Syllable]:
    """Yield the characters of a text and the syllables of its pinyin.

    A word that `is_known` (English) is no pinyin, unless it is one syllable beside a word of pinyin.
    """
    words = list(_WORD.finditer(text.folded))
    plain = ["" if _HAN_RUN.match(word[0]) else _plain(word[0]) for word in words]
    split = [_split(word) for word in plain]
    sure = {n for n, word in enumerate(plain) if split[n] and not is_known(word)}
    if sum(len(split[number]) for number in sure) < _FEWEST:
        sure = set()
    beside = {n for n, parts in enumerate(split) if len(parts) == 1 and {n - 1, n + 1} & sure}
    for number, word in enumerate(words):
        start = word.start()
        if not plain[number]:
            for place, letter in enumerate(word[0]):
                yield Syllable(letter, "", start + place, start + place + 1)
        elif number in sure or number in beside:
            parts = split[number]
            for place, part in enumerate(parts):
                end = start + len(part) if place + 1 < len(parts) else word.end()
                yield Syllable("", part, start, end)
                start = end


def sound_out(written: str) -> list[str]:
    """Return the sound of each character of a folded text; what is no Chinese stays as it is.

    >>> sound_out("ID 设备")
    ['I', 'D', ' ', 'she', 'bei']
    """
    sounds = list(written)
    for run in _HAN_RUN.finditer(written):
        sounds[run.start() : run.end()] = _sound_run(run[0])
    return sounds


@lru_cache  # a run is part of a statement, of that with the next one, and of what is read for slips
def _sound_run(run: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 150 ms and 56 MB: only for a text that needs it

    return tuple(lazy_pinyin(run, v_to_u=False, errors=list))  # type: ignore[arg-type]  # it takes a list as well


def join_sounds(written: str, sounds: Iterable[str]) -> str:
    """Return a folded text by the sounds of its characters: syllables and words, parted by blanks.

    >>> join_sounds("app掉线了", sound_out("app掉线了"))
    'app diao xian le'
    """
    pairs = zip(written, sounds, strict=True)
    return " ".join("".join(sound if sound == letter else f" {sound} " for letter, sound in pairs).split())


def write_initials(written: str) -> str:
    """Return the first letter of each syllable of a string, as input methods take it.

    "" for one that is not Chinese as a whole, or too short to be known by them.

    >>> write_initials("设备不在线"), write_initials("成功"), write_initials("OTA 升级失败")
    ('sbbzx', '', '')
    """
    if len(written) >= _FEWEST_INITIALS and _HAN_RUN.fullmatch(written):
        return "".join(sound[0] for sound in sound_out(written))
    return ""


def find_initials(text: Text, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Yield [start, end) of what may be initials, and its letters: the whole text, or a word of it.

    A word that `is_known` is none, nor is one in capitals: that is an abbreviation.
    """
    words = [found.span() for found in _INITIALS.finditer(text.folded)]
    if words and not re.search(r"[^\s?!.,]", _INITIALS.sub("", text.folded)):
        words = [(words[0][0], words[-1][1])]
    for start, end in words:
        written = text.folded[start:end].split()
        letters = "".join(written)
        if len(letters) >= _FEWEST_INITIALS:
            is_abbreviation = any(map(str.isupper, text.raw[slice(*text.span(start, end))]))
            if not is_abbreviation and not any(map(is_known, written)):
                yield start, end, letters


@lru_cache(maxsize=REMEMBERED)
def _plain(word: str) -> str:
    """Drop tone digits and tone marks; ü is written v.

    >>> _plain("lǜ4")
    'lv'
    """
    decomposed = unicodedata.normalize("NFD", word.replace("ü", "v"))
    letters = "".join(letter for letter in decomposed if letter.isalpha() or letter == "\u0308")
    return letters.replace("u\u0308", "v")


@lru_cache(maxsize=REMEMBERED)
def _split(word: str) -> tuple[str, ...]:
    """Split a word into pinyin syllables, as few as can be; empty if it is no pinyin.

    >>> _split("fangan")
    ('fan', 'gan')
    """
    return split_word(word, _weigh)


def _weigh(part: str) -> float:
    """Return what a syllable costs: more where it begins with a vowel, as one rarely does inside a word."""
    return (CHATTER if part[0] in "aeo" else FORM) if _SYLLABLE.fullmatch(part) else 0.0
