"""The strings an entry can be found by, and which of them share features with a text.

Built once per snapshot of knowledge. It finds candidates; scorer.py weighs them, matcher.py decides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.entry import Entry
from bot.matching.features import Feature
from bot.matching.lexicon import NOT
from bot.matching.text import Text, read

Origin = Literal["message", "title", "phrase"]
Faults = Set[tuple[str, int]]

POLAR_WEIGHT = 1.3
"""A polar term says more than a noun: what is wrong, not with what."""

UNKNOWN_WORD, UNKNOWN_PAIR = 1.6, 0.8
"""Weights of what no entry says: a word, a pair of characters."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One string of an entry, with its features: name -> sign (0 where it has no polarity).

    `meaning` is the same as a set: units of one meaning score alike. `core` holds the features that say
    what is wrong; `negative` tells that the string denies something.
    """

    entry: Entry
    origin: Origin
    text: str
    folded: str
    features: Mapping[str, int]
    meaning: frozenset[tuple[str, int]]
    weight: float
    core: frozenset[str]
    shared: tuple[str, ...]
    negative: bool


class Index:
    """Units by feature, and the weight of each feature: the rarer among entries, the heavier."""

    def __init__(
        self, entries: Iterable[Entry], extract: Callable[[Text], list[Feature]], faults: Faults
    ) -> None:
        """Read every string of the entries with `extract`; `faults` are features that tell what is wrong."""
        self.faults = faults
        strings = [
            (entry, origin, text, shared, read(text))
            for entry in entries
            for origin, text, shared in _strings(entry)
        ]
        features = [_names(extract(reading), faults) for *_, reading in strings]
        self.profiles: dict[str, set[str]] = defaultdict(set)
        for (entry, *_), names in zip(strings, features, strict=True):
            self.profiles[entry.id].update(names)
        self._weights = self._weigh(features)
        self.units = tuple(
            self._unit(entry, origin, text, shared, reading.folded, names)
            for (entry, origin, text, shared, reading), names in zip(strings, features, strict=True)
        )
        messages = (unit.folded for unit in self.units if unit.origin == "message")
        self.message_texts = tuple(message for message in messages if message)
        self._messages = {unit.entry.id: unit for unit in self.units if unit.origin == "message"}
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(self.units):
            for name in unit.features:
                self._postings[name].append(number)

    def message(self, entry: Entry) -> Unit:
        """Return the unit of an entry's message."""
        return self._messages[entry.id]

    def knows(self, name: str) -> bool:
        """Say whether any entry has the feature."""
        return name in self._weights

    def weight(self, name: str) -> float:
        """Return how much a feature tells; of one that no entry has, a small constant."""
        known = self._weights.get(name)
        if known is not None:
            return known
        return UNKNOWN_PAIR if _is_pair(name) else UNKNOWN_WORD

    def find_candidates(self, names: Iterable[str], limit: int, covered: float) -> list[Unit]:
        """Return at most `limit` units of which the features named hold the part `covered` (0-1) or more.

        Those of which most is covered come first; equal ones stand in the order of the knowledge.
        """
        gathered: dict[int, float] = defaultdict(float)
        for name in set(names):
            weight = self._weights.get(name, 0.0)
            for number in self._postings.get(name, ()):
                gathered[number] += weight
        units = self.units
        near = [number for number, weight in gathered.items() if weight >= covered * units[number].weight]
        near.sort(key=lambda number: (-gathered[number] / (units[number].weight + 2), number))
        return [units[number] for number in near[:limit]]

    def _weigh(self, features: Iterable[Mapping[str, int]]) -> dict[str, float]:
        holders: dict[str, int] = defaultdict(int)
        for profile in self.profiles.values():
            for name in profile:
                holders[name] += 1
        polar = {NOT} | {name for names in features for name, sign in names.items() if sign}
        count = len(self.profiles)
        return {
            name: (1 + math.log((count + 1) / number))
            * (POLAR_WEIGHT if name in polar else 1)
            * (0.5 if _is_pair(name) else 1)  # several pairs of Chinese characters make one word
            for name, number in holders.items()
        }

    def _unit(
        self,
        entry: Entry,
        origin: Origin,
        text: str,
        shared: tuple[str, ...],
        folded: str,
        names: Mapping[str, int],
    ) -> Unit:
        core = frozenset(name for name, sign in names.items() if (name, sign) in self.faults)
        return Unit(
            entry=entry,
            origin=origin,
            text=text,
            folded=folded.strip(" .。!\"'"),
            features=names,
            meaning=frozenset(names.items()),
            weight=sum(map(self.weight, names)),
            core=core,
            shared=shared,
            negative=any(sign < 0 for sign in names.values()),
        )


def _names(features: Iterable[Feature], faults: Faults) -> dict[str, int]:
    """Return name -> sign; of what is said with both signs, the one that tells a fault."""
    names: dict[str, int] = {}
    for feature in features:
        if feature.name not in names or (feature.name, feature.sign) in faults:
            names[feature.name] = feature.sign
    return names


def _is_pair(name: str) -> bool:
    return len(name) <= 2 and not name.isascii()


def _strings(entry: Entry) -> Iterable[tuple[Origin, str, tuple[str, ...]]]:
    """Yield what an entry can be found by, the message first; an entry being written may have none yet."""
    yield "message", entry.message, ()
    for title in entry.title.values():
        yield "title", title, ()
    for phrase in entry.phrases:
        yield "phrase", phrase.text, phrase.shared
