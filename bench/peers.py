"""What one would use instead of the desk: one table of peers.

A peer gets what the desk gets: the same strings, folded the same way, and an expression for codes, without
which it would find none. An entry is as good as its best string. Engines are used as their documentation
shows, in memory and on one thread.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

import bm25s
import numpy as np
import tantivy
from rapidfuzz import fuzz, process

from bench.strings import list_searched
from bot.knowledge.snapshot import Knowledge
from bot.matching import fold

NAMED = math.inf  # the score of a code that stands in the text: above any string's
LIMIT = 20  # strings asked of a peer when it is timed: enough for three entries
DEPTH = 500  # strings asked of a peer when its ranking of entries is measured
NUMBER = re.compile(r"(?<!\d)\d{3,6}(?!\d)")
WORD = re.compile(r"[a-z0-9_]+|[\u3400-\u9fff]+")
GRAM = 3  # FTS5's trigrams; shorter queries find nothing
HEAP = 256 << 20  # bytes for tantivy's writer: all strings of 100,000 entries in one segment

Found = list[tuple[int, float]]
"""Places in Strings with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Strings:
    """Every string that the desk matches against, folded; `codes[i]` is whose string `texts[i]` is."""

    texts: tuple[str, ...]
    codes: tuple[str, ...]
    known: frozenset[str]


class Engine(Protocol):
    """One way of finding strings for a folded text."""

    def find(self, folded: str, limit: int) -> Found:
        """Return at most `limit` strings, best first."""


class Scan:
    """A full rapidfuzz scan: process.extract with one scorer over every string."""

    def __init__(self, strings: Strings, scorer: Callable[..., float]) -> None:
        self._texts, self._scorer = strings.texts, scorer

    def find(self, folded: str, limit: int) -> Found:
        """Return the strings by their score, best first."""
        found = process.extract(folded, self._texts, scorer=self._scorer, limit=limit)
        return [(place, score) for _, score, place in found]


class Bm25:
    """BM25 on words and Chinese bigrams, every string scored."""

    def __init__(self, strings: Strings) -> None:
        self._index = bm25s.BM25()
        self._index.index([split_words(text) for text in strings.texts], show_progress=False)

    def find(self, folded: str, limit: int) -> Found:
        """Return the strings that share a word with the text, best first."""
        words = split_words(folded)
        if not words:
            return []
        scores = self._index.get_scores(words)
        kept = np.arange(len(scores)) if len(scores) <= limit else np.argpartition(-scores, limit)[:limit]
        best = kept[np.argsort(-scores[kept], kind="stable")]
        return [(int(place), float(scores[place])) for place in best if scores[place] > 0]


class Fts5:
    """SQLite's FTS5: strings that share any three characters in a row, by its own rank."""

    def __init__(self, strings: Strings) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE strings USING fts5(body, tokenize='trigram')")
        self._base.executemany("INSERT INTO strings(rowid, body) VALUES (?, ?)", enumerate(strings.texts))
        self._base.execute("INSERT INTO strings(strings) VALUES ('optimize')")

    def find(self, folded: str, limit: int) -> Found:
        """Return the strings by FTS5's bm25, best first."""
        grams = dict.fromkeys(folded[place : place + GRAM] for place in range(len(folded) - GRAM + 1))
        query = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams if "\0" not in gram)
        if not query:
            return []
        rows = self._base.execute(
            "SELECT rowid, rank FROM strings WHERE strings MATCH ? ORDER BY rank LIMIT ?", (query, limit)
        )
        return [(place, -rank) for place, rank in rows]


class Tantivy:
    """tantivy's BM25 on the same words and bigrams, split beforehand, in one segment."""

    def __init__(self, strings: Strings) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("place", stored=True)
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for place, text in enumerate(strings.texts):
            writer.add_document(tantivy.Document(body=" ".join(split_words(text)), place=place))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def find(self, folded: str, limit: int) -> Found:
        """Return the strings that share a word with the text, best first."""
        query = tantivy.Query.boolean_query([
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "body", word))
            for word in dict.fromkeys(split_words(folded))
        ])  # fmt: skip
        hits = self._searcher.search(query, limit).hits
        return [(self._searcher.doc(address)["place"][0], score) for score, address in hits]


class Kind(NamedTuple):
    """A peer to be built. One that `reads_all` looks at every string; what isn't `raced` isn't timed."""

    name: str
    build: Callable[[Strings], Engine]
    reads_all: bool
    raced: bool = True


PEERS = (
    Kind("rapidfuzz WRatio", partial(Scan, scorer=fuzz.WRatio), reads_all=True),
    Kind("rapidfuzz token_set_ratio", partial(Scan, scorer=fuzz.token_set_ratio), reads_all=True),
    Kind("rapidfuzz ratio", partial(Scan, scorer=fuzz.ratio), reads_all=True, raced=False),
    Kind("BM25 (bm25s)", Bm25, reads_all=False),
    Kind("SQLite FTS5 trigram", Fts5, reads_all=True),
    Kind("tantivy", Tantivy, reads_all=False),
)


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine as one would put it to work on error codes: codes by expression, the rest by the engine."""

    kind: Kind
    engine: Engine
    strings: Strings

    @property
    def name(self) -> str:
        """The peer's name."""
        return self.kind.name

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return codes with scores, best first: those named in the text, then those of the best strings."""
        folded = fold(text)
        ranked = dict.fromkeys(self._find_codes(folded), NAMED)
        for place, score in self.engine.find(folded, DEPTH):
            ranked.setdefault(self.strings.codes[place], score)
        return list(ranked.items())

    def look_up(self, text: str) -> list[str]:
        """Return the codes named in the text, else those of the best LIMIT strings. This is timed."""
        folded = fold(text)
        found = self._find_codes(folded)
        return found or [self.strings.codes[place] for place, _ in self.engine.find(folded, LIMIT)]

    def _find_codes(self, folded: str) -> list[str]:
        known = self.strings.known
        return list(dict.fromkeys(number for number in NUMBER.findall(folded) if number in known))


def build_strings(knowledge: Knowledge) -> Strings:
    """Return message, titles and phrases of every entry that is searched by words, folded; each once."""
    pairs = dict.fromkeys(
        (fold(text), entry.code) for entry in list_searched(knowledge) for text in entry.strings
    )
    kept = [pair for pair in pairs if pair[0].strip()]
    known = frozenset(entry.code for entry in knowledge.entries)
    return Strings(tuple(text for text, _ in kept), tuple(code for _, code in kept), known)


def build_peers(strings: Strings, kinds: Iterable[Kind] = PEERS) -> list[Peer]:
    """Return the peers that can run here."""
    able = [kind for kind in kinds if kind.build is not Fts5 or not find_fts5_lack()]
    return [Peer(kind, kind.build(strings), strings) for kind in able]


def find_fts5_lack() -> str:
    """Return why SQLite's FTS5 with trigrams can't be measured here; empty if it can."""
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize='trigram')")
    except sqlite3.OperationalError as error:
        return f"SQLite {sqlite3.sqlite_version}: {error}"
    return ""


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
