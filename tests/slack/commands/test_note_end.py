"""When a note ends is read from its last words, in either language."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.slack.commands.note_end import read_end
from tests.support.shipped import load_shipped

LANGUAGES = tuple(load_shipped().languages.values())
NOW = datetime(2026, 11, 28, 14, 30, 20).astimezone()


def read(text: str) -> tuple[str, str]:
    """Return the text and the end, by day and time."""
    kept, end = read_end(text, NOW.timestamp(), LANGUAGES)
    return kept, datetime.fromtimestamp(end).astimezone().strftime("%d %H:%M") if end else ""


@pytest.mark.parametrize(
    ("text", "kept", "end"),
    [
        (
            "Known outage in eu-central, fix at 15:00 until 15:00",
            "Known outage in eu-central, fix at 15:00",
            "28 15:00",
        ),
        ("Known outage, until 14:00", "Known outage", "29 14:00"),
        ("Known outage until 2h", "Known outage", "28 16:30"),
        ("Known outage for 90 minutes.", "Known outage", "28 16:00"),
        ("Known outage until tomorrow", "Known outage", "30 00:00"),
        ("Known outage UNTIL TOMORROW", "Known outage", "30 00:00"),
        ("Known outage till 3 days", "Known outage", "01 14:30"),
        ("Known outage 2h", "Known outage 2h", "28 16:30"),
        ("Back tomorrow", "Back tomorrow", "30 00:00"),
        ("华东机房故障，到15:00", "华东机房故障", "28 15:00"),
        ("华东机房故障，15:00 修复，到 15：00", "华东机房故障，15:00 修复", "28 15:00"),
        ("华东机房故障直到明天", "华东机房故障", "30 00:00"),
        ("华东机房故障 持续2小时", "华东机房故障", "28 16:30"),
        ("华东机房故障 ３０分钟", "华东机房故障 ３０分钟", "28 15:00"),
    ],
)
def test_end(text: str, kept: str, end: str) -> None:
    """The end goes from the text where a word such as "until" names it."""
    assert read(text) == (kept, end)


@pytest.mark.parametrize(
    "text",
    [
        "Known outage, fix at 15:00", "until further notice", "until 25:00", "until 12:75", "see ticket 4h2",
        "Known outage",
        "until 2h we saw it", "x2h", "已知故障，15:00 修复", "到 25:00", "", "until",
    ],
)  # fmt: skip
def test_no_end(text: str) -> None:
    """What names no end stays as it was typed."""
    assert read(text) == (text, "")
