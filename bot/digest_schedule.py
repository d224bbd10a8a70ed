"""When the weekly digest is due in a channel: a day and time of the week in a time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WRITTEN = re.compile(
    r"(?P<channel>[CG][A-Z0-9]{2,30}):(?P<day>[a-z]{3}):(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
    r"(?::(?P<zone>[A-Za-z0-9_+/-]{1,60}))?"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which a digest is due: epoch seconds, and the name that no other time has."""

    name: str
    at: float


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """A channel, and when its digest is due: the day of the week, 0 for Monday, and the time of day."""

    channel: str
    weekday: int
    time: time
    zone: tzinfo

    def find_latest_slot(self, now: float) -> Slot:
        """Return the latest time that is due by now.

        Where clocks are put forward over that time, it is an hour later; put back, the first of the two.
        """
        today = datetime.fromtimestamp(now, self.zone).date()
        day = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        slot = self._build_slot(datetime.combine(day, self.time))
        return slot if slot.at <= now else self._build_slot(datetime.combine(day - timedelta(7), self.time))

    def _build_slot(self, local: datetime) -> Slot:
        at = local.replace(tzinfo=self.zone).astimezone(UTC)
        return Slot(f"{local:%Y-%m-%dT%H:%M}", at.timestamp())


def read_schedule(written: str) -> DigestSchedule | None:
    """Return the schedule that CHANNEL:DAY:HH:MM[:ZONE] names, or None; without a zone it is UTC."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    found = _WRITTEN.fullmatch(written)
    if not found or found["day"] not in DAYS:
        return None
    try:
        zone = ZoneInfo(found["zone"]) if found["zone"] else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "../x", or the name of a folder such as Asia
        return None
    at = time(int(found["hour"]), int(found["minute"]))
    return DigestSchedule(found["channel"], DAYS.index(found["day"]), at, zone)
