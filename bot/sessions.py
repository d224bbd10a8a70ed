"""Whether Socket Mode has a session: what readiness goes by, which forgives the moments of a reconnect.

Slack ends a session every few hours, and its client connects anew; only a minute without any is a fault.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FORGIVEN = 60.0  # seconds without a session
LOOK = 1.0  # seconds between two looks


class Sessions:
    """The sessions of one service; by HTTP there are none, and none is missed."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        """`timer` counts seconds."""
        self._timer = timer
        self._is_connected: Callable[[], bool] | None = None
        self._lived_at = timer()

    @contextmanager
    def watch(self, is_connected: Callable[[], bool]) -> Iterator[None]:
        """Look every second, on a thread, whether a session lives; `is_connected` says so."""
        self._is_connected, self._lived_at = is_connected, self._timer()
        ended = threading.Event()
        thread = threading.Thread(target=self._look_on, args=(ended,), name="sessions", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def are_live(self) -> bool:
        """Say whether a session lives, or did within the last minute."""
        now = self._timer()
        if self._is_connected is None or self._is_connected():
            self._lived_at = now
        return now - self._lived_at < FORGIVEN

    def _look_on(self, ended: threading.Event) -> None:
        while not ended.wait(LOOK):
            self.are_live()
