"""One string that an entry can be found by, with its features; and where such units are kept.

index.py makes them from entries; a store in memory stands here, one on disk in bot/compiled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal, Protocol

Origin = Literal["message", "title", "phrase"]


@dataclass(frozen=True, slots=True)
class SearchString:
    """One string of an entry, with its features: name -> sign (0 where it has no polarity).

    `number` is its place in the order of the knowledge, `entry_id` is `pack/code`. `core` holds the features
    that say what is wrong. `shared` are the codes of other entries that it is also true of. `is_verbatim`
    marks the message of a layer pack's entry, which is found as it stands and has no features.
    """

    number: int
    entry_id: str
    origin: Origin
    text: str
    folded: str
    features: Mapping[str, int]
    weight: float
    core: frozenset[str]
    shared: tuple[str, ...]
    is_verbatim: bool = False

    @property
    def meaning(self) -> frozenset[tuple[str, int]]:
        """The features as a set: units of one meaning score alike."""
        return frozenset(self.features.items())

    @property
    def is_negative(self) -> bool:
        """Say whether the string denies something."""
        return any(sign < 0 for sign in self.features.values())

    @property
    def pack(self) -> str:
        """The pack of the entry."""
        return self.entry_id.partition("/")[0]

    @property
    def code(self) -> str:
        """The code of the entry."""
        return self.entry_id.partition("/")[2]


class SearchStrings(Protocol):
    """The units of all entries, by number from 0 on."""

    def __len__(self) -> int:
        """Return how many there are."""

    def get(self, numbers: Sequence[int]) -> list[SearchString]:
        """Return the units of these numbers, in this order. Raises LookupError if one isn't there."""

    def get_message(self, entry_id: str) -> SearchString:
        """Return the unit of an entry's message. Raises LookupError."""

    def get_profiles(self, entry_ids: Iterable[str]) -> Mapping[str, Set[str]]:
        """Return the names of all features of each of these entries, by its id. Raises LookupError."""


class StringList:
    """Strings in memory."""

    def __init__(self, units: Iterable[SearchString], profiles: Mapping[str, Set[str]]) -> None:
        """`profiles` are the features of each entry by its id."""
        self._units = tuple(units)
        self._profiles = profiles
        self._messages = {unit.entry_id: unit for unit in self._units if unit.origin == "message"}

    def __len__(self) -> int:
        return len(self._units)

    def get(self, numbers: Sequence[int]) -> list[SearchString]:
        """Return the units of these numbers."""
        return [self._units[number] for number in numbers]

    def get_message(self, entry_id: str) -> SearchString:
        """Return the unit of an entry's message."""
        return self._messages[entry_id]

    def get_profiles(self, entry_ids: Iterable[str]) -> Mapping[str, Set[str]]:
        """Return the names of all features of each of these entries."""
        return {entry_id: self._profiles[entry_id] for entry_id in entry_ids}
