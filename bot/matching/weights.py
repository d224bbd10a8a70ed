"""What each measure is worth: weights that `faultbook tune` fitted, read from weights.json.

A score is 50 for a text that says as much for an entry as against it, ten points for each unit of log odds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul

from bot.matching.measures import MEASURES, Measures

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

    def explain(self, measures: Measures) -> tuple[tuple[str, float, float], ...]:
        """Return each measure that counts with its value and its points, those that count most first."""
        told = [
            (name, value, POINTS * weight * value)
            for name, weight, value in zip(MEASURES, self.values, measures, strict=True)
            if weight * value
        ]
        return ("base", 1.0, POINTS * self.base), *sorted(told, key=lambda one: -abs(one[2]))


@cache
def read_weights() -> Weights:
    """Return the weights that were fitted."""
    told = json.loads(files("bot.matching").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights.of(told["base"], told["weights"])
