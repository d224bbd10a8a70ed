"""Marks on gaps: ignored, and no longer."""

from __future__ import annotations

import sqlalchemy as sa

from bot.stores import gap_marks
from bot.stores.database import Database
from bot.stores.tables import gap_marks as table
from tests.support.rows import TEAM


def list_marks(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return the team and key of each mark, in order."""
    return sorted((row.team, row.key) for row in connection.execute(sa.select(table)))


def test_ignored_and_restored(database: Database) -> None:
    """A gap is ignored until somebody takes that back, in its team alone."""
    with database.write() as connection:
        for key in ("code:1", "code:2"):
            gap_marks.ignore_gap(connection, TEAM, key, "U0MEI", 1.0)
        gap_marks.ignore_gap(connection, "T0OTHER", "code:1", "U0MEI", 1.0)
        assert list_marks(connection) == [(TEAM, "code:1"), (TEAM, "code:2"), ("T0OTHER", "code:1")]
        for _ in range(2):
            gap_marks.restore_gap(connection, TEAM, "code:1")
            assert list_marks(connection) == [(TEAM, "code:2"), ("T0OTHER", "code:1")]


def test_first_one_stays(database: Database) -> None:
    """Ignored by two people, it is the first one's mark."""
    with database.write() as connection:
        gap_marks.ignore_gap(connection, TEAM, "code:1", "U0MEI", 1.0)
        gap_marks.ignore_gap(connection, TEAM, "code:1", "U0ANA", 2.0)
        found = connection.execute(sa.select(table.c.person, table.c.at)).all()
    assert [tuple(row) for row in found] == [("U0MEI", 1.0)]
