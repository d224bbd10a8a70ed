"""What a text says, weighed and held against strings of entries: the best stretch for each, measured.

Nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.matching.features import Feature, agrees
from bot.matching.index import Index
from bot.matching.lexicon import NOT
from bot.matching.reading import Reading
from bot.matching.score import FAINT, MUCH, Measures, Weights, relate
from bot.matching.search_string import SearchString

REACH = 2  # features between a negator and what it denies
CONTEXT_MOST = 8.0  # weight of context that counts
NEARLY = 0.8  # the part of a string's weight with which all else of it is there
ANCHORS = 4  # places of the rarest feature that are tried: bounds the work on a long text


class Match(NamedTuple):
    """A string with its measures and the stretch of folded characters they rest on; `names` were matched."""

    measures: Measures
    score: float
    start: int
    end: int
    names: frozenset[str]


class WeighedText:
    """What a text says, weighed; made once for all strings that are held against it."""

    def __init__(self, reading: Reading, index: Index) -> None:
        """Weigh the features by the index."""
        self.reading, self.text, self.index = reading, reading.text, index
        self.features = features = reading.features
        self.weights = [index.weight(feature.name) for feature in features]
        self.strange = [not index.knows(feature.name) for feature in features]
        self.faults = [(feature.name, feature.sign) in index.faults for feature in features]
        self.healthy = [
            bool(feature.sign) and (feature.name, -feature.sign) in index.faults for feature in features
        ]
        self.sums = [0.0, *accumulate(self.weights)]
        self.tells_fault = any(self.faults)
        self.tells_health = any(self.healthy)
        places = range(len(features))
        self._places: dict[str, list[int]] = {}
        for place in places:
            if not self.strange[place] and not _denies_other(features, self.strange, place):
                self._places.setdefault(features[place].name, []).append(place)
        self.joins_next = [self.strange[place] and _touches_next(features, place) for place in places]
        self.names_other = [_names_other_thing(self, place) for place in places]
        self.is_denied = [_is_denied(features, self.strange, place) for place in places]
        statements = {
            one.start: one.said for one in reversed(reading.statements)
        }  # not those with the next one
        self._known: dict[frozenset[tuple[str, int]], tuple[Match | None, frozenset[str]]] = {}
        self._starts, self._statements = sorted(statements), statements

    def find_stated(self, start: int, end: int) -> str:
        """Return the statements that [start, end) of the folded text touches, as one."""
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        return " ".join(self._statements[place] for place in self._starts[max(0, first) : last])

    def measure(self, unit: SearchString, scale: Weights) -> tuple[Match | None, frozenset[str]]:
        """Return the best match of a string by its meaning, and the features whose opposite the text says.

        The latter only where everything else of the string is there. A match that scores next to nothing is
        none.
        """
        meaning = unit.meaning
        if meaning not in self._known:
            self._known[meaning] = self._find(unit, scale)
        match, opposed = self._known[meaning]
        if match is None:
            return None, opposed
        if not agrees(self._list_between(match.start, match.end), unit):
            return match, opposed  # what denies something else is written alike in vain
        said = self.text.folded[match.start : match.end]
        measures = match.measures._replace(
            letters=fuzz.ratio(said, unit.folded) / 100,
            stated=fuzz.ratio(self.find_stated(match.start, match.start + 1), unit.folded) / 100,
        )
        return match._replace(measures=measures, score=scale.score(measures)), opposed

    def _list_between(self, start: int, end: int) -> Sequence[Feature]:
        """Return the features that begin in [start, end) of the folded text."""
        first = bisect_left(self.features, start, key=lambda feature: feature.start)
        return self.features[
            first : bisect_left(self.features, end, first, key=lambda feature: feature.start)
        ]

    def _find(self, unit: SearchString, scale: Weights) -> tuple[Match | None, frozenset[str]]:
        places: dict[str, list[int]] = {}
        opposed: dict[str, Feature] = {}
        opposed_names: frozenset[str] = frozenset()
        for name, sign in unit.features.items():
            for number in self._places.get(name, ()):
                feature = self.features[number]
                if sign == feature.sign or not sign or not feature.sign:
                    places.setdefault(name, []).append(number)
                elif feature.likeness == 1:
                    opposed[name] = feature
        if NOT in places and not self._denies_some(places):
            del places[NOT]
        opposed = {name: feature for name, feature in opposed.items() if name not in places}
        if opposed:
            rest = unit.weight - sum(map(self.index.weight, opposed))
            near = [
                self.index.weight(name)
                for name, numbers in places.items()
                if any(self.features[n].is_close(other) for n in numbers for other in opposed.values())
            ]
            return None, frozenset(opposed if rest and sum(near) >= NEARLY * rest else ())
        if not places:
            return None, frozenset()
        if NOT in unit.features and NOT not in places and not self.tells_fault:
            rest = sum(self.index.weight(name) for name in unit.features if name != NOT and name in places)
            if rest >= NEARLY * (unit.weight - self.index.weight(NOT)):
                opposed_names = frozenset({NOT})
        if unit.core and not self.tells_fault and not self.tells_health:
            return None, opposed_names  # a string that tells a fault is no text's that tells none
        anchor = max(places, key=lambda name: (self.weights[places[name][0]] / len(places[name]), name))
        best: Match | None = None
        for place in places[anchor][:ANCHORS]:
            best = _choose(self, unit, _nearest(self.features, places, place), place, scale, best)
        return best, opposed_names

    def _denies_some(self, places: Mapping[str, list[int]]) -> bool:
        """Say whether a negator stands beside another feature, no comma between, as if it denied that."""
        parts = {self.features[n][5:7] for name, numbers in places.items() if name != NOT for n in numbers}
        return not parts or any(self.features[n][5:7] in parts for n in places[NOT])

    def measure_stretch(
        self, unit: SearchString, start: int, end: int, weight: float | None = None
    ) -> Measures:
        """Return the measures of a string, a weight of which stands at [start, end) of the text; else all."""
        matched = max(1.0, unit.weight) if weight is None else weight
        first = bisect_left(self.features, start, key=lambda feature: feature.start)
        return Measures(
            stranger=float(first > 0 and self.joins_next[first - 1]),
            letters=fuzz.ratio(self.text.folded[start:end], unit.folded) / 100,
            stated=fuzz.ratio(self.find_stated(start, end), unit.folded) / 100,
            much=relate(matched, MUCH),
        )


def _nearest(features: Sequence[Feature], places: Mapping[str, list[int]], anchor: int) -> list[int]:
    """Return for each feature its place nearest to the anchor, in its clause if there is one, in order."""
    return sorted(
        min(numbers, key=lambda n: (not features[n].is_close(features[anchor]), abs(n - anchor)))
        for numbers in places.values()
    )


def _choose(
    said: WeighedText, unit: SearchString, chosen: list[int], anchor: int, scale: Weights, best: Match | None
) -> Match | None:
    """Return the best match of the places chosen: the one farthest from the anchor is dropped in turn."""
    while True:
        matched = sum([said.weights[number] * said.features[number].likeness for number in chosen])
        if scale.bound(matched / unit.weight, unit.weight) <= (best.score if best else FAINT):
            return best  # what is dropped makes it less
        found = _measure_stretch(said, unit, chosen, matched)
        points = scale.score(found)
        first, last = chosen[0], chosen[-1]
        if best is None or points > best.score:
            names = frozenset([said.features[number].name for number in chosen])
            best = Match(found, points, said.features[first].start, said.features[last].end, names)
        far = first if anchor - first > last - anchor else last
        if far == anchor:
            return best
        chosen = [number for number in chosen if number != far]


def _measure_stretch(
    said: WeighedText, unit: SearchString, chosen: Sequence[int], matched: float
) -> Measures:
    features, weights, strange = said.features, said.weights, said.strange
    first, last = chosen[0], chosen[-1]
    full = sum([weights[number] for number in chosen])
    others = [number for number in range(first, last + 1) if not _repeats(features[number], unit)]
    beside = [n for n in _neighbours(features, first, last) if not _repeats(features[n], unit)]
    around = (*range(first, last + 1), *beside)
    tells_fault = any(said.faults[number] for number in chosen)
    places = around if said.tells_fault else range(len(features))
    return Measures(
        missing=max(0.0, 1 - full / unit.weight),
        slips=(full - matched) / full,
        inside=relate(sum([weights[number] for number in others if not strange[number]]), matched),
        strange=relate(sum([weights[number] for number in others if strange[number]]), matched),
        beside=relate(sum([weights[number] for number in beside]), matched),
        lone=relate(_weigh_sentence(said, first), matched) if len(chosen) == 1 else 0.0,
        denied=float(NOT not in unit.features and any(said.is_denied[number] for number in chosen)),
        healthy=float(
            said.tells_health and not tells_fault and any(said.healthy[n] and n not in chosen for n in places)
        ),
        other_thing=float(any(said.names_other[number] for number in chosen)),
        stranger=float(bool(first) and said.joins_next[first - 1]),
        much=relate(matched, MUCH),
    )


def _repeats(feature: Feature, unit: SearchString) -> bool:
    """Say whether a feature says once more what a string says."""
    return unit.features.get(feature.name) == feature.sign


def _weigh_sentence(said: WeighedText, place: int) -> float:
    """Return the weight of all else in the sentence of a feature, from the last word that reports on."""
    one = said.features[place]
    first = bisect_left(
        said.features, (one.clause, one.report), key=lambda other: (other.clause, other.report)
    )
    end = bisect_right(said.features, one.clause, first, key=lambda other: other.clause)
    return said.sums[end] - said.sums[first] - said.weights[place]


def _names_other_thing(said: WeighedText, number: int) -> bool:
    """Say whether a thing is but the first part of one that no entry knows: "share button"."""
    is_thing = not said.faults[number] and not said.features[number].sign
    return is_thing and _touches_next(said.features, number) and said.strange[number + 1]


def _touches_next(features: Sequence[Feature], number: int) -> bool:
    """Say whether nothing stands between a feature and the next one; a blank does between Latin words."""
    if number + 1 == len(features):
        return False
    one, other = features[number], features[number + 1]
    gap = 1 if one.name.isascii() and other.name.isascii() else 0
    return other.start - one.end <= gap and one.is_close(other)


def _denies_other(features: Sequence[Feature], strange: Sequence[bool], number: int) -> bool:
    """Say whether a negator denies something no entry knows: 车钥匙没电 is not "no key"."""
    if features[number].name != NOT or number + 1 == len(features):
        return False
    return strange[number + 1] and features[number].is_close(features[number + 1])


def _is_denied(features: Sequence[Feature], strange: Sequence[bool], number: int) -> bool:
    """Say whether a negator stands shortly before a feature, in its clause."""
    before = range(max(0, number - REACH), number)
    return any(
        features[place].name == NOT
        and features[place].is_close(features[number])
        and not _denies_other(features, strange, place)
        for place in before
    )


def _neighbours(features: Sequence[Feature], first: int, last: int) -> Iterator[int]:
    """Yield the positions right beside a stretch in the same clause."""
    for inner, outer in ((first, first - 1), (last, last + 1)):
        if 0 <= outer < len(features) and features[inner].is_close(features[outer]):
            yield outer
