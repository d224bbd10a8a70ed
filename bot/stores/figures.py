"""Figures of the ledger: how many lines of a time are alike, counted by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.stores.tables import channels, ledger, thread_mutes

_ALIKE = (ledger.c.kind, ledger.c.action, ledger.c.reason)
_ENTRIES = sa.cast(ledger.c.entries, sa.Text)  # PostgreSQL compares no JSON


@dataclass(frozen=True, slots=True)
class LineCount:
    """How many lines are alike in all of these; `channel` is "" where it was not asked for."""

    surface: str
    channel: str
    kind: str
    action: str
    reason: str
    count: int


def count_lines(
    connection: sa.Connection, team: str, since: float, until: float, *, by_channel: bool = False
) -> Sequence[LineCount]:
    """Count the lines of a time, by what they have in common; the channel counts where that is asked for.

    The fewer columns, the faster: with the channel it takes twice as long.
    """
    channel = [ledger.c.channel] if by_channel else []
    columns = (ledger.c.surface, *channel, *_ALIKE)
    asked = (
        sa.select(*columns, sa.func.count().label("count"))
        .where(*_within(team, since, until))
        .group_by(*columns)
    )
    found = connection.execute(asked).mappings()
    return [LineCount(**{"channel": "", **row}) for row in found]


def count_answers(connection: sa.Connection, team: str, since: float, until: float) -> dict[str, int]:
    """Count how often which entries were answered together; the key is their list, in JSON."""
    asked = (
        sa.select(_ENTRIES, sa.func.count())
        .where(*_within(team, since, until), ledger.c.kind == "answered", ledger.c.action != "silent")
        .group_by(_ENTRIES)
    )
    return {row[0]: row[1] for row in connection.execute(asked)}


def count_mutes(connection: sa.Connection, team: str, since: float, until: float) -> int:
    """Count the threads and channels in which somebody told the desk to be silent in a time."""
    count = 0
    for table, at in ((thread_mutes, thread_mutes.c.at), (channels, channels.c.muted_at)):
        asked = sa.select(sa.func.count()).where(table.c.team == team, at >= since, at < until, at > 0.0)
        count += connection.execute(asked).scalar_one()
    return count


def _within(team: str, since: float, until: float) -> list[sa.ColumnElement[bool]]:
    return [ledger.c.team == team, ledger.c.at >= since, ledger.c.at < until]
