"""How well a text says what a unit says: 0 (not at all) to 100 (that and nothing else).

Recall of the unit's features, weighted, times the precision of the text around them. Opposite
polarity is no match. The place where the features stand close together counts, not the whole text.

The numbers below were set by hand on the golden questions and tests/abstain.yaml, and a random search
around them found nothing better; who changes one measures both with `faultbook eval`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.lexicon import NOT
from bot.matching.search_string import SearchString

INSIDE, OUTSIDE, LONE_OUTSIDE = 0.6, 0.15, 3.0
"""What an unmatched feature costs between the matched ones, elsewhere, and elsewhere beside a lone one."""

BESIDE = 0.25
"""How much of the inside price a feature right beside the matched ones costs."""

STRANGE = 0.6
"""What a feature that no entry has costs of these: chatter in words the lexicon lacks."""

OUTSIDE_MOST = 10.0
"""Weight elsewhere that still counts: a long text is not worse than a longish one."""

OTHER_FAULT = 0.8
"""What another fault right beside costs: "binding failed" is not "already bound"."""

STOP, PAUSE = 1.5, 0.5
"""What a full stop or a comma between matched features costs, as unmatched weight."""

WITHOUT_CORE, DENIED, LONE_THING, HEALTHY, OTHER_THING = 0.6, 0.5, 0.6, 0.6, 0.68
"""What is left of a score if the unit's fault is not told, if it is denied, if one thing alone is named,
if something is said to be well and nothing to be wrong, if between a thing and its fault another thing
stands that no entry knows ("the share button is missing")."""

DENIED_REACH = 2
"""Features between a negator and what it denies."""

SUBSTANCE = 3.0
"""Matched weight below which a score is cut in proportion: "error" says nearly nothing."""

ANCHORS = 4
"""Places of the rarest feature that are tried."""


class Likeness(NamedTuple):
    """A score with the span of folded characters it rests on.

    `names` are the features matched. `opposed` are those of which the text says the opposite while
    everything else of the unit is there.
    """

    score: float
    start: int = 0
    end: int = 0
    names: frozenset[str] = frozenset()
    opposed: frozenset[str] = frozenset()


NOTHING = Likeness(0.0)


class Weighed:
    """A text's features with their weights; made once for all units that are held against it."""

    def __init__(self, features: Sequence[Feature], index: Index) -> None:
        """Weigh the features by the index."""
        self.features = features
        self.weights = [index.weight(feature.name) for feature in features]
        self.strange = [not index.knows(feature.name) for feature in features]
        self.costs = [
            weight * (STRANGE if strange else 1)
            for weight, strange in zip(self.weights, self.strange, strict=True)
        ]
        self.faults = [(feature.name, feature.sign) in index.faults for feature in features]
        self.healthy = [
            bool(feature.sign) and (feature.name, -feature.sign) in index.faults for feature in features
        ]
        self.total_cost = sum(self.costs)
        self.tells_fault = any(self.faults)
        self.tells_health = any(self.healthy)
        places = range(len(self.features))
        self.denies_other = [_denies_other(features, self.strange, place) for place in places]
        self.names_other = [_names_other_thing(self, place) for place in places]
        self.is_denied = [_is_denied(features, place) for place in places]


def score(text: Weighed, unit: SearchString, index: Index) -> Likeness:
    """Score a text against a unit of the index."""
    places: dict[str, list[int]] = {}
    opposed: dict[str, Feature] = {}
    for number, feature in enumerate(text.features):
        sign = unit.features.get(feature.name)
        if sign is None:
            continue
        if sign == feature.sign or not sign or not feature.sign:
            places.setdefault(feature.name, []).append(number)
        elif feature.likeness == 1:
            opposed[feature.name] = feature
    opposed = {name: feature for name, feature in opposed.items() if name not in places}
    if opposed:
        rest = unit.weight - sum(map(index.weight, opposed))
        there = sum(
            index.weight(name)
            for name, numbers in places.items()
            if any(
                _are_close(text.features[number], feature)
                for number in numbers
                for feature in opposed.values()
            )
        )
        return NOTHING._replace(opposed=frozenset(opposed)) if rest and there >= 0.8 * rest else NOTHING
    if not places:
        return NOTHING
    anchor = max(places, key=lambda name: (text.weights[places[name][0]] / len(places[name]), name))
    return max(
        (_score_place(text, unit, _nearest(places, place), place) for place in places[anchor][:ANCHORS]),
        key=lambda likeness: likeness.score,
    )


def _nearest(places: Mapping[str, list[int]], anchor: int) -> list[int]:
    """Return for each feature its place nearest to the anchor, in reading order."""
    return sorted(
        numbers[0] if len(numbers) == 1 else min(numbers, key=lambda number: abs(number - anchor))
        for numbers in places.values()
    )


def _score_place(text: Weighed, unit: SearchString, chosen: list[int], anchor: int) -> Likeness:
    """Score the chosen features; the one farthest from the anchor is dropped as long as that is better."""
    best = NOTHING
    while chosen and _bound_score(text, unit, chosen) > best.score:  # what is dropped makes the bound less
        likeness = _score_window(text, unit, chosen)
        if likeness.score > best.score:
            best = likeness
        first, last = chosen[0], chosen[-1]
        far = first if anchor - first > last - anchor else last
        if far == anchor:
            break
        chosen = [number for number in chosen if number != far]
    return best


def _bound_score(text: Weighed, unit: SearchString, chosen: list[int]) -> float:
    """Return the most that the chosen features can score, whatever stands around them."""
    return 100 * min(1.0, _match(text, chosen) / unit.weight)


def _match(text: Weighed, chosen: list[int]) -> float:
    return sum([text.weights[number] * text.features[number].likeness for number in chosen])


def _score_window(text: Weighed, unit: SearchString, chosen: list[int]) -> Likeness:
    features, costs = text.features, text.costs
    chosen = [number for number in chosen if not text.denies_other[number]]
    if not chosen:
        return NOTHING
    first, last = chosen[0], chosen[-1]
    matched = _match(text, chosen)
    spent = sum(costs[first : last + 1])
    beside = list(_neighbours(features, first, last))
    around = (*range(first, last + 1), *beside)
    inside = spent - sum([costs[number] for number in chosen]) + BESIDE * sum([costs[n] for n in beside])
    outside = min(OUTSIDE_MOST, text.total_cost - spent)
    names = frozenset([features[number].name for number in chosen])
    # A lone word must be nearly all that is said: 不在线 asks about a device, 小明今天请假，不在线 does not.
    cost = INSIDE * inside + (LONE_OUTSIDE if len(names) == 1 else OUTSIDE) * outside
    cost += STOP * (features[last].clause - features[first].clause)
    cost += PAUSE * min(3, features[last].pause - features[first].pause)
    if text.tells_fault:
        cost += OTHER_FAULT * sum(
            text.weights[number]
            for number in around
            if text.faults[number]
            and features[number].name not in unit.features
            and text.weights[number] > SUBSTANCE
        )
    result = (
        100 * min(1.0, matched / unit.weight) * matched / (matched + cost) * min(1.0, matched / SUBSTANCE)
    )
    tells_fault = text.tells_fault and any(text.faults[number] for number in chosen)
    if any(text.names_other[number] for number in chosen):
        result *= OTHER_THING
    if unit.core and not unit.core & names:
        result *= WITHOUT_CORE
    if len(names) == 1 and not any(
        text.faults[number] and features[number].likeness == 1 for number in chosen
    ):
        result *= LONE_THING
    if text.tells_health and not tells_fault:
        # Where nothing is wrong, all of the text counts.
        places = around if text.tells_fault else range(len(features))
        if any(text.healthy[number] and number not in chosen for number in places):
            result *= HEALTHY
    if NOT not in unit.features and any(text.is_denied[number] for number in chosen):
        result *= DENIED
    result = min(100.0, result)  # by the order of sums it may be a hair above
    return Likeness(result, features[first].start, features[last].end, names)


def _names_other_thing(text: Weighed, number: int) -> bool:
    """Say whether a chosen thing is but the first part of one that no entry knows: "share button"."""
    if number + 1 == len(text.features) or not text.strange[number + 1] or text.faults[number]:
        return False
    one, other = text.features[number], text.features[number + 1]
    blank = 1 if other.name.isascii() else 0
    return not one.sign and other.start - one.end == blank


def _denies_other(features: Sequence[Feature], strange: Sequence[bool], number: int) -> bool:
    """Say whether a negator denies something no entry knows: 车钥匙没电 is not "no key"."""
    if features[number].name != NOT or number + 1 == len(features):
        return False
    return strange[number + 1] and _are_close(features[number], features[number + 1])


def _is_denied(features: Sequence[Feature], number: int) -> bool:
    """Say whether a negator stands shortly before a feature, in its clause."""
    before = features[max(0, number - DENIED_REACH) : number]
    return any(feature.name == NOT and _are_close(feature, features[number]) for feature in before)


def _are_close(one: Feature, other: Feature) -> bool:
    """Say whether no stop and no comma stands between two features."""
    return (one.clause, one.pause) == (other.clause, other.pause)


def _neighbours(features: Sequence[Feature], first: int, last: int) -> Iterator[int]:
    """Yield the positions right beside a window in the same clause."""
    for inner, outer in ((first, first - 1), (last, last + 1)):
        if 0 <= outer < len(features) and _are_close(features[inner], features[outer]):
            yield outer
