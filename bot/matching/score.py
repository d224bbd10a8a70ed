"""What a text and a string of an entry have in common, what that is worth, and which scores decide.

Measures are numbers of 0 to about 1, which a person can check; weighed_text.py takes them. Those that speak
for the string have a positive weight, the others a negative one: `faultbook tune` fitted them into
weights.json, with the thresholds. A score is 50 for a text that says as much for an entry as against it, ten
points for each unit of log odds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from operator import mul
from typing import NamedTuple, get_type_hints

MUCH = 6.0  # weight of two words: of what is matched, as much again counts half


class Measures(NamedTuple):
    """What speaks for a string and against it.

    Of the string: what is `missing` in the text (of its weight), that the text's end `cut` it, that it was
    read with `slips`, how `much` is matched. Of what is said besides, relative to what is matched: `inside`
    the stretch, `strange` there (no entry has it), right `beside` it, and in the sentence of a `lone` word.
    Of what speaks against it: a stretch that is `denied`, something that is `healthy` where nothing is at
    fault, an `other_thing` that begins with the thing named, a `stranger` right before it, an entry that is
    `contradicted`, a candidate that another one `covered`.
    Of the letters: stretch and string (`letters`), statement and string (`stated`). And `context`: what else
    of the text belongs to the entry.
    """

    missing: float = 0.0
    slips: float = 0.0
    inside: float = 0.0
    strange: float = 0.0
    beside: float = 0.0
    lone: float = 0.0
    denied: float = 0.0
    healthy: float = 0.0
    other_thing: float = 0.0
    stranger: float = 0.0
    contradicted: float = 0.0
    cut: float = 0.0
    covered: float = 0.0
    letters: float = 0.0
    stated: float = 0.0
    much: float = 0.0
    context: float = 0.0


MEASURES = tuple(get_type_hints(Measures))
MISSING, MATCHED = MEASURES.index("missing"), MEASURES.index("much")
SPEAK_FOR = frozenset({"much", "letters", "stated", "context"})
"""Measures that speak for a string; their weights are positive, those of the others negative."""


def relate(weight: float, matched: float) -> float:
    """Return a weight relative to another one, 0 to 1."""
    return weight / (weight + matched) if weight else 0.0


HARD = {"contradicted": -20.0}
"""Weights that are not fitted: more than all that can speak for a string. No gain is worth the opposite."""

MIDDLE, POINTS = 50.0, 10.0
"""The score of even odds, and of each unit of log odds. A scale, which decides nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each measure in the order of their names, and what every string scores to begin with."""

    base: float
    values: tuple[float, ...]

    @classmethod
    def of(cls, base: float, weights: Mapping[str, float]) -> Weights:
        """Return weights by the names of measures. Raises KeyError if one is missing."""
        return cls(base, tuple(weights[name] for name in MEASURES))

    def score(self, measures: Measures) -> float:
        """Return what measures come to."""
        odds: float = sum(map(mul, self.values, measures), self.base)
        return MIDDLE + POINTS * odds

    def bound(self, part: float, weight: float) -> float:
        """Return what a string of a weight comes to, that part (0-1) of it being said and nothing else."""
        missing = min(0.0, self.values[MISSING] * (1 - part))
        return MIDDLE + POINTS * (self.base + missing + self.values[MATCHED] * relate(part * weight, MUCH))

    def explain(self, measures: Measures) -> tuple[tuple[str, float, float], ...]:
        """Return each measure that counts with its value and its points, those that count most first."""
        told = [
            (name, value, POINTS * weight * value)
            for name, weight, value in zip(MEASURES, self.values, measures, strict=True)
            if weight * value
        ]
        return ("base", 1.0, POINTS * self.base), *sorted(told, key=lambda one: -abs(one[2]))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores, 50 for even odds: from `answer` on an entry is the answer, from `offer` on it is worth naming.

    `margin` is the lead over the runner-up below which both are offered.
    """

    answer: float
    offer: float
    margin: float


_FITTED = json.loads(files("bot.matching").joinpath("weights.json").read_text(encoding="utf-8"))
WEIGHTS = Weights.of(_FITTED["base"], _FITTED["weights"])
CHOSEN = Thresholds(**_FITTED["thresholds"])
"""What `faultbook tune --weights` fitted and chose; the file tells on which questions."""

FAINT = CHOSEN.offer - POINTS * sum(WEIGHTS.values[MEASURES.index(name)] for name in ("letters", "stated"))
"""A score below which a string is no candidate, whatever its letters add."""
