"""What a user would pick instead of the desk: rapidfuzz scans here, search engines in engines.py.

Peers get what the desk gets: the same strings, the same folding, and a regular expression for codes, without
which none of them would find one. Called by bench/quality.py, speed.py and scale.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.knowledge.snapshot import Knowledge
from bot.matching import fold

NAMED = math.inf  # the score of a code that stands in the text: above any string's
LIMIT = 20  # strings asked of a peer when it is timed: enough for three entries
DEPTH = 500  # strings asked of a peer when its ranking of entries is measured
NUMBER = re.compile(r"(?<!\d)\d{3,6}(?!\d)")

Found = list[tuple[int, float]]
"""Places in Strings with their scores, best first."""

Ranked = list[tuple[str, float]]
"""Codes with their scores, best first; each code once."""


@dataclass(frozen=True, slots=True)
class Strings:
    """Every string that the desk matches against, folded; `codes[i]` is whose string `texts[i]` is."""

    texts: tuple[str, ...]
    codes: tuple[str, ...]
    known: frozenset[str]


class Engine(Protocol):
    """One way of finding strings for a folded text."""

    name: str

    def find(self, folded: str, limit: int) -> Found:
        """Return at most `limit` strings, best first."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine as one would put it to work on error codes: codes by expression, the rest by the engine."""

    engine: Engine
    strings: Strings

    @property
    def name(self) -> str:
        """The engine's name."""
        return self.engine.name

    def rank(self, text: str) -> Ranked:
        """Return codes named in the text, then the entries of the best DEPTH strings."""
        folded = fold(text)
        ranked = dict.fromkeys(self._find_codes(folded), NAMED)
        for place, score in self.engine.find(folded, DEPTH):
            ranked.setdefault(self.strings.codes[place], score)
        return list(ranked.items())

    def look_up(self, text: str) -> list[str]:
        """Return the codes named in the text, else those of the best LIMIT strings. This is timed."""
        folded = fold(text)
        named = self._find_codes(folded)
        return named or [self.strings.codes[place] for place, _ in self.engine.find(folded, LIMIT)]

    def _find_codes(self, folded: str) -> list[str]:
        known = self.strings.known
        return list(dict.fromkeys(number for number in NUMBER.findall(folded) if number in known))


class Scan:
    """A full rapidfuzz scan: process.extract with one scorer over every string."""

    def __init__(self, strings: Strings, scorer: Callable[..., float]) -> None:
        self.name = f"rapidfuzz {scorer.__name__}"
        self._texts = strings.texts
        self._scorer = scorer

    def find(self, folded: str, limit: int) -> Found:
        """Return the strings by their score, best first."""
        found = process.extract(folded, self._texts, scorer=self._scorer, limit=limit)
        return [(place, score) for _, score, place in found]


def build_strings(knowledge: Knowledge) -> Strings:
    """Return message, titles and phrases of every entry, folded; an entry's equal strings once."""
    pairs = dict.fromkeys((fold(text), entry.code) for entry in knowledge.entries for text in entry.strings)
    kept = [pair for pair in pairs if pair[0].strip()]
    codes = tuple(code for _, code in kept)
    return Strings(tuple(text for text, _ in kept), codes, frozenset(codes))


def build_scans(strings: Strings, scorers: Iterable[Callable[..., float]] = ()) -> list[Peer]:
    """Return the scans; WRatio, token_set_ratio and ratio if none are named."""
    scorers = tuple(scorers) or (fuzz.WRatio, fuzz.token_set_ratio, fuzz.ratio)
    return [Peer(Scan(strings, scorer), strings) for scorer in scorers]
