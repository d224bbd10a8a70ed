"""The batcher: group commit for ledger rows that come with nothing else, as most posts do.

Rows that arrive until a transaction has begun are written together: a transaction costs more than all of its
rows. Under load it waits 5 ms before it begins one, as PostgreSQL's commit_delay does. write() returns when
the row is committed.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from bot.errors import StoreError
from bot.stores import ledger
from bot.stores.database import Database
from bot.stores.ledger import LedgerRow

GATHERING = 0.005  # seconds before a transaction begins, where the last one wrote several rows


@dataclass(slots=True)
class _Waiter:
    """A row, and what became of it. Its thread sleeps until it is committed, or that thread must write."""

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
        self._waiting: list[_Waiter] = []
        self._is_writing = False
        self._lock = threading.Lock()  # of these two
        self._is_busy = False

    def write(self, row: LedgerRow) -> None:
        """Write a row. Raises StoreError, and it isn't written, where the database fails."""
        line = _Waiter(row)
        line.asleep.acquire()
        with self._lock:
            self._waiting.append(line)
            must_wait, self._is_writing = self._is_writing, True
        if must_wait:
            line.asleep.acquire()
        if not line.is_over:
            self._write_all()
        if isinstance(line.error, StoreError):  # one for each: threads add their tracebacks
            raise StoreError(line.error.key, line.error.detail, **line.error.values) from line.error
        if line.error:
            raise line.error

    def _write_all(self) -> None:
        """Write what waits. Where that fails, so has what came meanwhile: Slack waits for each of them."""
        lines: list[_Waiter] = []
        error = None
        try:
            if self._is_busy:
                time.sleep(GATHERING)
            with self._database.write() as connection:
                lines = self._take_waiting()
                ledger.add_rows(connection, [line.row for line in lines])
        except BaseException as failure:  # noqa: BLE001 - each of them raises it, so that none waits for ever
            error = failure
            lines += self._take_waiting()
        self._is_busy = len(lines) > 1
        for line in lines:
            line.is_over, line.error = True, error
        with self._lock:
            coming = self._waiting[:1]
            self._is_writing = bool(coming)
        for line in (*coming, *lines):
            line.asleep.release()

    def _take_waiting(self) -> list[_Waiter]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken
