"""The benchmark of reports, on a small ledger. No time is asserted."""

from __future__ import annotations

from pathlib import Path

from bench import ledger
from bot.knowledge.snapshot import Knowledge
from bot.reports.periods import DAY, Period
from bot.reports.report_store import ReportStore
from bot.stores.database import open_database


def test_measures_what_it_filled(tmp_path: Path, knowledge: Knowledge) -> None:
    """Each is timed against the bare count of the rows that it reads, and the figures are of all rows."""
    database = open_database(f"sqlite:///{tmp_path}/ledger.db")
    database.migrate()
    ledger.fill(database, 600, seed=1)
    timings = ledger.measure(database, knowledge)
    assert [one.name for one in timings] == ["report of 30 days", "report of 7 days", "gaps of 60 days"]
    assert all(one.took > 0 and one.bare > 0 and one.times > 0 for one in timings)
    report = ReportStore(database).build_report(
        ledger.TEAM, Period(ledger.NOW - 30 * DAY, ledger.NOW), knowledge
    )
    database.close()
    assert report.figures.total.asked + report.figures.total.posts == 300
    assert report.missed_count == 60
    assert ledger.render("SQLite", 600, timings).startswith("SQLite, 600 lines")
