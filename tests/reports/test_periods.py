"""Spans of time as people write them, and their parts."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from bot.reports.periods import DAY, HOUR, Period, read_since, read_span

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("12h", 12 * HOUR), ("7d", 7 * DAY), ("30d", 30 * DAY), ("4w", 28 * DAY), ("3650d", 3650 * DAY)],
)
def test_span(written: str, seconds: float) -> None:
    """A span is a number with h, d or w behind it."""
    assert read_span(written) == seconds
    assert read_since(written, NOW) == Period(NOW - seconds, NOW)


@pytest.mark.parametrize(
    "written", ["", "7", "d", "0d", "-7d", "7 d", "7D", "3651d", "99999w", "7d ", "1e3d", "٣d"]
)
def test_no_span(written: str) -> None:
    """Anything else is none, and so is a longer one than anything is kept for."""
    assert read_span(written) is None
    assert read_since(written, NOW) is None


def test_day() -> None:
    """A day counts from its midnight, by UTC."""
    midnight = datetime(2026, 11, 23, tzinfo=UTC).timestamp()
    assert read_since("2026-11-23", NOW) == Period(midnight, NOW)


@pytest.mark.parametrize("written", ["2026-11-29", "2026-02-30", "2016-01-01", "2026-1-3", "0000-00-00"])
def test_no_day(written: str) -> None:
    """A day that is to come, that the calendar lacks, or before anything that is kept, is none."""
    assert read_since(written, NOW) is None


def test_before() -> None:
    """The period before is as long, and ends where this one begins."""
    assert Period(NOW - 7 * DAY, NOW).before == Period(NOW - 14 * DAY, NOW - 7 * DAY)


@pytest.mark.parametrize(
    ("days", "parts", "width"), [(1, 1, 1), (7, 7, 1), (30, 15, 2), (90, 15, 6), (100, 15, 7)]
)
def test_split(days: int, parts: int, width: int) -> None:
    """The parts follow each other without a gap, are of whole days, and never more than a chart holds."""
    period = Period(NOW - days * DAY, NOW)
    found = period.split()
    assert (len(found), period.days_of_part) == (parts, width)
    assert (found[0].since, found[-1].until) == (period.since, period.until)
    assert all(one.until == other.since for one, other in itertools.pairwise(found))
    assert found[-1].length == width * DAY
