"""Where the strings of all entries are indexed: here in memory, by bot/compiled on disk.

`__all__` holds what that is offered for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.knowledge.snapshot import Knowledge
from bot.matching.distinctive import Pairs, list_pairs
from bot.matching.index import Contents, Index, gather_pairs, read_contents
from bot.matching.lexicon import find_faults
from bot.matching.membership import Membership
from bot.matching.postings import Postings
from bot.matching.reading import Reader, list_words
from bot.matching.search_string import Origin, SearchString

__all__ = [
    "Contents",
    "Index",
    "Membership",
    "Origin",
    "Pairs",
    "Postings",
    "Prepared",
    "Reader",
    "SearchString",
    "find_faults",
    "gather_pairs",
    "list_pairs",
    "list_words",
    "make_index",
    "read_contents",
]


class Prepared(Protocol):
    """An index that was made before, with what else takes its time."""

    @property
    def index(self) -> Index:
        """The strings of all entries."""

    @property
    def words(self) -> Sequence[str]:
        """All Latin words of the entries' strings, as reading.list_words() gives them."""


def make_index(knowledge: Knowledge, reader: Reader) -> Index:
    """Return an index in memory."""
    contents = read_contents(knowledge.entries, reader.read_features, reader.faults)
    pairs = list_pairs(knowledge.packs, contents.units, reader.find_evidence)
    return Index.build(contents, reader.faults, pairs)
