"""The desk without an inverted index: every unit is looked at for every text, and the decision is the same.

What the candidates of the real index leave out is told by comparing the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.contents import Contents, read_contents
from bot.matching.index import Index, Postings
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader, list_words
from bot.matching.search_string import SearchString
from bot.matching.statements import list_wholes, write_whole


class ScannedIndex(Index):
    """An index that gathers what of each of its units is said, and takes all that are covered well enough."""

    def __init__(self, contents: Contents) -> None:
        summary = replace(contents.summary, pairs=b"")
        super().__init__(lambda numbers: [contents.units[n] for n in numbers], Postings.build(()), summary)
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

    def find_whole(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:  # noqa: ARG002
        """Return all strings that a statement is as a whole."""
        return self._written.get(write_whole(said), [])


class Made:
    """All units of a knowledge, read once, for the desk with its index and for one that scans."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.contents = read_contents(knowledge.entries, knowledge.packs, Reader(knowledge))
        self._knowledge = knowledge
        self._words = list_words(knowledge)

    def build_matcher(self, scans: bool) -> Matcher:
        """Return a matcher over the units."""
        index = ScannedIndex(self.contents) if scans else Index.build(self.contents)
        return Matcher(self._knowledge, _Prepared(index, self._words))


@dataclass(frozen=True)
class _Prepared:
    """What a matcher is prepared with."""

    index: Index
    words: Sequence[str]
