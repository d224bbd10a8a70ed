"""Chinese by the first letters of its pinyin, as input methods take it: sbbzx is 设备不在线.

Which strings have some initials the index of sounds knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.matching.pinyin import write_initials
from bot.matching.text import Text

FEWEST, FEWEST_INSIDE = 4, 5
"""Letters that a text must have to be taken for initials, and a word that stands among others."""

MOST = 12  # characters of a string whose initials somebody may type
MOST_VOWELS = 1  # of a, e and o, with which few syllables begin; with i, u and v begins none

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"(?<![^\W_])[a-hj-tw-z]+(?![^\W_])")
_MARKS = re.compile(r"[\s?!.,]*")


def list_initials(folded: str) -> Iterator[str]:
    """Yield the initials of a string that is Chinese as a whole, and neither too short nor too long.

    >>> list(list_initials("设备离线")), list(list_initials("成功")), list(list_initials("OTA 升级失败"))
    (['sblx'], [], [])
    """
    if FEWEST <= len(folded) <= MOST and _HAN.fullmatch(folded):
        yield write_initials(folded)


def write_initials_token(letters: str) -> str:
    """Return the token by which the strings are found that have some initials; no run of letters is one."""
    return f"{letters}\t"


def find_initials(text: Text, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Yield [start, end) of what may be initials, and its letters: the whole text, or a word of it.

    A word that `is_known` is none, nor is one in capitals: that is an abbreviation.
    """
    words = [found.span() for found in _WORD.finditer(text.folded)]
    if words and all(map(_MARKS.fullmatch, _between(text.folded, words))):
        words, fewest = [(words[0][0], words[-1][1])], FEWEST
    else:
        fewest = FEWEST_INSIDE
    for start, end in words:
        written = text.folded[start:end].split()
        letters = "".join(written)
        if not fewest <= len(letters) <= MOST or sum(map(letters.count, "aeo")) > MOST_VOWELS:
            continue
        if not any(map(is_known, written)) and not any(
            map(str.isupper, text.raw[slice(*text.span(start, end))])
        ):
            yield start, end, letters


def _between(folded: str, words: list[tuple[int, int]]) -> Iterator[str]:
    """Yield what stands before, between and behind the words."""
    last = 0
    for start, end in (*words, (len(folded), len(folded))):
        yield folded[last:start]
        last = end
