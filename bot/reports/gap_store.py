"""Gaps in the database: those that are open, and the marks that authors put on them."""

from __future__ import annotations

from collections.abc import Callable

from bot.knowledge.snapshot import Knowledge
from bot.reports.gap_list import OpenGap, build_gap, find_open_gaps
from bot.reports.report_store import MOST_LOOKED_AT, PATIENCE
from bot.stores import gap_groups, gap_marks, gaps
from bot.stores.database import Database

MOST_ROWS = 20  # of a gap, of which some are shown


class GapStore:
    """Finds gaps and marks them; StoreError tells that the database failed."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """`clock` tells epoch seconds."""
        self._database = database
        self._clock = clock

    def find_open(
        self,
        team: str,
        since: float,
        knowledge: Knowledge,
        is_answered: Callable[[str], bool],
        *,
        ignored: bool = False,
        most: int = 0,
    ) -> tuple[list[OpenGap], bool]:
        """Return the open gaps since then, or those that are ignored; and whether there are more than `most`.

        `is_answered` says whether a text gets an answer now.
        """
        with self._database.read(PATIENCE) as connection:
            limit = MOST_LOOKED_AT if most else None
            groups, _ = gap_groups.rank_groups(connection, team, since, ignored=ignored, limit=limit)
            return find_open_gaps(
                groups,
                lambda key: gaps.list_rows(connection, team, key, MOST_ROWS),
                knowledge,
                is_answered,
                most,
            )

    def find_gap(self, team: str, key: str, since: float, knowledge: Knowledge) -> OpenGap | None:
        """Return a gap by its key, whether or not it is closed, or None where none is kept since then."""
        with self._database.read(PATIENCE) as connection:
            groups, _ = gap_groups.rank_groups(connection, team, since, key=key)
            rows = gaps.list_rows(connection, team, key, MOST_ROWS)
        return build_gap(groups[0], rows, knowledge) if groups else None

    def ignore_gap(self, team: str, key: str, person: str) -> None:
        """Leave a gap out of the list from now on."""
        with self._database.write() as connection:
            gap_marks.ignore_gap(connection, team, key, person, self._clock())

    def restore_gap(self, team: str, key: str) -> None:
        """Take that back."""
        with self._database.write() as connection:
            gap_marks.restore_gap(connection, team, key)
