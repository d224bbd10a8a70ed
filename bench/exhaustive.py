"""The desk without an inverted index: every unit is looked at for every text, and the decision is the same.

What the candidates of the real index leave out is told by comparing the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.distinctive import list_pairs
from bot.matching.index import Contents, Faults, Index, read_contents
from bot.matching.matcher import Matcher
from bot.matching.membership import Membership
from bot.matching.postings import Postings
from bot.matching.reading import Reader, list_words
from bot.matching.search_string import SearchString, StringList
from bot.matching.statements import list_wholes


class ScannedIndex(Index):
    """An index that gathers what of each of its units is said, and takes all that are covered well enough."""

    def __init__(self, contents: Contents, faults: Faults) -> None:
        units = StringList(contents.units, contents.profiles)
        messages = contents.list_messages()
        super().__init__(units, Postings.build(()), contents.weights, faults, messages, Membership())
        self._all = contents.units
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._written: dict[str, list[SearchString]] = defaultdict(list)
        for unit in contents.units:
            for name in unit.features:
                self._holders[name].append(unit.number)
            for token in list_wholes(unit.folded):
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
        reader = Reader(knowledge)
        self.contents = read_contents(knowledge.entries, reader.read_features, reader.faults)
        self._pairs = list_pairs(knowledge.packs, self.contents.units, reader.find_evidence)
        self._faults = reader.faults
        self._knowledge = knowledge
        self._words = list_words(knowledge)

    def build_matcher(self, scans: bool) -> Matcher:
        """Return a matcher over the units."""
        if scans:
            return Matcher(self._knowledge, _Prepared(ScannedIndex(self.contents, self._faults), self._words))
        index = Index.build(self.contents, self._faults, self._pairs)
        return Matcher(self._knowledge, _Prepared(index, self._words))


@dataclass(frozen=True)
class _Prepared:
    """What a matcher is prepared with."""

    index: Index
    words: Sequence[str]
