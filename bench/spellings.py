"""The same text spelt otherwise: full-width, Traditional, in pinyin, in another order. No letter is wrong.

Slips are edits.py's, what stands around a text wrappers.py's. Called by bench/questions.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from random import Random
from typing import Literal

from pypinyin import Style, lazy_pinyin

from bench.edits import CHINESE, NEGATING, NEGATORS

Spelling = Literal[
    "full-width", "Traditional", "pinyin", "pinyin joined", "pinyin with marks", "pinyin with digits",
    "initials", "word order",
]  # fmt: skip

FEWEST_INITIALS, MOST_INITIALS = 4, 8  # fewer are any phrase's, more are nobody's to read
FEWEST_WORDS = 3
WORD = re.compile(r"[^\s]+")


def widen(text: str) -> str:
    """Return the text with full-width letters, digits and punctuation.

    >>> widen("ok 1")
    'ｏｋ　１'
    """
    return "".join(
        "\u3000" if letter == " " else chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
        for letter in text
    )


def write_traditional(text: str) -> str:
    """Return the text in Traditional characters, by OpenCC's s2t."""
    return str(_converter()(text))


@cache
def _converter() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert


def write_pinyin(text: str, style: Style = Style.NORMAL, joint: str = " ") -> str:
    """Return the text in pinyin, the rest of it as it is; `joint` stands between syllables.

    >>> write_pinyin("token 过期"), write_pinyin("过期", Style.TONE3)
    ('token guo qi', 'guo4 qi1')
    """
    parts: list[str] = []
    last = 0
    for run in CHINESE.finditer(text):
        parts += [text[last : run.start()].strip(), joint.join(lazy_pinyin(run.group(), style=style))]
        last = run.end()
    parts.append(text[last:].strip())
    return " ".join(part for part in parts if part)


def write_initials(text: str) -> str | None:
    """Return the first letters of its syllables; None where it isn't of four to eight Chinese characters.

    >>> write_initials("设备离线"), write_initials("成功")
    ('sblx', None)
    """
    if not CHINESE.fullmatch(text) or not FEWEST_INITIALS <= len(text) <= MOST_INITIALS:
        return None
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def turn_round(text: str, terms: Iterable[str], rng: Random) -> str | None:
    """Return the text with its latter part first; None where it has no two parts.

    It is parted between words, in Chinese beside one of the terms, and never after a negator.
    """
    if CHINESE.search(text):
        places = _list_joints(text, terms)
        gap = ""
    else:
        words = list(WORD.finditer(text))
        if len(words) < FEWEST_WORDS:
            return None
        places = [word.start() for word in words[1:]]
        gap = " "
    places = [place for place in places if not _ends_in_negator(text[:place].rstrip())]
    if not places:
        return None
    place = rng.choice(places)
    return text[place:].strip(" .,，。") + gap + text[:place].strip(" .,，。")


def _list_joints(text: str, terms: Iterable[str]) -> list[int]:
    """Return where a Chinese text may be parted: beside a term, or between Chinese and Latin."""
    joints: set[int] = set()
    inside: set[int] = set()
    for term in terms:
        start = text.find(term)
        while start >= 0:
            joints |= {start, start + len(term)}
            inside |= set(range(start + 1, start + len(term)))
            start = text.find(term, start + 1)
    return sorted(place for place in joints - inside if 0 < place < len(text) and text[place] not in "的了 ")


def _ends_in_negator(text: str) -> bool:
    """Say whether a text ends in a word that denies what follows it."""
    if text[-1:] in NEGATORS or text.endswith(("没有", "不能", "不是", "只有", "只能", "不允许")):
        return True
    words = WORD.findall(text)
    return bool(words) and NEGATING.fullmatch(words[-1]) is not None


def spell(text: str, kind: Spelling, terms: Iterable[str], rng: Random) -> str | None:
    """Return the text in one of the spellings, or None where that spelling says nothing of it."""
    if kind == "full-width":
        spelt: str | None = widen(text)
    elif kind == "Traditional":
        spelt = write_traditional(text)
    elif kind == "pinyin":
        spelt = write_pinyin(text)
    elif kind == "pinyin joined":
        spelt = write_pinyin(text, joint="")
    elif kind == "pinyin with marks":
        spelt = write_pinyin(text, Style.TONE)
    elif kind == "pinyin with digits":
        spelt = write_pinyin(text, Style.TONE3)
    elif kind == "initials":
        spelt = write_initials(text)
    else:
        spelt = turn_round(text, terms, rng)
    return None if spelt == text else spelt
