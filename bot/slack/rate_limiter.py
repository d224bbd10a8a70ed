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

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        """`timer` counts seconds."""
        self._counts: TTLCache[tuple[str, str], list[int]] = TTLCache(MOST_PERSONS, WITHIN, timer)
        self._lock = threading.Lock()

    def count_question(self, team: str, person: str) -> int:
        """Count a question; return which it is of the minute that the person's first one began."""
        with self._lock:
            counted = self._counts.setdefault((team, person), [0])
            counted[0] += 1  # in place: a new value would begin a new minute
            return counted[0]

    def is_over(self, team: str, person: str) -> bool:
        """Count a question; say whether it is one more than a person may ask within a minute."""
        return self.count_question(team, person) > MOST_QUESTIONS
