"""The one rule of what a text denies: whether a stretch of it says the opposite of a string."""

from __future__ import annotations

from collections.abc import Iterable

from bot.matching.features import Feature
from bot.matching.search_string import SearchString


def agrees(said: Iterable[Feature], unit: SearchString, is_cut: bool = False) -> bool:
    """Say whether a stretch denies something where the string does, and of no term says the other side.

    Of a string that is cut short the denial may lie beyond the end of the text.
    """
    told = list(said)
    if any(feature.sign * unit.features.get(feature.name, 0) < 0 for feature in told):
        return False
    denies = any(feature.sign < 0 for feature in told)
    return denies == unit.is_negative or (is_cut and not denies)
