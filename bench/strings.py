"""Whose strings a knowledge's strings are, and whether an edited one is still its owner's in a person's eyes.

Called by bench/questions.py and bench/negatives.py; knows nothing of the matcher.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bench.edits import CHINESE
from bench.spellings import write_pinyin
from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge

IDLE = re.compile(
    r"\b(?:the|an?|is|are|was|were|be|been|do|does|did|has|have|had|this|that)\b|[的了个]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """One string of the knowledge: the entry it was taken from, and every code that it is equally true of."""

    text: str
    language: str
    code: str
    codes: tuple[str, ...]


class Strings:
    """All strings of a knowledge, by what they look and sound like."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Collect the strings; those of the same words belong to all their entries and to those declared."""
        owners: dict[str, dict[str, None]] = {}
        found: list[tuple[str, str, str]] = []
        for entry in knowledge.entries:
            for text, language, shared in _list_strings(entry):
                found.append((text, language, entry.code))
                owners.setdefault(strip(text), {}).update(dict.fromkeys((entry.code, *shared)))
        self._owners = {bare: frozenset(codes) for bare, codes in owners.items()}
        self.sources = tuple(
            Source(text, language, code, tuple(sorted(self._owners[strip(text)])))
            for text, language, code in dict.fromkeys(found)
        )
        strings = [(flatten(source.text), frozenset(source.codes)) for source in self.sources]
        self._looks = _group(strings)
        self._sounds = _group((sound(flat), codes) for flat, codes in strings)
        self._bags = _group(("".join(sorted(flat)), codes) for flat, codes in strings)

    def find_owners(self, text: str) -> frozenset[str]:
        """Return the codes of the entries that have a string of the same words."""
        return self._owners.get(strip(text), frozenset())

    def is_decidable(self, source: Source, edited: str) -> bool:
        """Say whether a person could tell whose string an edited one was.

        It must look or sound more like a string of its own entries than like any string of others.
        """
        flat = flatten(edited)
        if self.find_owners(edited) - set(source.codes):
            return False
        return any(
            self._is_nearer(flat, set(source.codes), known)
            for flat, known in ((flat, self._looks), (sound(flat), self._sounds))
        )

    def is_own_order(self, source: Source, turned: str) -> bool:
        """Say whether no string of another entry has the same letters in another order."""
        return self._bags.get("".join(sorted(flatten(turned))), frozenset()) <= set(source.codes)

    def is_own_sound(self, source: Source) -> bool:
        """Say whether no string of another entry sounds the same."""
        return self._sounds.get(sound(flatten(source.text)), frozenset()) <= set(source.codes)

    @staticmethod
    def _is_nearer(flat: str, own: set[str], known: dict[str, frozenset[str]]) -> bool:
        mine = [text for text, codes in known.items() if codes <= own]
        if not mine:
            return False
        near = int(process.extractOne(flat, mine, scorer=OSA.distance)[1])
        others = [text for text, codes in known.items() if not codes <= own]
        return process.extractOne(flat, others, scorer=OSA.distance, score_cutoff=near) is None


def flatten(text: str) -> str:
    """Return letters and digits only, lower-case and half-width.

    >>> flatten("Can't find ＡＰＰ！")
    'cantfindapp'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def strip(text: str) -> str:
    """Return a text flattened, without words that say nothing by themselves.

    >>> strip("The device does not exist."), strip("那个设备不存在了")
    ('devicenotexist', '那设备不存在')
    """
    return flatten(IDLE.sub("", text)) or flatten(text)


@cache
def sound(flat: str) -> str:
    """Return a flattened text as it sounds: toneless pinyin for Chinese."""
    return flatten(write_pinyin(flat, joint="")) if CHINESE.search(flat) else flat


def _list_strings(entry: Entry) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Yield each string with its language and the other codes that it declares; messages are English."""
    yield entry.message, "en", ()
    for language, title in entry.title.items():
        yield title, language, ()
    for phrase in entry.phrases:
        yield phrase.text, phrase.language, phrase.shared


def _group(pairs: Iterable[tuple[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    grouped: dict[str, frozenset[str]] = {}
    for key, codes in pairs:
        grouped[key] = grouped.get(key, frozenset()) | codes
    return grouped
