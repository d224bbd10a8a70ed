"""When a weekly digest is due: by the clock of its time zone, over changes of the clock too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.digest_schedule import DigestSchedule, read_schedule


def read(written: str) -> DigestSchedule:
    """Read a schedule that is one."""
    schedule = read_schedule(written)
    assert schedule is not None
    return schedule


def find(written: str, now: str) -> tuple[str, str]:
    """Return the name of the latest slot and its time in UTC."""
    slot = read(written).find_latest_slot(datetime.fromisoformat(now).timestamp())
    return slot.name, datetime.fromtimestamp(slot.at, UTC).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("now", "name"),
    [
        ("2026-11-23T09:00+08:00", "2026-11-23T09:00"),
        ("2026-11-23T08:59:59+08:00", "2026-11-16T09:00"),
        ("2026-11-29T23:59+08:00", "2026-11-23T09:00"),
        ("2026-11-23T00:59+00:00", "2026-11-16T09:00"),
        ("2026-11-23T01:00+00:00", "2026-11-23T09:00"),
    ],
)
def test_by_the_clock_of_its_zone(now: str, name: str) -> None:
    """It is due at its time of day there, to the second."""
    assert find("C012:mon:09:00:Asia/Shanghai", now)[0] == name


@pytest.mark.parametrize("day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
def test_each_day(day: str) -> None:
    """Whatever the day, the latest slot is of that day and within the week before."""
    for hour in range(0, 24 * 8, 5):
        now = datetime(2026, 11, 23, tzinfo=UTC).timestamp() + hour * 3600
        slot = read(f"C012:{day}:12:30").find_latest_slot(now)
        assert datetime.fromtimestamp(slot.at, UTC).strftime("%a %H:%M").lower() == f"{day} 12:30"
        assert 0 <= now - slot.at < 7 * 86_400


def test_clocks_put_forward() -> None:
    """A time that the clock leaves out comes an hour later, and once."""
    assert find("C012:sun:02:30:Europe/Berlin", "2026-03-29T04:00+02:00") == (
        "2026-03-29T02:30",
        "Sun 2026-03-29 01:30",
    )
    assert find("C012:sun:02:30:Europe/Berlin", "2026-03-29T01:59+01:00")[0] == "2026-03-22T02:30"


def test_clocks_put_back() -> None:
    """A time that the clock shows twice counts the first time."""
    first = ("2026-10-25T02:30", "Sun 2026-10-25 00:30")
    for now in ("2026-10-25T02:30+02:00", "2026-10-25T02:15+01:00", "2026-10-25T02:45+01:00"):
        assert find("C012:sun:02:30:Europe/Berlin", now) == first


def test_without_a_zone() -> None:
    """Without a zone it is UTC."""
    assert find("G345:fri:18:00", "2026-11-28T00:00+00:00") == ("2026-11-27T18:00", "Fri 2026-11-27 18:00")
