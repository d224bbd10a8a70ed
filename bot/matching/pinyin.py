"""Chinese by its sound: the syllables of characters, and of words that are pinyin (shebei bu zaixian).

A syllable is one character of a plane that no text uses, so that sounds are looked up as characters are.
pypinyin (150 ms to import) is loaded at the first use only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.matching.text import Text

_INITIALS = ("", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = (
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "i", "ia", "ie", "iao",
    "iu", "ian", "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "v",
    "ve", "van", "vn",
)  # fmt: skip
_SYLLABLE = re.compile(
    rf"(?P<initial>{'|'.join(sorted(_INITIALS, key=len, reverse=True))})"
    rf"(?P<final>{'|'.join(sorted(_FINALS, key=len, reverse=True))})"
)
_FIRST_SYMBOL = 0x2_8000  # in CJK Extension B, which support chats do not use
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(rf"{_HAN_RUN.pattern}|(?:(?![\u3400-\u9fff])[^\W\d_][1-5]?)+")
_LONGEST_WORD, _LONGEST_SYLLABLE = 60, 6
REMEMBERED = 8192  # words of which pinyin, or that they're none, is remembered: packs repeat theirs
_FEWEST = 2  # syllables of pinyin that a text must have: "he", "men" and "fan" alone are English


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


def sound_out(run: Sequence[Syllable]) -> str:
    """Return the sounds of a run of characters and syllables, one symbol each."""
    letters = "".join(one.letter or " " for one in run)
    spoken = _HAN_RUN.sub(lambda found: _sound(found[0]), letters)
    return "".join(
        _symbol(one.said, " ") if one.said else sound for one, sound in zip(run, spoken, strict=True)
    )


def sound_out_all(forms: Iterable[str]) -> list[str]:
    """Return each folded form with its Han characters as symbols of their sounds."""
    return [_HAN_RUN.sub(lambda run: _sound(run[0]), form) for form in forms]


def write_initials(run: str) -> str:
    """Return the first letter of each syllable of a run of Han characters.

    >>> write_initials("设备不在线")
    'sbbzx'
    """
    return "".join(syllable[:1] for syllable in _pinyin()(run))


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
    """Split a word into pinyin syllables, as few as possible; empty if it is no pinyin.

    >>> _split("zaixian")
    ('zai', 'xian')
    """
    if len(word) > _LONGEST_WORD or not word.isascii():
        return ()
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(word)):
        if start not in reached:
            continue
        for end in range(start + 1, min(len(word), start + _LONGEST_SYLLABLE) + 1):
            if _SYLLABLE.fullmatch(word, start, end):
                parts = (*reached[start], word[start:end])
                if end not in reached or len(parts) < len(reached[end]):
                    reached[end] = parts
    return reached.get(len(word), ())


@cache
def _pinyin() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin  # 150 ms: only for a text that needs it
    from pypinyin.core import Pinyin

    split = Pinyin().seg

    @lru_cache(maxsize=REMEMBERED)
    def say(word: str) -> list[str]:
        return lazy_pinyin([word], v_to_u=False)

    return lambda run: [syllable for word in split(run) for syllable in say(word)]


def _sound(run: str) -> str:
    """Return one symbol for each Han character of a run."""
    return "".join(map(_symbol, _pinyin()(run), run))


def _symbol(syllable: str, letter: str) -> str:
    """Return the character that stands for a syllable; `letter` where it is none."""
    parts = _SYLLABLE.fullmatch(syllable)
    if not parts:
        return letter[:1]
    return chr(
        _FIRST_SYMBOL + len(_FINALS) * _INITIALS.index(parts["initial"]) + _FINALS.index(parts["final"])
    )
