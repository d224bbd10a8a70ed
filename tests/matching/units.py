"""What tests ask an index for."""

from __future__ import annotations

from collections.abc import Iterable

from bot.matching.index import Index
from bot.matching.search_string import SearchString


def list_units(index: Index) -> list[SearchString]:
    """Return all strings in the order of the knowledge."""
    return index.get_units(range(len(index)))


def get_message(index: Index, entry_id: str) -> SearchString:
    """Return an entry's message."""
    return next(unit for unit in list_units(index) if unit.entry_id == entry_id and unit.origin == "message")


def find_units(index: Index, names: Iterable[str], limit: int, covered: float) -> list[SearchString]:
    """Return the strings of which the features named hold a part, without that part."""
    return [unit for unit, _ in index.find_covered(names, limit, covered)]
