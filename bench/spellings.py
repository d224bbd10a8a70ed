"""The same text spelt otherwise: full-width, Traditional, in pinyin, in another order. No letter is wrong.

Slips are bench/edits.py's part, what stands around a text bench/wrappers.py's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from random import Random
from typing import Literal

from pypinyin import Style, lazy_pinyin

from bench.edits import CHINESE, NEGATING

Spelling = Literal[
    "full-width", "Traditional", "pinyin", "pinyin joined", "pinyin with marks", "pinyin with digits",
    "initials", "word order",
]  # fmt: skip

FEWEST_INITIALS, MOST_INITIALS = 4, 8  # fewer are any phrase's, more are nobody's to read
FEWEST_WORDS = 3
WORD = re.compile(r"[^\s]+")
LEADING = re.compile(
    r"(?:the|an?|my|our|your|his|her|their|its|this|that|these|one|same|of|to|for|with|by|from|in|on|at|as"
    r"|behind|under|is|are|was|were|be|been|has|have|had|does|do|did|can|could|will|would|may|must|there|and|or"
    r"|but|than|who|too|so|only|merely|already|more|most|over|wrong|what|where|whose|when|after|before|through"
    r"|i|we|you|they|it|he|she|another|second|virtual|target|input|business|message|qr|\w+'s)",
    re.IGNORECASE,
)
"""Words that belong to the word after them."""
PREDICATE = re.compile(
    r"(?<=[\u3400-\u9fff])(?<![说示就却的已])(?:不是|不|未|没|无法|已|还没|太|被|早就)"
    r"|(?<=[A-Za-z]) (?=[\u3400-\u9fff])"
)
"""Where what is said of the subject begins."""
COMMA = re.compile("[,，]")
MISSING = re.compile(r"^(?:没有|找不到|查不到|查无|没)(?:这个|这条|这台|那条|此)?")


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


def turn_round(text: str, rng: Random) -> str | None:
    """Return the text with its latter part first; None where it has no two parts, or clauses of its own.

    English is parted between words, but not after one that leads to the next ("the", "to", "not"); Chinese
    before what is said of the subject, after Latin, or after what is missing.

    >>> turn_round("设备不在线", Random(1)), turn_round("没有这条分享", Random(1))
    ('不在线设备', '分享没有这条')
    """
    if COMMA.search(text):
        return None
    if CHINESE.search(text):
        places = [found.start() for found in PREDICATE.finditer(text) if found.start()]
        places += [found.end() for found in MISSING.finditer(text)]
        gap = ""
    else:
        words = list(WORD.finditer(text))
        if len(words) < FEWEST_WORDS:
            return None
        pairs = pairwise(words)
        places = [after.start() for before, after in pairs if _may_part(before.group(), after.group())]
        gap = " "
    if not places:
        return None
    place = rng.choice(places)
    return text[place:].strip(" .,，。") + gap + text[:place].strip(" .,，。")


def _may_part(word: str, following: str) -> bool:
    """Say whether an English text may be parted between two words."""
    leads_on = any(pattern.fullmatch(word) for pattern in (LEADING, NEGATING))
    return not leads_on and following.lower() not in ("and", "or", "but")


def spell(text: str, kind: Spelling, rng: Random) -> str | None:
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
        spelt = turn_round(text, rng)
    return None if spelt == text else spelt
