"""The scribe: writes lines of the ledger that come with nothing else, which is what most posts come to.

Those that arrive until a transaction has begun go together into it: on a busy desk a transaction costs more
than all of its lines. Whoever has one written waits until it is. Called by record.py.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from bot.errors import StoreError
from bot.stores import ledger
from bot.stores.database import Database
from bot.stores.ledger import LedgerRow


@dataclass(slots=True)
class _Line:
    """A line, and what became of it."""

    row: LedgerRow
    is_written: bool = False
    error: Exception | None = None


class Scribe:
    """Writes to the ledger of a database; threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Line] = []
        self._lock = threading.Lock()  # of the list
        self._turn = threading.Lock()  # to write

    def write(self, row: LedgerRow) -> None:
        """Write a line down. Raises StoreError, and it isn't written, where the database fails."""
        line = _Line(row)
        with self._lock:
            self._waiting.append(line)
        with self._turn:
            if not line.is_written and not line.error:
                self._write_all()
        if isinstance(line.error, StoreError):  # one for each: threads add their tracebacks
            raise StoreError(line.error.key, **line.error.values) from line.error
        if line.error:
            raise line.error

    def _write_all(self) -> None:
        """Write what waits. Where that fails, so has what came meanwhile: Slack waits for each of them."""
        lines: list[_Line] = []
        try:
            with self._database.write() as connection:
                lines = self._take()
                ledger.add_rows(connection, [line.row for line in lines])
        except Exception as error:  # noqa: BLE001 - each of them raises it
            for line in [*lines, *self._take()]:
                line.error = error
        else:
            for line in lines:
                line.is_written = True

    def _take(self) -> list[_Line]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken
