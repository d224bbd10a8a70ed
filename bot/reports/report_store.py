"""Reads reports from the database. It takes as long as counting does, so no acknowledgement waits for it."""

from __future__ import annotations

from itertools import chain

import sqlalchemy as sa

from bot.knowledge.snapshot import Knowledge
from bot.reports.figures import Feedback, MissedTopic, Report, add_up, rank_codes
from bot.reports.periods import Period
from bot.stores import figures, gap_groups, votes
from bot.stores.database import Database

PATIENCE = 30.0  # seconds of one statement; a million lines take one
MOST_CODES, MOST_MISSED = 5, 5
MOST_LOOKED_AT = 500  # gaps: some may be closed by now


class ReportStore:
    """Builds reports; StoreError tells that the database failed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def build_report(self, team: str, period: Period, knowledge: Knowledge) -> Report:
        """Return what happened in a team within a time; codes that are documented by now were not missed."""
        with self._database.read(PATIENCE) as connection:
            return read_report(connection, team, period, knowledge)


def read_report(connection: sa.Connection, team: str, period: Period, knowledge: Knowledge) -> Report:
    """Return what happened within a time, in one team."""
    before = period.before
    parts = [
        (part, figures.count_by_surface(connection, team, part.since, part.until)) for part in period.split()
    ]
    by_channel = figures.count_by_channel(connection, team, period.since, period.until)
    missed, missed_count = gap_groups.rank_groups(
        connection,
        team,
        period.since,
        period.until,
        kinds=("question", "code"),
        ignored=False,
        limit=MOST_LOOKED_AT,
    )
    still = [group for group in missed if not (group.code and knowledge.find_entries(group.code))]
    return Report(
        period=period,
        figures=add_up(chain(by_channel, *(lines for _, lines in parts))),
        before=add_up(figures.count_by_surface(connection, team, before.since, before.until)),
        feedback=_find_feedback(connection, team, period),
        feedback_before=_find_feedback(connection, team, before),
        parts=[(part, add_up(lines).total) for part, lines in parts],
        codes=rank_codes(figures.count_answers(connection, team, period.since, period.until), MOST_CODES),
        missed=[MissedTopic(group.code, group.people, group.days) for group in still[:MOST_MISSED]],
        missed_count=missed_count - len(missed) + len(still),
    )


def _find_feedback(connection: sa.Connection, team: str, period: Period) -> Feedback:
    span = (team, period.since, period.until)
    said = votes.count_votes(connection, *span)
    counts = {
        kind: sum(count for (each, _), count in said.items() if each == kind) for kind in ("helped", "not-it")
    }
    return Feedback(counts["helped"], counts["not-it"], figures.count_mutes(connection, *span))
