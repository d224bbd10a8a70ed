"""The desk without an inverted index: every unit is looked at for every text, and the decision is the same.

What the candidates of the real index leave out is told by comparing the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.distinctive import list_pairs
from bot.matching.index import Contents, Faults, Index, Split, read_contents
from bot.matching.initials import list_initials
from bot.matching.letters import write_whole
from bot.matching.matcher import Matcher
from bot.matching.membership import Membership
from bot.matching.phonetics import Phonetics
from bot.matching.postings import Postings
from bot.matching.reading import Reader, list_words
from bot.matching.search_string import SearchString, StringList
from bot.matching.statements import join_statements


class ScannedIndex(Index):
    """An index that gathers what of each of its units is said, and takes all that are covered well enough."""

    def __init__(self, contents: Contents, faults: Faults, write: Split) -> None:
        """Take units; `write` tells by which tokens find_written() finds one."""
        units = StringList(contents.units, contents.profiles)
        messages = contents.list_messages()
        super().__init__(units, Postings.build(()), contents.weights, faults, messages, Membership())
        self._all = contents.units
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._written: dict[str, list[SearchString]] = defaultdict(list)
        for unit in contents.units:
            for name in unit.features:
                self._holders[name].append(unit.number)
            for token in write(unit.folded):
                self._written[token].append(unit)

    def find_covered(
        self,
        names: Iterable[str],
        limit: int,  # noqa: ARG002 - it takes all
        covered: float,
        packs: Scope = None,  # noqa: ARG002 - likewise
    ) -> list[tuple[SearchString, float]]:
        """Return all units of which the features named hold the part `covered` or more, with that part."""
        gathered: dict[int, float] = defaultdict(float)
        for name in dict.fromkeys(names):
            weight = self.weight(name)
            for number in self._holders.get(name, ()):
                gathered[number] += weight
        held = ((self._all[number], gathered[number]) for number in sorted(gathered))
        return [(unit, weight / unit.weight) for unit, weight in held if weight >= covered * unit.weight]

    def find_spelt(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:  # noqa: ARG002
        """Return all units."""
        return list(self._all)

    def find_written(self, letters: str, limit: int, packs: Scope = None) -> list[SearchString]:  # noqa: ARG002
        """Return all units that have this very token."""
        return self._written.get(letters, [])


class Made:
    """All units of a knowledge, read once, for the desk with its index and for one that scans."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.reader = Reader(knowledge)
        self.words = list_words(knowledge)
        self._knowledge = knowledge

    @cached_property
    def said(self) -> Contents:
        """The units by what they say."""
        return read_contents(self._knowledge.entries, self.reader.read_features, self.reader.faults)

    @cached_property
    def sounds(self) -> Contents:
        """The units by their sounds."""
        return read_contents(self._knowledge.entries, Phonetics(self.reader).extract, self.reader.faults)

    def build_matcher(self, scans: bool) -> Matcher:
        """Return a matcher over the units."""
        return Matcher(self._knowledge, _Indexed(self, scans, self._knowledge.packs))


class _Indexed:
    """What a matcher is prepared with: indexes that scan, or the desk's own."""

    def __init__(self, made: Made, scans: bool, packs: Mapping[str, Pack]) -> None:
        self.words: Sequence[str] = made.words
        self._made = made
        self._scans = scans
        self._packs = packs

    @cached_property
    def said(self) -> Index:
        """The units by what they say."""
        reader, contents = self._made.reader, self._made.said
        pairs = list_pairs(self._packs, contents.units, reader.find_evidence)
        if self._scans:
            return ScannedIndex(contents, reader.faults, _list_whole)
        return Index.build(contents, reader.faults, pairs)

    @cached_property
    def sounds(self) -> Index:
        """The units by their sounds."""
        contents, faults = self._made.sounds, self._made.reader.faults
        if self._scans:
            return ScannedIndex(contents, faults, list_initials)
        return Index.build(contents, faults, split=list_initials)


def _list_whole(folded: str) -> list[str]:
    return [write_whole(join_statements(folded))]
