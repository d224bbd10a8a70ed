"""The desk without an inverted index: every unit is looked at for every text, and the decision is the same.

What the candidates of the real index leave out is told by comparing the two. Called by bench/scale.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.ear import Ear
from bot.matching.index import Contents, Extract, Faults, Index, read_contents
from bot.matching.matcher import Matcher
from bot.matching.postings import Postings
from bot.matching.reading import Reader, list_words
from bot.matching.unit import Unit, UnitList
from bot.matching.verdict import Verdict


class ScannedIndex(Index):
    """An index that weighs all its units, and takes all that are covered well enough."""

    def __init__(self, contents: Contents, faults: Faults) -> None:
        units = UnitList(contents.units, contents.profiles)
        super().__init__(units, Postings.build(()), contents.weights, faults, contents.list_messages())
        self._all = contents.units

    def find_candidates(
        self,
        names: Iterable[str],
        limit: int,  # noqa: ARG002 - it takes all
        covered: float,
        packs: Scope = None,  # noqa: ARG002 - likewise
    ) -> list[Unit]:
        """Return all units of which the features named hold the part `covered` (0-1) or more."""
        said = {name: self.weight(name) for name in names if self.knows(name)}
        return [
            unit
            for unit in self._all
            if sum(said[name] for name in said.keys() & unit.features.keys()) >= covered * unit.weight
        ]

    def find_spelt(self, said: str, limit: int, packs: Scope = None) -> list[Unit]:  # noqa: ARG002
        """Return all units."""
        return list(self._all)


class Scanned:
    """What a matcher is prepared with, so that it scans."""

    def __init__(self, knowledge: Knowledge) -> None:
        reader = Reader(knowledge)
        self.words: Sequence[str] = list_words(knowledge)
        self._entries = knowledge.entries
        self._reader = reader
        self.said = self._index(reader.read_features)

    @cached_property
    def sounds(self) -> Index:
        """The units by their sounds."""
        return self._index(Ear(self._reader).extract)

    def _index(self, extract: Extract) -> Index:
        return ScannedIndex(read_contents(self._entries, extract, self._reader.faults), self._reader.faults)


def build_exhaustive(knowledge: Knowledge) -> Matcher:
    """Return a matcher that scans."""
    return Matcher(knowledge, Scanned(knowledge))


def measure_recall(
    ask: Callable[[str], Verdict], exhaustive: Callable[[str], Verdict], texts: Sequence[str]
) -> float:
    """Return the part (0 to 1) of what the exhaustive decision answers or offers that `ask` does, too."""
    due = found = 0
    for text in texts:
        answers = _list_codes(exhaustive(text))
        due += len(answers)
        found += len(answers & _list_codes(ask(text)))
    return found / due if due else 1.0


def _list_codes(verdict: Verdict) -> set[str]:
    return {match.entry.code for match in verdict.matches}
