"""Which pack's code a text means, where several packs document it: told by the text, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.matching.reading import Reader
from bot.matching.search_string import fold_string
from bot.matching.wording import holds


class PackChooser:
    """Chooses among entries of one code by a snapshot of knowledge."""

    def __init__(self, packs: Mapping[str, Pack], reader: Reader) -> None:
        self._packs = packs
        self._reader = reader

    def choose(self, entries: Sequence[Entry], folded: str) -> Sequence[Entry]:
        """Return the entries that a folded text tells; all, if it tells none.

        An entry's own message tells, then the words of a layer alone, then those of a platform.
        """
        if len(entries) < 2:
            return entries
        told = (
            [one for one in entries if holds(folded, fold_string(one.message))],
            [one for one in entries if self._reader.find_own_evidence(self._packs[one.pack], folded)],
            [one for one in entries if self._reader.find_evidence(self._packs[one.pack], folded)],
        )
        return next((chosen for chosen in told if chosen), entries)
