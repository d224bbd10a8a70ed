"""Lines of the ledger that nobody waits for: on answers that are given from memory.

A thread writes those that wait in one transaction. A line is lost, and counted, where the database takes none
or too many wait.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from bot.errors import StoreError
from bot.stores import ledger
from bot.stores.database import Database
from bot.stores.ledger import LedgerRow

MOST_WAITING = 1_000  # lines
MOST_AT_ONCE = 200  # lines of one transaction
MOMENT = 0.03  # seconds that lines are gathered where several came together
LAST_WAIT = 2.0  # seconds at the end

_log = logging.getLogger(__name__)


class LedgerQueue:
    """Writes lines in the background. Threads may share it."""

    def __init__(self, database: Database, note_lost: Callable[[int], None] = lambda _count: None) -> None:
        """`note_lost` is told how many lines were lost."""
        self._database = database
        self._note_lost = note_lost
        self._waiting: queue.Queue[LedgerRow | None] = queue.Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._lock = threading.Lock()

    def put(self, row: LedgerRow) -> None:
        """Have a line written, soon. Never waits, and raises nothing."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_on, name="ledger-queue", daemon=True)
                self._thread.start()
        try:
            if self._is_closed:
                raise queue.Full
            self._waiting.put_nowait(row)
        except queue.Full:
            self._note_lost(1)

    def wait(self) -> None:
        """Return once each line that waits is written or lost."""
        self._waiting.join()

    def close(self, timeout: float = LAST_WAIT) -> None:
        """Write what waits, for some seconds at most, then take nothing more."""
        with self._lock:
            self._is_closed = True
            thread = self._thread
        if thread and thread.is_alive():
            try:
                self._waiting.put(None, timeout=timeout)
            except queue.Full:
                return
            thread.join(timeout)

    def _write_on(self) -> None:
        while (row := self._waiting.get()) is not None:
            rows = [row]
            while len(rows) < MOST_AT_ONCE and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    self._write(rows)
                    return
                rows.append(following)
            self._write(rows)
            if len(rows) > 1:  # under load: a transaction costs more than the lines in it
                time.sleep(MOMENT)

    def _write(self, rows: list[LedgerRow]) -> None:
        try:
            with self._database.write() as connection:
                ledger.add_rows(connection, rows)
        except StoreError as error:
            self._note_lost(len(rows))
            _log.warning("lines of the ledger are lost", extra={"lines": len(rows), "error": str(error)})
        finally:
            for _ in rows:
                self._waiting.task_done()
