"""Search engines as peers of the desk: BM25 (bm25s), SQLite's FTS5 with trigrams, tantivy; all in memory.

One document a string, an entry is as good as its best string. Each is used as its documentation shows it, on
one thread. Called by bench/__main__.py and scale.py through `build_peers`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

import bm25s
import numpy as np
import tantivy

from bench.peers import Engine, Found, Peer, Strings, build_scans

WORD = re.compile(r"[a-z0-9_]+|[\u3400-\u9fff]+")
GRAM = 3  # FTS5's trigrams; shorter queries find nothing
HEAP = 256 << 20  # bytes for tantivy's writer: all strings of 100,000 entries in one segment


class Bm25:
    """BM25 on words and Chinese bigrams, every string scored."""

    name = "BM25 (bm25s)"

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
    """SQLite's FTS5 on trigrams: strings that share any three characters in a row, by its own rank."""

    name = "SQLite FTS5 trigram"

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

    name = "tantivy"

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
        hits = self.search(split_words(folded), limit).hits
        return [(self._searcher.doc(address)["place"][0], score) for score, address in hits]

    def search(self, words: Iterable[str], limit: int) -> tantivy.SearchResult:
        """Look words up: the bare lookup, which reads no document."""
        should = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "body", word))
            for word in dict.fromkeys(words)
        ]
        return self._searcher.search(tantivy.Query.boolean_query(should), limit)


def build_peers(strings: Strings) -> list[Peer]:
    """Return all peers that can run here; the first is the one whose speed the desk is compared with."""
    engines: list[Engine] = [Bm25(strings), *([] if find_fts5_lack() else [Fts5(strings)]), Tantivy(strings)]
    return [*build_scans(strings), *(Peer(engine, strings) for engine in engines)]


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
