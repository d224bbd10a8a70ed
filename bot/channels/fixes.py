"""How many people say which step fixed it, kept for some seconds: every answer asks for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping

from cachetools import TTLCache

from bot.channels.outage import Outage
from bot.outbox.vote_store import VoteStore

KEPT = 10.0  # seconds; what another process counts is seen after that, at the latest
MOST_KEPT = 10_000  # entries

Votes = Mapping[str, int]
"""Votes by the hash of the step."""


class FixCounts:
    """Finds how often steps fixed it. Threads may share it."""

    def __init__(self, store: VoteStore, outage: Outage, timer: Callable[[], float] = time.monotonic) -> None:
        """`timer` counts seconds."""
        self._store = store
        self._outage = outage
        self._kept: TTLCache[tuple[str, str], Votes] = TTLCache(MOST_KEPT, KEPT, timer)
        self._lock = threading.Lock()

    def find(self, team: str, entries: Collection[str]) -> Mapping[str, Votes]:
        """Return the votes on steps of these entries (pack/code); none where the database fails."""
        with self._lock:
            kept = {name: self._kept.get((team, name)) for name in entries}
        missing = [name for name, votes in kept.items() if votes is None]
        if missing:
            none: Mapping[str, Votes] = {}
            found = self._outage.ask(lambda: self._store.count_fixes(team, missing), otherwise=none)
            with self._lock:
                for name in missing:
                    kept[name] = self._kept[team, name] = found.get(name, {})
        return {name: votes for name, votes in kept.items() if votes}

    def forget(self, team: str, entry: str) -> None:
        """Count the votes on an entry anew when they are asked for next."""
        with self._lock:
            self._kept.pop((team, entry), None)
