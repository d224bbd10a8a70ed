"""Whose strings a knowledge's strings are, and whether an edited one is still its owner's in a person's eyes.

Of a string with slots its fixed words count. Knows nothing of the matcher.
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
from bench.slots import Pieces, join_fixed, split_message
from bench.spellings import write_initials, write_pinyin
from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge

IDLE = re.compile(
    r"\b(?:the|an?|is|are|was|were|be|been|do|does|did|has|have|had|this|that)\b|[的了个]", re.IGNORECASE
)

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """One string of the knowledge: the entry it was taken from, and every code that it is equally true of."""

    text: str
    language: str
    code: str
    codes: tuple[str, ...]
    pieces: Pieces


class Strings:
    """All strings of a knowledge, by what they look and sound like."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Collect the strings; those of the same words belong to all their entries and to those declared.

        Layer packs are left out: words belong to the primary pack's entries.
        """
        owners: dict[str, dict[str, None]] = {}
        found: list[tuple[str, str, str]] = []
        for entry in list_searched(knowledge):
            for text, language, shared in _list_strings(entry):
                found.append((text, language, entry.code))
                owners.setdefault(_strip_source(text), {}).update(dict.fromkeys((entry.code, *shared)))
        self._owners = {bare: frozenset(codes) for bare, codes in owners.items()}
        self.sources = tuple(
            Source(
                text, language, code, tuple(sorted(self._owners[_strip_source(text)])), split_message(text)
            )
            for text, language, code in dict.fromkeys(found)
        )
        strings = [(flatten(join_fixed(one.pieces)), frozenset(one.codes)) for one in self.sources]
        self._looks = _group(strings)
        self._sounds = _group((sound(flat), codes) for flat, codes in strings)
        self._bags = _group(("".join(sorted(flat)), codes) for flat, codes in strings)
        texts = ((write_initials(one.text), frozenset(one.codes)) for one in self.sources)
        self._initials = _group((initials, codes) for initials, codes in texts if initials)

    def find_owners(self, text: str) -> Codes:
        """Return the codes of the entries that have a string of the same words."""
        return self._owners.get(strip(text), frozenset())

    def find_holders(self, text: str) -> Codes:
        """Return the codes of the entries that have a string with this text in it."""
        flat = flatten(text)
        return frozenset(code for known, codes in self._looks.items() if flat in known for code in codes)

    def is_decidable(self, source: Source, edited: str) -> bool:
        """Say whether a person could tell whose string an edited one was.

        It must look or sound more like a string of its own entries than like any string of others.
        """
        flat, own = flatten(edited), frozenset(source.codes)
        if self.find_owners(edited) - own:
            return False
        return _is_nearer(flat, own, self._looks) or _is_nearer(sound(flat), own, self._sounds)

    def is_own_order(self, source: Source, turned: str) -> bool:
        """Say whether no string of another entry has the same letters in another order."""
        return self._bags.get("".join(sorted(flatten(turned))), frozenset()) <= set(source.codes)

    def is_own_sound(self, source: Source) -> bool:
        """Say whether no string of another entry sounds the same."""
        flat = flatten(join_fixed(source.pieces))
        return self._sounds.get(sound(flat), frozenset()) <= set(source.codes)

    def are_own_initials(self, source: Source, initials: str) -> bool:
        """Say whether no string of another entry has these initials."""
        return self._initials.get(initials, frozenset()) <= set(source.codes)


def list_searched(knowledge: Knowledge) -> list[Entry]:
    """Return the entries that are searched by words: those of packs that are no layer of another."""
    return [entry for entry in knowledge.entries if not entry.in_layer]


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


def _is_nearer(flat: str, own: Codes, known: dict[str, Codes]) -> bool:
    mine = [text for text, codes in known.items() if codes <= own]
    if not mine:
        return False
    near = int(process.extractOne(flat, mine, scorer=OSA.distance)[1])
    others = [text for text, codes in known.items() if not codes <= own]
    return process.extractOne(flat, others, scorer=OSA.distance, score_cutoff=near) is None


def _strip_source(text: str) -> str:
    return strip(join_fixed(split_message(text)))


def _list_strings(entry: Entry) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Yield each string with its language and the other codes that it declares."""
    if entry.message not in entry.title.values():
        yield entry.message, "zh" if CHINESE.search(entry.message) else "en", ()
    for language, title in entry.title.items():
        yield title, language, ()
    for phrase in entry.phrases:
        yield phrase.text, phrase.language, phrase.shared


def _group(pairs: Iterable[tuple[str, Codes]]) -> dict[str, Codes]:
    grouped: dict[str, Codes] = {}
    for key, codes in pairs:
        grouped[key] = grouped.get(key, frozenset()) | codes
    return grouped
