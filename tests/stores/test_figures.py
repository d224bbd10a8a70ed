"""Figures of the ledger: counted by the database, within a time, of one team or all."""

from __future__ import annotations

from typing import Any

from bot.stores import channels, figures, ledger
from bot.stores.database import Database
from bot.stores.figures import LineCount
from tests.support.rows import CHANNEL, OTHER, TEAM, build_line


def write(database: Database, *lines: dict[str, Any]) -> None:
    """Write lines, each at the second of its place."""
    with database.write() as connection:
        for at, fields in enumerate(lines):
            ledger.add_row(connection, build_line(f"{at}.0", **{"at": float(at), **fields}))


def test_lines_that_are_alike(database: Database) -> None:
    """Lines count together where surface, channel, kind, action and reason are the same."""
    write(
        database,
        {},
        {"score": 50.0},
        {"channel": OTHER},
        {"surface": "mention", "kind": "abstained", "reason": "unsure", "action": "notice"},
        {"team": "T0OTHER"},
    )
    with database.read() as connection:
        found = figures.count_lines(connection, TEAM, 0.0, 10.0, by_channel=True)
        alike = figures.count_lines(connection, TEAM, 0.0, 10.0)
    assert sorted(line.count for line in alike) == [1, 3]
    assert {line.channel for line in alike} == {""}
    assert sorted(found, key=lambda line: line.channel + line.surface) == [
        LineCount("watch", OTHER, "answered", "post", "", 1),
        LineCount("mention", CHANNEL, "abstained", "notice", "unsure", 1),
        LineCount("watch", CHANNEL, "answered", "post", "", 2),
    ]


def test_within_a_time(database: Database) -> None:
    """A time holds its beginning, and not its end."""
    write(database, {}, {}, {}, {})
    with database.read() as connection:
        [line] = figures.count_lines(connection, TEAM, 1.0, 3.0)
        assert line.count == 2
        assert figures.count_lines(connection, TEAM, 4.0, 9.0) == []


def test_answers(database: Database) -> None:
    """Entries count where they were shown: not where the desk was silent, or offered a choice."""
    write(
        database,
        {},
        {"entries": ("toy/28504", "toy/离线")},
        {"entries": ("toy/1",), "kind": "choices"},
        {"entries": ("toy/2",), "action": "silent"},
    )
    with database.read() as connection:
        found = figures.count_answers(connection, TEAM, 0.0, 9.0)
    assert sorted(found.values()) == [1, 1]
    assert '["toy/28504"]' in found


def test_mutes(database: Database) -> None:
    """Threads and channels that were muted in a time count; those that were let speak again don't."""
    with database.write() as connection:
        channels.mute_thread(connection, TEAM, CHANNEL, "1.0", 10.0)
        channels.mute_thread(connection, TEAM, CHANNEL, "1.0", 20.0)
        channels.mute_thread(connection, "T0OTHER", CHANNEL, "1.0", 10.0)
        channels.mute_channel(connection, TEAM, CHANNEL, 99.0, 15.0)
        channels.mute_channel(connection, TEAM, CHANNEL, 0.0, 30.0)
        channels.mute_channel(connection, TEAM, OTHER, 0.0, 30.0)
        counts = [
            figures.count_mutes(connection, TEAM, *span) for span in ((0.0, 12.0), (12.0, 40.0), (0.0, 10.0))
        ]
        assert counts == [1, 1, 0]
