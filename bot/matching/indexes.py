"""The two indexes that candidates are found by: what units say, and how that sounds.

Made here in memory; bot/compiled keeps them on disk, with the parts that `__all__` offers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from bot.knowledge.snapshot import Knowledge
from bot.matching.distinctive import Pairs, list_pairs
from bot.matching.index import Contents, Extract, Index, Split, gather_pairs, read_contents
from bot.matching.initials import list_initials
from bot.matching.letters import list_letters
from bot.matching.lexicon import find_faults
from bot.matching.membership import Membership
from bot.matching.phonetics import Phonetics
from bot.matching.postings import Postings
from bot.matching.reading import Reader, list_words
from bot.matching.search_string import Origin, SearchString

__all__ = [
    "Contents",
    "Extract",
    "Index",
    "Indexes",
    "MadeIndexes",
    "Membership",
    "Origin",
    "Pairs",
    "Phonetics",
    "Postings",
    "Prepared",
    "Reader",
    "SearchString",
    "Split",
    "find_faults",
    "gather_pairs",
    "list_initials",
    "list_letters",
    "list_pairs",
    "list_words",
    "read_contents",
]


class Indexes(Protocol):
    """The units of all entries."""

    @property
    def said(self) -> Index:
        """The units by what they say."""

    @property
    def sounds(self) -> Index:
        """The units by their sounds."""


class Prepared(Indexes, Protocol):
    """Indexes that were made before, with what else takes its time."""

    @property
    def words(self) -> Sequence[str]:
        """All Latin words of the entries' strings, as reading.list_words() gives them."""


class MadeIndexes:
    """Indexes in memory, made from a knowledge; that of sounds when a text needs it."""

    def __init__(self, knowledge: Knowledge, reader: Reader, phonetics: Phonetics) -> None:
        self._packs = knowledge.packs
        self._entries = knowledge.entries
        self._reader = reader
        self._phonetics = phonetics

    @cached_property
    def said(self) -> Index:
        """The units by what they say."""
        contents = read_contents(self._entries, self._reader.read_features, self._reader.faults)
        pairs = list_pairs(self._packs, contents.units, self._reader.find_evidence)
        return Index.build(contents, self._reader.faults, pairs)

    @cached_property
    def sounds(self) -> Index:
        """The units by their sounds, and by the initials of these."""
        contents = read_contents(self._entries, self._phonetics.extract, self._reader.faults)
        return Index.build(contents, self._reader.faults, split=list_initials)
