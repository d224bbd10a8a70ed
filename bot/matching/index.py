"""Which strings may be meant by a text: found by the features, words or letters that they share with it.

An inverted index, built once per snapshot of knowledge, or opened from where bot/compiled keeps it. It finds
candidates; weighed_text.py measures them, matcher.py decides.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, cast, get_args
from zlib import crc32

import tantivy

from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.contents import Contents, Field, Summary, Tokens, read_contents, split_pairs, weigh_unknown
from bot.matching.reading import Reader
from bot.matching.search_string import SearchString
from bot.matching.statements import split_letters, write_whole

WINDOW, OVERLAP = 64, 16
"""Features of a long text that are looked up at a time, and how many of them once more with the next ones:
a message stands close together, and what a text costs grows with its length and no faster."""

LIKELY = 48
"""Messages that may stand in a stretch of a text."""

RAREST = 16
"""Runs of letters by which strings spelt alike are looked up. A slip changes three of them."""

HEAP = 128_000_000
"""Bytes that tantivy gathers before it writes a segment: 100,000 entries make a few."""

SMALL_HEAP = 15_000_000
"""The least that tantivy takes."""

GetUnits = Callable[[Sequence[int]], list[SearchString]]
"""The strings of these numbers, in this order. Raises LookupError if one isn't there."""


class Prepared(Protocol):
    """An index that was made before, with what else takes its time."""

    @property
    def index(self) -> Index:
        """The strings of all entries."""

    @property
    def words(self) -> Sequence[str]:
        """All Latin words of the entries' strings, as reading.list_words() gives them."""


class Index:
    """Strings by what they say, and the weight of each feature: the rarer among entries, the heavier."""

    def __init__(self, get_units: GetUnits, postings: Postings, summary: Summary) -> None:
        self.get_units = get_units
        self.faults = summary.faults
        self._postings = postings
        self._weights = summary.weights
        self._messages = summary.messages
        self._lengths = sorted(set(map(len, summary.messages)))
        self._sums = array("I", summary.pairs)

    @classmethod
    def build(cls, contents: Contents) -> Index:
        """Return an index in memory."""
        postings = Postings.build(contents.list_tokens())
        return cls(lambda numbers: [contents.units[number] for number in numbers], postings, contents.summary)

    def __len__(self) -> int:
        return len(self._postings)

    def begins_with_message(self, said: str) -> bool:
        """Say whether a folded text begins with the message of an entry."""
        return any(said[:length] in self._messages for length in self._lengths if length <= len(said))

    def knows(self, name: str) -> bool:
        """Say whether any entry has the feature."""
        return name in self._weights

    def weight(self, name: str) -> float:
        """Return how much a feature tells; of one that no entry has, a small constant."""
        known = self._weights.get(name)
        return weigh_unknown(name) if known is None else known

    def find_covered(
        self, names: Iterable[str], limit: int, covered: float, packs: Scope = None
    ) -> list[tuple[SearchString, float]]:
        """Return at most `limit` strings of which the features named hold the part `covered` (0-1) or more.

        Each comes with that part. `names` are in reading order. Those of which most is covered come first;
        equal ones stand in the order of the knowledge.
        """
        near: dict[int, tuple[float, float, SearchString]] = {}
        for window in _split(name for name in names if name in self._weights):
            known = {name: self._weights[name] for name in window}
            for unit in self.get_units(self._postings.find("names", self._boost(window), limit, packs)):
                gathered = sum([known[name] for name in unit.features if name in known])
                if gathered >= covered * unit.weight:
                    place = -gathered / (unit.weight + 2)
                    if unit.number not in near or place < near[unit.number][0]:
                        near[unit.number] = (place, gathered / unit.weight, unit)
        ordered = sorted(near.values(), key=lambda found: (found[0], found[2].number))
        return [(unit, part) for _, part, unit in ordered[:limit]]

    def find_spelt(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return at most `limit` strings that share rare runs of letters with a folded text, best first."""
        counts = [(run, self._postings.count("letters", run)) for run in split_letters(said)]
        rare = sorted((count, run) for run, count in counts if count)[:RAREST]
        return self.get_units(self._postings.find("letters", {run: 1.0 for _, run in rare}, limit, packs))

    def find_quoted(self, said: str, packs: Scope = None) -> list[SearchString]:
        """Return the distinctive messages that a folded text may quote, in the order of the knowledge.

        Two neighbouring words of each stand in the text; at most LIKELY come of each stretch of it, those
        with the most and the rarest pairs.
        """
        pairs = split_pairs(said)
        known = set(filter(self.may_quote, set(pairs)))
        numbers: set[int] = set()
        for stretch in _split(pair for pair in pairs if pair in known) if known else ():
            numbers.update(self._postings.find("pairs", dict.fromkeys(stretch, 1.0), LIKELY, packs))
        return self.get_units(sorted(numbers)) if numbers else []

    def may_quote(self, pair: str) -> bool:
        """Say whether two words may be of a distinctive message.

        Asked of each pair of each post, where a look into tantivy's index lets go of the interpreter: on a
        busy desk, getting it back takes longer than all the rest of a post.
        """
        told = crc32(pair.encode())
        place = bisect_left(self._sums, told)
        return place < len(self._sums) and self._sums[place] == told

    def find_whole(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return at most `limit` strings that a statement is as a whole, as it is written or sounds."""
        token = write_whole(said)
        if not self._postings.count("letters", token):
            return []
        return self.get_units(self._postings.find("letters", {token: 1.0}, limit, packs))

    def _boost(self, names: Collection[str]) -> dict[str, float]:
        """Return what tantivy's own weight of each feature is to be multiplied by, so that it becomes ours.

        That weight is BM25's: log((2N + 2) / (2n + 1)), n of N strings having the feature.
        """
        count = 2 * len(self) + 2
        holding = {name: 2 * self._postings.count("names", name) + 1 for name in names}
        return {name: self._weights[name] / math.log(count / holding[name]) for name in names}


def make_index(knowledge: Knowledge, reader: Reader) -> Index:
    """Return the index of a knowledge, in memory."""
    return Index.build(read_contents(knowledge.entries, knowledge.packs, reader))


def _split(names: Iterable[str]) -> Iterator[set[str]]:
    """Yield the names by windows that overlap; each window once."""
    ordered = list(names)
    seen: set[frozenset[str]] = set()
    for start in range(0, max(1, len(ordered) - OVERLAP), WINDOW - OVERLAP):
        window = frozenset(ordered[start : start + WINDOW])
        if window not in seen:
            seen.add(window)
            yield set(window)


class Postings:
    """Numbers of strings by their tokens, kept by tantivy. It never changes, and threads may share it."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        index.reload()
        self._searcher = index.searcher()

    @classmethod
    def build(cls, documents: Iterable[Tokens], folder: str | None = None) -> Postings:
        """Index documents, each the tokens of the unit of the next number from 0 on.

        Without a folder it stays in memory; the folder is there, and empty.
        """
        schema = _build_schema()
        index = tantivy.Index(schema, path=folder)
        # One thread, so that the same documents always make the same index.
        writer = index.writer(HEAP if folder else SMALL_HEAP, num_threads=1)
        for number, tokens in enumerate(documents):
            document = tantivy.Document(**{field: list(told) for field, told in tokens.items()})
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return cls(index)

    @classmethod
    def open(cls, folder: str) -> Postings:
        """Open what build() left in a folder. Raises ValueError if it isn't there, or broken."""
        return cls(tantivy.Index.open(folder))

    def find(
        self, field: Field, boosts: Mapping[str, float], limit: int, packs: Collection[str] | None = None
    ) -> list[int]:
        """Return at most `limit` numbers of units that have some of these tokens, the likeliest first.

        Likeliest by BM25 with each token's boost; equal ones stand in the order of the units. Only those of
        certain packs count, if some are named.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, token), boost))
            for token, boost in sorted(boosts.items())
        ]
        if not clauses:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if packs is not None:
            own = [(tantivy.Occur.Should, self._term("pack", pack)) for pack in sorted(packs)]
            of_packs = tantivy.Query.const_score_query(tantivy.Query.boolean_query(own), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, of_packs)])
        found = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in found])
        ranked = sorted((-score, number) for (score, _), number in zip(found, numbers, strict=True))
        return [cast("int", number) for _, number in ranked]

    def __len__(self) -> int:
        return self._searcher.num_docs

    def count(self, field: Field, token: str) -> int:
        """Return how many units have a token."""
        return self._searcher.doc_freq(field, token)

    def _term(self, field: Field, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token, index_option="basic")


def _build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=False, indexed=False, fast=True)
    for field in get_args(Field):
        builder.add_text_field(field, stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()
