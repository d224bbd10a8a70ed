"""What one would reach for first: a rapidfuzz scan over all strings, and BM25 on words and Chinese bigrams.

Every peer gets the strings that the desk gets, folded the same, and finds codes by the usual regex.
Called by quality.py and speed.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz, process

from bot.knowledge.snapshot import Knowledge
from bot.matching.text import fold

NAMED = math.inf  # the score of a code that stands in the text: above any string's
LIMIT = 10  # strings asked of a scan when it is timed; one that is answered from needs few
NUMBER = re.compile(r"(?<!\d)\d{3,5}(?!\d)")
WORD = re.compile(r"[a-z0-9_]+|[\u3400-\u9fff]+")

Ranked = list[tuple[str, float]]
"""Codes with their scores, best first; each code once."""


@dataclass(frozen=True, slots=True)
class Strings:
    """Every string that the desk matches against, folded; `codes[i]` is whose string `texts[i]` is."""

    texts: tuple[str, ...]
    codes: tuple[str, ...]


class Peer(Protocol):
    """One way of finding entries for a text."""

    name: str

    def rank(self, text: str) -> Ranked:
        """Return all entries, best first."""

    def look_up(self, text: str) -> object:
        """Do what answering one question costs; this is what is timed."""


def build_strings(knowledge: Knowledge) -> Strings:
    """Return message, titles, descriptions and phrases of every entry; an entry's equal strings once."""
    pairs: dict[tuple[str, str], None] = {}
    for entry in knowledge.entries:
        spoken = (phrase.text for phrase in entry.phrases)
        for text in (entry.message, *entry.title.values(), *entry.description.values(), *spoken):
            pairs[fold(text), entry.code] = None
    kept = [pair for pair in pairs if pair[0].strip()]
    return Strings(tuple(text for text, _ in kept), tuple(code for _, code in kept))


class Scan:
    """A full rapidfuzz scan: process.extract with one scorer over every string."""

    def __init__(self, strings: Strings, scorer: Callable[..., float]) -> None:
        self.name = f"rapidfuzz {scorer.__name__}"
        self._strings = strings
        self._scorer = scorer
        self._known = frozenset(strings.codes)

    def rank(self, text: str) -> Ranked:
        """Return codes named in the text, then every entry by its best string."""
        folded = fold(text)
        found = process.extract(folded, self._strings.texts, scorer=self._scorer, limit=None)
        return _rank_codes(folded, self._known, [(self._strings.codes[i], score) for _, score, i in found])

    def look_up(self, text: str) -> object:
        """Fold, look for codes, scan."""
        folded = fold(text)
        named = _find_codes(folded, self._known)
        return named or process.extract(folded, self._strings.texts, scorer=self._scorer, limit=LIMIT)


class Bm25:
    """BM25 on words and Chinese bigrams, one document a string."""

    name = "BM25"

    def __init__(self, strings: Strings) -> None:
        self._strings = strings
        self._index: Any = BM25Okapi([split_words(text) for text in strings.texts])
        self._known = frozenset(strings.codes)

    def rank(self, text: str) -> Ranked:
        """Return codes named in the text, then every entry by its best string."""
        folded = fold(text)
        scores = [float(score) for score in self._index.get_scores(split_words(folded))]
        order = sorted(range(len(scores)), key=lambda place: -scores[place])
        return _rank_codes(folded, self._known, [(self._strings.codes[i], scores[i]) for i in order])

    def look_up(self, text: str) -> object:
        """Fold, look for codes, score every string."""
        folded = fold(text)
        return _find_codes(folded, self._known) or self._index.get_scores(split_words(folded)).argmax()


def build_peers(strings: Strings) -> tuple[Peer, ...]:
    """Return the peers; the first is the one whose speed the desk is compared with."""
    scorers = (fuzz.WRatio, fuzz.token_set_ratio, fuzz.ratio)
    return (*(Scan(strings, scorer) for scorer in scorers), Bm25(strings))


def split_words(folded: str) -> list[str]:
    """Split a folded text into words and Chinese bigrams.

    >>> split_words("iotid 不存在")
    ['iotid', '不存', '存在']
    """
    words: list[str] = []
    for word in WORD.findall(folded):
        if word[0] < "\u3400" or len(word) == 1:
            words.append(word)
        else:
            words += (word[place : place + 2] for place in range(len(word) - 1))
    return words


def _find_codes(folded: str, known: frozenset[str]) -> list[str]:
    return list(dict.fromkeys(number for number in NUMBER.findall(folded) if number in known))


def _rank_codes(folded: str, known: frozenset[str], scored: Ranked) -> Ranked:
    ranked = dict.fromkeys(_find_codes(folded, known), NAMED)
    for code, score in scored:
        ranked.setdefault(code, score)
    return list(ranked.items())
