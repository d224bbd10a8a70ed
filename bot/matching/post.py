"""A watched post as read, and what a rule of evidence found in it. Nothing is decided here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.knowledge.entry import Entry
from bot.matching.candidates import Candidate
from bot.matching.numbers.decide import Codes
from bot.matching.numbers.place import Place
from bot.matching.reading import Reading
from bot.matching.search_string import SearchString
from bot.matching.segments import Segment


@dataclass(frozen=True)
class Post:
    """A watched post as read; `eager` is the channel's setting, `bound` tells that it is bound to packs.

    `near` keeps the entry that a part of it means, `told` what a segment tells, for every pack looks at them.
    """

    codes: Codes
    segments: Sequence[Segment]
    messages: Sequence[SearchString]
    eager: bool
    bound: bool
    near: dict[str, Candidate | None] = field(default_factory=dict, repr=False, compare=False)
    told: dict[int, Sequence[tuple[Candidate, int, int]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def reading(self) -> Reading:
        """The post as read."""
        return self.codes.reading

    @property
    def folded(self) -> str:
        """The folded text."""
        return self.reading.text.folded

    def find_segment(self, position: int) -> Segment | None:
        """Return the segment in which a folded character stands."""
        number = bisect_right(self.segments, position, key=lambda segment: segment.start) - 1
        return self.segments[number] if number >= 0 and self.segments[number].holds(position) else None

    def list_places(self, segment: Segment) -> Sequence[Place]:
        """Return the numbers in a segment, in reading order."""
        places = self.codes.places
        first = bisect_left(places, segment.start, key=lambda place: place.start)
        return places[first : bisect_left(places, segment.end, first, key=lambda place: place.start)]


class Sign(NamedTuple):
    """Why the desk may speak of an entry; [start, end) is in folded characters."""

    entry: Entry
    rule: str
    start: int
    end: int
    phrase: str
