"""How long a report and the list of gaps take over a large ledger, as multiples of a bare count of its rows.

A bare count is `SELECT kind, COUNT(*) FROM ledger WHERE ... GROUP BY kind` over the lines of both periods of
a report, and `SELECT key, COUNT(*) FROM gaps WHERE ... GROUP BY key` over its gaps. It takes turns
with what is measured, so that a busy moment of the machine hits both.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from bot.authoring.render import align
from bot.knowledge.snapshot import Knowledge
from bot.reports.periods import DAY, Period
from bot.reports.report_store import MOST_LOOKED_AT, PATIENCE, ReportStore
from bot.stores import gap_groups
from bot.stores.database import Database
from bot.stores.tables import gaps, ledger

TEAM = "T0BENCH"
NOW = 1_790_000_000.0
DAYS = 60  # that the rows are spread over: thirty, and the thirty before
ROUNDS = 5
AT_ONCE = 10_000
GAPS_OF = 5  # lines, of which one has a gap: a fifth of them is on questions without an answer
CHANNELS, PEOPLE, CODES, WORDS = 200, 2_000, 1_000, 50_000
SURFACES = ("watch", "watch", "watch", "watch", "command", "mention", "direct_message", "thread")
OUTCOMES = (
    ("answered", "card", ""),
    ("abstained", "silent", "unsure"),
    ("abstained", "silent", "nothing-near"),
    ("filtered", "silent", "muted"),
    ("choices", "notice", ""),
)


@dataclass(frozen=True, slots=True)
class Timing:
    """What was timed, in milliseconds: the median, that of the bare count, and how many times it is that."""

    name: str
    took: float
    bare: float

    @property
    def times(self) -> float:
        """How many bare counts it takes."""
        return self.took / self.bare


def fill(database: Database, rows: int, seed: int) -> None:
    """Write so many lines, and a fifth as many gaps, spread over DAYS."""
    dice = random.Random(seed)
    numbers = iter(range(rows))
    while some := list(itertools.islice(numbers, AT_ONCE)):
        with database.write() as connection:
            connection.execute(ledger.insert(), [_build_line(dice, number, rows) for number in some])
            asked_in_vain = [_build_gap(dice, number, rows) for number in some if number % GAPS_OF == 0]
            connection.execute(gaps.insert(), asked_in_vain)
    with database.write() as connection:
        connection.execute(sa.text("ANALYZE"))


def measure(database: Database, knowledge: Knowledge) -> list[Timing]:
    """Time a report and the list of gaps, each against the bare count of the same rows."""
    month = Period(NOW - 30 * DAY, NOW)
    week = Period(NOW - 7 * DAY, NOW)
    store = ReportStore(database)
    whole = Period(NOW - DAYS * DAY, NOW)
    return [
        _race(
            "report of 30 days",
            lambda: store.build_report(TEAM, month, knowledge),
            lambda: _count_all(database, month),
        ),
        _race(
            "report of 7 days",
            lambda: store.build_report(TEAM, week, knowledge),
            lambda: _count_all(database, week),
        ),
        _race("gaps of 60 days", lambda: _list_gaps(database, whole), lambda: _count_gaps(database, whole)),
    ]


def render(name: str, rows: int, timings: list[Timing]) -> str:
    """Return the timings of one database."""
    head = (f"{name}, {rows:,} lines", "ms", "bare count, ms", "times")
    lines = [(one.name, f"{one.took:.0f}", f"{one.bare:.0f}", f"{one.times:.1f}") for one in timings]
    return align([head, *lines])


def _race(name: str, work: Callable[[], object], bare: Callable[[], object]) -> Timing:
    took, counted = [], []
    for _ in range(ROUNDS):
        counted.append(_time(bare))
        took.append(_time(work))
    return Timing(name, statistics.median(took), statistics.median(counted))


def _time(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _count_all(database: Database, period: Period) -> None:
    """Count the rows that a report reads: lines of its period and the one before, gaps of its period."""
    lines = (ledger.c.team == TEAM, ledger.c.at >= period.before.since, ledger.c.at < period.until)
    _count(database, ledger.c.kind, *lines)
    _count_gaps(database, period)


def _count_gaps(database: Database, period: Period) -> None:
    own = (gaps.c.team == TEAM, gaps.c.latest_at >= period.since, gaps.c.first_at < period.until)
    _count(database, gaps.c.key, *own)


def _count(database: Database, column: sa.Column[str], *conditions: sa.ColumnElement[bool]) -> None:
    asked = sa.select(column, sa.func.count()).where(*conditions).group_by(column)
    with database.read(PATIENCE) as connection:
        connection.execute(asked).all()


def _list_gaps(database: Database, period: Period) -> object:
    with database.read(PATIENCE) as connection:
        return gap_groups.rank_groups(connection, TEAM, period.since, period.until, limit=MOST_LOOKED_AT)


def _find_time(number: int, rows: int) -> float:
    return NOW - DAYS * DAY * (1 - number / rows)


def _build_line(dice: random.Random, number: int, rows: int) -> dict[str, object]:
    kind, action, reason = dice.choice(OUTCOMES)
    entries = [f"pack/{dice.randrange(CODES)}"] if kind in ("answered", "choices") else []
    return {
        "team": TEAM,
        "channel": f"C{dice.randrange(CHANNELS)}",
        "ts": f"{number}.000100",
        "root": f"{number}.000100",
        "surface": dice.choice(SURFACES),
        "by_bot": False,
        "kind": kind,
        "rule": "code",
        "score": 100.0,
        "entries": entries,
        "runners_up": [],
        "reason": reason,
        "action": action,
        "at": _find_time(number, rows),
        "latency_ms": 1.0,
        "text": "",
        "person": f"U{dice.randrange(PEOPLE)}",
    }


def _build_gap(dice: random.Random, number: int, rows: int) -> dict[str, object]:
    code = f"BENCH_{dice.randrange(CODES)}" if dice.random() < 0.5 else ""
    at = _find_time(number, rows)
    return {
        "team": TEAM,
        "key": f"code:{code}" if code else f"words:{dice.randrange(WORDS):016x}",
        "kind": "code" if code else "question",
        "code": code,
        "channel": f"C{dice.randrange(CHANNELS)}",
        "root": f"{number}.000100",
        "ts": f"{number}.000100",
        "person": f"U{dice.randrange(PEOPLE)}",
        "surface": "mention",
        "language": "en",
        "nearest": [],
        "first_at": at,
        "latest_at": at,
        "line": None,
    }
