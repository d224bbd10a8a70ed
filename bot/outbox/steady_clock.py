"""The desk's time: epoch seconds that go on evenly, though the machine's clock or the database's is set.

Within a process time is counted by a monotonic timer. Processes that share a database start from its clock:
PostgreSQL's own, or for a file of SQLite the machine's. Where that clock jumps, the database keeps how far it
is off (`clock_shift`), so that a process that starts later counts on from the same time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa

from bot.errors import StoreError
from bot.stores import desk_state, outbox
from bot.stores.database import Database
from bot.stores.desk_state import CLOCK_SHIFT

JUMP = 5.0  # seconds; what clocks drift apart in a minute, or a slow transaction takes, is less
SLOW = 1.0  # seconds; a clock that took longer to be read tells nothing, and is read again the next time
INTERVAL = 60.0  # seconds between two comparisons with the database's clock

_log = logging.getLogger(__name__)


def count_seconds() -> float:
    """Return seconds by a timer that nobody can set; on Linux it goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SteadyClock:
    """Called, it returns epoch seconds; threads may share it."""

    def __init__(self, wall: Callable[[], float], timer: Callable[[], float]) -> None:
        """Start from the machine's clock `wall`; count by `timer`."""
        self._wall = wall
        self._timer = timer
        self._base = wall() - timer()
        self._shift: float | None = None  # as it was when the clocks were compared last
        self._compared_at = float("-inf")
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self._timer() + self._base

    def compare(self, database: Database) -> None:
        """Follow the database's clock where it drifts; where it jumped, go on evenly and record by how much.

        Does something once in INTERVAL only. A database that fails is asked again the next time.
        """
        with self._lock:
            if self._timer() - self._compared_at < INTERVAL:
                return
            self._compared_at = self._timer()
            try:
                with database.write() as connection:
                    self._compare(connection)
            except StoreError as error:
                _log.warning("the database's clock can't be read", extra={"error": str(error)})

    def _compare(self, connection: sa.Connection) -> None:
        began = self._timer()
        clock = _read_clock(connection, self._wall)
        if self._timer() - began > SLOW:
            return
        shift = float(desk_state.read_state(connection, CLOCK_SHIFT, "0"))
        if self._shift is None:
            off = min(
                clock + shift - outbox.find_latest_time(connection), 0.0
            )  # set back while nobody counted
            now = clock + shift - off
        else:
            now = self()
            off = clock + shift - now if shift == self._shift else 0.0  # else another process saw the jump
        if abs(off) < JUMP:
            self._base, self._shift = clock + shift - self._timer(), shift
            return
        self._base, self._shift = now - self._timer(), round(now - clock, 3)
        desk_state.write_state(connection, CLOCK_SHIFT, str(self._shift))
        _log.warning("the clock jumped; waits and ages go on evenly", extra={"seconds": round(off, 1)})


def _read_clock(connection: sa.Connection, wall: Callable[[], float]) -> float:
    """Return the time by the clock that all processes on the database share."""
    if connection.dialect.name == "sqlite":
        return wall()
    return float(connection.execute(sa.select(sa.extract("epoch", sa.func.clock_timestamp()))).scalar_one())
