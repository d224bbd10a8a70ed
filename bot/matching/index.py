"""Which strings may be meant by a text: found by the features, words or letters that they share with it.

Built once per snapshot of knowledge, or opened from where bot/compiled keeps it. It finds candidates;
measures.py weighs them, matcher.py decides.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol
from zlib import crc32

from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.contents import Contents, Summary, is_pair, read_contents, split_pairs
from bot.matching.postings import Postings
from bot.matching.reading import Reader
from bot.matching.search_string import SearchString
from bot.matching.statements import split_letters, write_whole

UNKNOWN_WORD, UNKNOWN_PAIR = 1.6, 0.8
"""Weights of what no entry says: a word, a pair of characters."""

WINDOW, OVERLAP = 64, 16
"""Features of a long text that are looked up at a time, and how many of them once more with the next ones:
a message stands close together, and what a text costs grows with its length and no faster."""

RAREST = 16
"""Runs of letters by which strings spelt alike are looked up. A slip changes three of them."""

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
        if known is not None:
            return known
        return UNKNOWN_PAIR if is_pair(name) else UNKNOWN_WORD

    def find_covered(
        self, names: Iterable[str], limit: int, covered: float, packs: Scope = None
    ) -> list[tuple[SearchString, float]]:
        """Return at most `limit` strings of which the features named hold the part `covered` (0-1) or more.

        Each comes with that part. `names` are in reading order. Those of which most is covered come first;
        equal ones stand in the order of the knowledge.
        """
        near: dict[int, tuple[float, float, SearchString]] = {}
        for window in _split(name for name in names if name in self._weights):
            for unit in self.get_units(self._postings.find("names", self._boost(window), limit, packs)):
                # Exactly, for the order of a set differs from process to process.
                gathered = math.fsum(self._weights[name] for name in window & unit.features.keys())
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

    def find_quoted(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return the distinctive messages that a folded text may quote, in the order of the knowledge.

        Two neighbouring words of each stand in the text; at most `limit` come of each stretch of it, those
        with the most and the rarest pairs.
        """
        pairs = split_pairs(said)
        known = set(filter(self.may_quote, set(pairs)))
        numbers: set[int] = set()
        for stretch in _split(pair for pair in pairs if pair in known) if known else ():
            numbers.update(self._postings.find("pairs", dict.fromkeys(stretch, 1.0), limit, packs))
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

        That weight is BM25's: log(1 + (N - n + 0.5) / (n + 0.5)), n of N strings having the feature.
        """
        boosts, count = {}, len(self)
        for name in names:
            holding = self._postings.count("names", name)
            boosts[name] = self._weights[name] / math.log(1 + (count - holding + 0.5) / (holding + 0.5))
        return boosts


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
