"""A watched post as read: what watch.py holds against the rules of evidence. Nothing is decided here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.codes import CodeMention
from bot.matching.reading import Reading
from bot.matching.records import Record
from bot.matching.search_string import SearchString


@dataclass(frozen=True, slots=True)
class Post:
    """Its codes and features, its records, the messages it may quote; `eager` is the channel's setting."""

    reading: Reading
    records: Sequence[Record]
    messages: Sequence[SearchString]
    eager: bool

    @property
    def folded(self) -> str:
        """The folded text."""
        return self.reading.text.folded

    def find_record(self, position: int) -> Record | None:
        """Return the record in which a folded character stands."""
        number = bisect_right(self.records, position, key=lambda record: record.start) - 1
        return self.records[number] if number >= 0 and self.records[number].holds(position) else None

    def list_mentions(self, record: Record) -> Sequence[CodeMention]:
        """Return the numbers in a record, in reading order."""
        mentions = self.reading.mentions
        first = bisect_left(mentions, record.start, key=lambda mention: mention.start)
        return mentions[first : bisect_left(mentions, record.end, first, key=lambda mention: mention.start)]
