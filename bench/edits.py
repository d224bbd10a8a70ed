"""Slips of the hand: one letter or character of a text changed as people do, never a digit or negator.

Whole texts spelt otherwise are bench/spellings.py's part. Knows nothing of the matcher.
"""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Literal

from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

from bench.characters import COMMON, NEIGHBOURS, list_lookalikes
from bot.knowledge.snapshot import Knowledge

Edit = Literal["neighbour", "dropped", "doubled", "swapped", "homophone", "look-alike"]

LATIN_EDITS: tuple[Edit, ...] = ("neighbour", "dropped", "doubled", "swapped")
CHINESE_EDITS: tuple[Edit, ...] = ("dropped", "doubled", "swapped", "homophone", "look-alike")
NEGATORS = frozenset("不未没無无非沒")
NEGATING = re.compile(
    r"\b(?:no|not|non|none|nor|never|neither|nothing|nobody|nowhere|cannot|cant|without|unable"
    r"|\w+n['’]?t)\b|\bun(?=[a-z])",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
SHORT = 5  # characters; a shorter text gets one edit at most
SHORTEST_WORD = 3  # letters; a slip in a shorter word changes nothing that counts
LONG_WORD = 8  # letters from which one word may take two edits and still be read
SHORTEST_DROPPED = 6  # Chinese characters a text must have for one to be dropped: 设备线 is nobody's to read
LONGEST_TERM = 6  # characters of a Chinese word that is looked for
TRIES = 12


class Editor:
    """Makes edits that leave a text readable.

    No edit touches a digit or a negator or makes one; none turns a word into another word of the knowledge.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Collect the words and characters of the knowledge."""
        strings = [text for entry in knowledge.entries for text in entry.strings]
        sides = [side for term in knowledge.all_terms for side in (term.forms, term.opposites)]
        forms = [form for side in sides for forms in side.values() for form in forms]
        self._words = {word.lower() for text in (*strings, *forms) for word in WORD.findall(text)}
        self._terms = {form for form in forms if CHINESE.fullmatch(form) and len(form) > 1}
        self._alike = list_lookalikes()
        self._sounding: dict[str, list[str]] = {}
        for letter in dict.fromkeys("".join(strings) + COMMON):
            if CHINESE.fullmatch(letter) and letter not in NEGATORS:
                self._sounding.setdefault(lazy_pinyin(letter)[0], []).append(letter)

    def edit(self, text: str, kind: Edit, times: int, rng: Random) -> str | None:
        """Return the text with that many edits of one kind in its letters, or None where it bears none.

        Latin letters are edited in a text without Chinese, Chinese characters in any other.
        """
        is_chinese = CHINESE.search(text) is not None
        if times > 1 and len(text.replace(" ", "")) < SHORT:
            return None
        if kind == "dropped" and is_chinese and _count_chinese(text) < SHORTEST_DROPPED + 2 * (times - 1):
            return None
        for _ in range(TRIES):
            edited: str | None = text
            for _ in range(times):
                edited = self._edit_once(edited, kind, is_chinese, rng) if edited else None
            if edited and OSA.distance(text, edited) == times and self._is_readable(text, edited, is_chinese):
                return edited
        return None

    def find_terms(self, text: str) -> list[tuple[int, str]]:
        """Return the knowledge's Chinese words in a text with places, from the left, the longest first."""
        found: list[tuple[int, str]] = []
        place = 0
        while place < len(text):
            windows = (text[place : place + length] for length in range(LONGEST_TERM, 1, -1))
            term = next((window for window in windows if window in self._terms), "")
            if term:
                found.append((place, term))
            place += len(term) or 1
        return found

    def _edit_once(self, text: str, kind: Edit, is_chinese: bool, rng: Random) -> str | None:
        fixed = find_fixed(text)
        runs = CHINESE.finditer(text) if is_chinese else WORD.finditer(text)
        fewest = 1 if is_chinese else SHORTEST_WORD
        places = [
            place
            for run in runs
            if run.end() - run.start() >= fewest
            for place in range(run.start(), run.end())
            if place not in fixed
        ]
        if kind == "swapped":
            free = set(places)
            places = [place for place in places if place + 1 in free and text[place] != text[place + 1]]
        if kind == "dropped" and is_chinese:
            terms = self.find_terms(text)
            inside = {place for start, term in terms for place in range(start, start + len(term))}
            places = [place for place in places if place in inside]  # the rest of the word still tells it
        rng.shuffle(places)
        for place in places:
            letters = self._replace(text, place, kind, rng)
            if letters is not None:
                width = 2 if kind == "swapped" else 1
                return text[:place] + letters + text[place + width :]
        return None

    def _replace(self, text: str, place: int, kind: Edit, rng: Random) -> str | None:
        """Return what comes in the place of a letter; swapped, of it and the next one."""
        letter = text[place]
        if kind == "dropped":
            return ""
        if kind == "doubled":
            return letter * 2
        if kind == "swapped":
            return text[place + 1] + letter
        if kind == "neighbour":
            near = NEIGHBOURS.get(letter.lower(), "")
            others = list(near.upper() if letter.isupper() else near)
        elif kind == "homophone":
            others = self._sounding.get(_read_aloud(text, place), [])
        else:
            others = list(self._alike.get(letter, ""))
        others = [other for other in others if other != letter]
        return rng.choice(others) if others else None

    def _is_readable(self, text: str, edited: str, is_chinese: bool) -> bool:
        """Say whether an edit made neither a negator nor another word of the knowledge."""
        if len(NEGATING.findall(edited)) != len(NEGATING.findall(text)):
            return False
        if is_chinese:
            before, after = (Counter(term for _, term in self.find_terms(each)) for each in (text, edited))
            return not after - before and _count_negators(text) == _count_negators(edited)
        words, changed_words = WORD.findall(text), WORD.findall(edited)
        if len(words) != len(changed_words):
            return False
        for word, changed in zip(words, changed_words, strict=True):
            slips = OSA.distance(word, changed)
            if (slips and changed.lower() in self._words) or (slips > 1 and len(word) < LONG_WORD):
                return False
        return True


def find_fixed(text: str) -> frozenset[int]:
    """Return the places of digits and negators, which no edit may touch.

    >>> sorted(find_fixed("not 42"))
    [0, 1, 2, 4, 5]
    """
    fixed = {place for place, letter in enumerate(text) if letter.isdigit() or letter in NEGATORS}
    for found in NEGATING.finditer(text):
        fixed.update(range(found.start(), found.end()))
    return frozenset(fixed)


def _read_aloud(text: str, place: int) -> str:
    """Return the toneless sound of a character as it is read in its run: 重 in 重复 is chong."""
    for run in CHINESE.finditer(text):
        if run.start() <= place < run.end():
            return str(lazy_pinyin(run.group())[place - run.start()])
    return ""


def _count_chinese(text: str) -> int:
    return sum(len(run) for run in CHINESE.findall(text))


def _count_negators(text: str) -> int:
    return sum(letter in NEGATORS for letter in text)
