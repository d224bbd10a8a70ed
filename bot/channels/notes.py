"""The notes that hold in a channel, kept for a second: every answer asks for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence

from cachetools import TTLCache

from bot.channels.outage import Outage
from bot.outbox.note_store import NoteRow, NoteStore

KEPT = 1.0  # seconds; what another process changes is seen after that, at the latest
MOST_KEPT = 10_000  # channels


class ChannelNotes:
    """Finds notes, and changes them. Threads may share it."""

    def __init__(
        self,
        store: NoteStore,
        outage: Outage,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` tells epoch seconds; `timer` counts seconds."""
        self._store = store
        self._outage = outage
        self._clock = clock
        self._kept: TTLCache[tuple[str, str], Sequence[NoteRow]] = TTLCache(MOST_KEPT, KEPT, timer)
        self._changes = 0
        self._lock = threading.Lock()

    def find_due(self, team: str, channel: str, codes: Collection[str]) -> list[NoteRow]:
        """Return the notes on these codes, newest first; none where the database fails."""
        with self._lock:
            kept, changes = self._kept.get((team, channel)), self._changes
        if kept is None:
            none: Sequence[NoteRow] = ()
            kept = self._outage.ask(lambda: self._store.find_notes(team, channel), otherwise=none)
            with self._lock:
                if changes == self._changes:  # else it may be older than what was changed meanwhile
                    self._kept[team, channel] = kept
        now = self._clock()
        return [row for row in kept if row.code in codes and (row.until is None or row.until > now)]

    def list_notes(self, team: str, channel: str) -> Sequence[NoteRow]:
        """Return every note that holds in a channel now. Raises StoreError."""
        return self._store.find_notes(team, channel)

    def set_note(self, row: NoteRow) -> None:
        """Write a note, in place of the one that its channel has on the code. Raises StoreError."""
        self._store.set_note(row)
        self._forget()

    def delete_note(self, team: str, channel: str, code: str) -> bool:
        """Take a note off; say whether there was one. Raises StoreError."""
        was_there = self._store.delete_note(team, channel, code)
        self._forget()
        return was_there

    def _forget(self) -> None:
        with self._lock:
            self._changes += 1
            self._kept.clear()
