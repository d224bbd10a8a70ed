"""Marks on gaps: those that an author said to ignore. What the gaps are stands in gaps.py."""

from __future__ import annotations

import sqlalchemy as sa

from bot.stores.insert import insert_into
from bot.stores.tables import gap_marks


def ignore_gap(connection: sa.Connection, team: str, key: str, person: str, at: float) -> None:
    """Leave a gap out of lists from now on; who said so first, stays."""
    values = {"team": team, "key": key, "person": person, "at": at}
    connection.execute(
        insert_into(connection.dialect.name, gap_marks).values(values).on_conflict_do_nothing()
    )


def restore_gap(connection: sa.Connection, team: str, key: str) -> None:
    """Take that back."""
    connection.execute(gap_marks.delete().where(gap_marks.c.team == team, gap_marks.c.key == key))
