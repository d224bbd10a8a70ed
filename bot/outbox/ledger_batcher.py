"""The batcher: writes lines of the ledger that come with nothing else, which is what most posts come to.

Those that arrive until a transaction has begun go together into it: on a busy desk a transaction costs more
than all of its lines, so that it lets a moment pass for more to come, as PostgreSQL's commit_delay does.
Whoever has a line written waits until it is. Called by record.py.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from bot.errors import StoreError
from bot.stores import ledger
from bot.stores.database import Database
from bot.stores.ledger import LedgerRow

MOMENT = 0.005  # seconds that lines are gathered where several came together the last time


@dataclass(slots=True)
class _Line:
    """A line, and what became of it. Its thread sleeps until it is over, or it is that thread's turn."""

    row: LedgerRow
    asleep: threading.Lock = field(default_factory=threading.Lock)
    is_over: bool = False
    error: BaseException | None = None


class LedgerBatcher:
    """Writes to the ledger of a database; threads may share it.

    One of them writes for all that wait, and then wakes each of those once: to have them come for a lock one
    after the other takes more time than writing does.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Line] = []
        self._is_writing = False
        self._lock = threading.Lock()  # of these two
        self._is_busy = False

    def write(self, row: LedgerRow) -> None:
        """Write a line down. Raises StoreError, and it isn't written, where the database fails."""
        line = _Line(row)
        line.asleep.acquire()
        with self._lock:
            self._waiting.append(line)
            must_wait, self._is_writing = self._is_writing, True
        if must_wait:
            line.asleep.acquire()
        if not line.is_over:
            self._write_all()
        if isinstance(line.error, StoreError):  # one for each: threads add their tracebacks
            raise StoreError(line.error.key, **line.error.values) from line.error
        if line.error:
            raise line.error

    def _write_all(self) -> None:
        """Write what waits. Where that fails, so has what came meanwhile: Slack waits for each of them."""
        lines: list[_Line] = []
        error = None
        try:
            if self._is_busy:
                time.sleep(MOMENT)
            with self._database.write() as connection:
                lines = self._take()
                ledger.add_rows(connection, [line.row for line in lines])
        except BaseException as failure:  # noqa: BLE001 - each of them raises it, so that none waits for ever
            error = failure
            lines += self._take()
        self._is_busy = len(lines) > 1
        for line in lines:
            line.is_over, line.error = True, error
        with self._lock:
            coming = self._waiting[:1]
            self._is_writing = bool(coming)
        for line in (*coming, *lines):
            line.asleep.release()

    def _take(self) -> list[_Line]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken
