"""API messages of layer packs: found where they stand in a text word for word, and in no other way.

Words belong to the entries of the primary pack, so a layer's message counts only where these don't answer the
text, or repeat another fault. Codes are numbers/decide.py's part, posts watch.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.index import Index
from bot.matching.reading import Reading
from bot.matching.verdict import CERTAIN, Evidence, Match
from bot.matching.wording import find_places

LIKELY = 48  # messages that may stand in a stretch of a text, as in words_in_posts.py


class LayerMessages:
    """Finds the entries of layer packs whose message a text quotes."""

    def __init__(self, knowledge: Knowledge, index: Index) -> None:
        """Find the messages by the index."""
        self._knowledge = knowledge
        self._index = index
        self._layers = frozenset(pack.id for pack in knowledge.packs.values() if pack.primary)

    def find(self, reading: Reading) -> tuple[Match, ...]:
        """Return the entries quoted, in reading order; a message inside a longer one is none."""
        folded = reading.text.folded
        packs = self._layers if reading.packs is None else self._layers.intersection(reading.packs)
        found = [
            (start, start + len(unit.folded), unit)
            for unit in (self._index.find_quoted(folded, LIKELY, packs) if packs else ())
            for start in islice(find_places(folded, unit.folded), 1)
        ]
        spans = {(start, end) for start, end, _ in found}
        return tuple(
            Match(
                self._knowledge.get_entry(unit.entry_id),
                CERTAIN,
                Evidence("message", reading.text.span(start, end), unit.text),
            )
            for start, end, unit in sorted(found, key=lambda one: one[0])
            if not any(first <= start and end <= last for first, last in spans - {(start, end)})
        )


def repeat(found: Sequence[Match], answers: Iterable[Entry]) -> bool:
    """Say whether one of the quoted repeats the fault of an entry that answers the text."""
    ids = {entry.id for entry in answers}
    return any(not ids.isdisjoint(match.entry.same_fault) for match in found)
