"""All units of an index, for tests that look at each."""

from __future__ import annotations

from bot.matching.index import Index
from bot.matching.search_string import SearchString


def list_units(index: Index) -> list[SearchString]:
    """Return them in the order of the knowledge."""
    return index.units.get(range(len(index.units)))
