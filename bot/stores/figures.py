"""Figures of the ledger: how many lines of a time are alike, counted by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from bot.stores.tables import channels, ledger, thread_mutes

_ENTRIES = sa.cast(ledger.c.entries, sa.Text)  # PostgreSQL compares no JSON

Outcome = Literal["answered", "offered", "silent", "replied", "read", "nothing"]

QUESTIONS = ("command", "mention", "thread", "direct_message", "shortcut")
"""Surfaces where people put questions to the desk; what a button posts is no question."""

_WATCH = "watch"
_NO_QUESTION = ("thanks", "nothing-said")  # reasons of lines on posts that ask nothing
_REPLIES = ("card", "short", "roll-up", "join-roll-up")  # actions by which a watched post got a reply
_OUTCOME = sa.case(
    (sa.and_(ledger.c.surface == _WATCH, ledger.c.action.in_(_REPLIES)), "replied"),
    (sa.and_(ledger.c.surface == _WATCH, ledger.c.action != "update"), "read"),  # an edit was counted before
    (sa.or_(ledger.c.surface.not_in(QUESTIONS), ledger.c.reason.in_(_NO_QUESTION)), "nothing"),
    (sa.or_(ledger.c.kind == "answered", ledger.c.reason == "already-answered"), "answered"),
    (ledger.c.kind == "choices", "offered"),
    else_="silent",
)


@dataclass(frozen=True, slots=True)
class LineCount:
    """How many lines came out alike, on one surface or in one channel; the other of the two is "".

    answered, offered (a choice) and silent are of questions, replied and read of watched posts.
    """

    outcome: Outcome
    count: int
    surface: str = ""
    channel: str = ""


def count_by_surface(connection: sa.Connection, team: str, since: float, until: float) -> Sequence[LineCount]:
    """Count the lines of a time by surface and outcome."""
    found = _count(connection, ledger.c.surface, _within(team, since, until))
    return [LineCount(outcome, count, surface=surface) for surface, outcome, count in found]


def count_by_channel(connection: sa.Connection, team: str, since: float, until: float) -> Sequence[LineCount]:
    """Count the lines of a time by channel and outcome."""
    found = _count(connection, ledger.c.channel, _within(team, since, until))
    return [LineCount(outcome, count, channel=channel) for channel, outcome, count in found]


def _count(
    connection: sa.Connection, column: sa.Column[str], within: list[sa.ColumnElement[bool]]
) -> Sequence[Any]:
    # Within a subquery: PostgreSQL takes two spellings of one expression with parameters for two.
    lines = sa.select(column.label("place"), _OUTCOME.label("outcome")).where(*within).subquery()
    columns = (lines.c.place, lines.c.outcome)
    return connection.execute(sa.select(*columns, sa.func.count()).group_by(*columns)).all()


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
