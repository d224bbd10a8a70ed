"""Slack's date tokens: each reader sees the time in the own time zone."""

from __future__ import annotations


def build_time(at: float) -> str:
    """Return the token that Slack shows as the reader's time of day (docs.slack.dev, date formatting).

    >>> build_time(1790000000)
    '<!date^1790000000^{time}|14:13 UTC>'
    """
    return _build(at, "{time}")


def build_moment(at: float) -> str:
    """Return the token that Slack shows as the reader's day and time: "today at 14:13"."""
    return _build(at, "{date_short_pretty} {time}")


def _build(at: float, form: str) -> str:
    second = int(at)
    return f"<!date^{second}^{form}|{second % 86400 // 3600:02}:{second % 3600 // 60:02} UTC>"
