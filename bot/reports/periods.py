"""Spans of time that a report is about. Times are epoch seconds; the present comes in as an argument."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

HOUR, DAY = 3600.0, 24 * 3600.0
LONGEST = 3650  # days, as long as anything is kept
MOST_PARTS = 15  # of a chart, where Slack draws 20 categories
_SPAN = re.compile(r"(?P<count>[0-9]{1,5})(?P<unit>[hdw])")
_UNITS = {"h": HOUR, "d": DAY, "w": 7 * DAY}


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` on, before `until`."""

    since: float
    until: float

    @property
    def length(self) -> float:
        """How long it is, in seconds."""
        return self.until - self.since

    @property
    def before(self) -> Period:
        """The period of the same length before it."""
        return Period(self.since - self.length, self.since)

    @property
    def days_of_part(self) -> int:
        """How many days a part has that split() makes."""
        return max(1, -int(-self.length // (MOST_PARTS * DAY)))

    def split(self) -> list[Period]:
        """Return its parts, the oldest first, each of `days_of_part` days that end with the period.

        >>> [part.length / DAY for part in Period(0.0, 2.5 * DAY).split()]
        [0.5, 1.0, 1.0]
        """
        width, parts, end = self.days_of_part * DAY, [], self.until
        while end > self.since:
            parts.append(Period(max(self.since, end - width), end))
            end -= width
        return parts[::-1]


def read_span(written: str) -> float | None:
    """Return the seconds of a span such as 12h, 7d or 4w, or None where it is none, or is too long.

    >>> read_span("7d"), read_span("0d"), read_span("a week")
    (604800.0, None, None)
    """
    found = _SPAN.fullmatch(written)
    seconds = int(found["count"]) * _UNITS[found["unit"]] if found else 0.0
    return seconds if 0.0 < seconds <= LONGEST * DAY else None


def read_since(written: str, now: float) -> Period | None:
    """Return the period up to now that a span or a day (2026-11-23, from midnight UTC) names, or None."""
    span = read_span(written)
    if span:
        return Period(now - span, now)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        return None
    try:
        since = datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
    return Period(since, now) if now - LONGEST * DAY <= since < now else None


def build_day(at: float) -> str:
    """Return the token that Slack shows as the reader's day (docs.slack.dev, date formatting).

    >>> build_day(1790000000)
    '<!date^1790000000^{date}|2026-09-21>'
    """
    return f"<!date^{int(at)}^{{date}}|{datetime.fromtimestamp(at, UTC):%Y-%m-%d}>"
