"""A database that failed a moment ago is not asked again at once, where the answer can do without it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

from bot.errors import StoreError

REST = 1.0  # seconds: each failure may take longer than somebody waits for an answer

Found = TypeVar("Found")


class Outage:
    """Asks the database as long as it answers. Threads may share it."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        """`timer` counts seconds."""
        self._timer = timer
        self._until = -math.inf

    def ask(self, query: Callable[[], Found], otherwise: Found) -> Found:
        """Return what a query finds; `otherwise` where the database fails, or did within REST seconds."""
        if self._timer() < self._until:
            return otherwise
        try:
            return query()
        except StoreError:
            self._until = self._timer() + REST
            return otherwise
