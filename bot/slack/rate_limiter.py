"""How many questions each person asks within a minute. Kept in memory alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from cachetools import TTLCache

MOST_QUESTIONS = 30
WITHIN = 60  # seconds
MOST_PERSONS = 10_000  # counted at a time


class RateLimiter:
    """Counts questions. Threads may share it."""

    def __init__(
        self,
        timer: Callable[[], float] = time.monotonic,
        observe: Callable[[str], None] = lambda _surface: None,
    ) -> None:
        """`timer` counts seconds; `observe` is told of each question beyond the limit: its surface."""
        self._counts: TTLCache[tuple[str, str], list[int]] = TTLCache(MOST_PERSONS, WITHIN, timer)
        self._observe = observe
        self._lock = threading.Lock()

    def count_question(self, team: str, person: str, surface: str) -> int:
        """Count a question; return how many beyond the limit it is, within a minute of the person's first."""
        with self._lock:
            counted = self._counts.setdefault((team, person), [0])
            counted[0] += 1  # in place: a new value would begin a new minute
            beyond = max(0, counted[0] - MOST_QUESTIONS)
        if beyond:
            self._observe(surface)
        return beyond
