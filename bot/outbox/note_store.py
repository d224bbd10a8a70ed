"""The notes that people put on codes, in the database, where every process finds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.stores import notes
from bot.stores.database import Database
from bot.stores.notes import EVERYWHERE, NoteRow

__all__ = ["EVERYWHERE", "NoteRow", "NoteStore"]


class NoteStore:
    """Reads and writes notes. Each method is one transaction; StoreError tells that it failed."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """`clock` tells epoch seconds."""
        self._database = database
        self._clock = clock

    def set_note(self, row: NoteRow) -> None:
        """Write a note, in place of the one that its channel has on the code."""
        with self._database.write() as connection:
            notes.set_note(connection, row)

    def delete_note(self, team: str, channel: str, code: str) -> bool:
        """Take a note off; say whether there was one."""
        with self._database.write() as connection:
            return notes.delete_note(connection, team, channel, code)

    def find_notes(self, team: str, channel: str, codes: Collection[str] | None = None) -> Sequence[NoteRow]:
        """Return the notes that hold in a channel now, newest first: on these codes, or on any."""
        with self._database.read() as connection:
            return notes.find_notes(connection, team, channel, self._clock(), codes)
