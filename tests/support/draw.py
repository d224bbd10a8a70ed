"""One place where the tests of generated questions draw from: a fixed seed each time."""

from __future__ import annotations

from random import Random


def draw(seed: int) -> Random:
    """Return the draws of a seed."""
    return Random(seed)  # noqa: S311 - always the same draws are what is wanted
