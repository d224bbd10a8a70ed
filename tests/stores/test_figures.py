"""Figures of the ledger: counted by the database, within a time, of one team or all."""

from __future__ import annotations

from typing import Any

import pytest

from bot.stores import channels, figures, ledger
from bot.stores.database import Database
from tests.support.rows import CHANNEL, OTHER, TEAM, build_line


def write(database: Database, *lines: dict[str, Any]) -> None:
    """Write lines, each at the second of its place."""
    with database.write() as connection:
        for at, fields in enumerate(lines):
            ledger.add_row(connection, build_line(f"{at}.0", **{"at": float(at), **fields}))


@pytest.mark.parametrize(
    ("surface", "kind", "action", "reason", "outcome"),
    [
        ("command", "answered", "told-alone", "", "answered"),
        ("mention", "answered", "card", "", "answered"),
        ("mention", "filtered", "silent", "already-answered", "answered"),
        ("thread", "choices", "notice", "", "offered"),
        ("direct_message", "abstained", "notice", "nothing-near", "silent"),
        ("shortcut", "abstained", "told-alone", "code-undocumented", "silent"),
        ("command", "abstained", "silent", "over-limit", "silent"),
        ("watch", "answered", "card", "", "replied"),
        ("watch", "answered", "short", "", "replied"),
        ("watch", "answered", "roll-up", "", "replied"),
        ("watch", "answered", "join-roll-up", "", "replied"),
        ("watch", "abstained", "silent", "unsure", "read"),
        ("watch", "filtered", "silent", "muted", "read"),
        ("watch", "answered", "update", "", "nothing"),
        ("mention", "abstained", "silent", "thanks", "nothing"),
        ("mention", "abstained", "read-thread", "nothing-said", "nothing"),
        ("choice", "answered", "card", "", "nothing"),
    ],
)
def test_outcome(database: Database, surface: str, kind: str, action: str, reason: str, outcome: str) -> None:
    """A question is answered, offered a choice, or neither; thanks, edits and clicks are no questions."""
    write(database, {"surface": surface, "kind": kind, "action": action, "reason": reason})
    with database.read() as connection:
        [by_surface] = figures.count_by_surface(connection, TEAM, 0.0, 9.0)
        [by_channel] = figures.count_by_channel(connection, TEAM, 0.0, 9.0)
    assert (by_surface.surface, by_surface.outcome, by_surface.count) == (surface, outcome, 1)
    assert (by_channel.channel, by_channel.outcome, by_channel.count) == (CHANNEL, outcome, 1)


def test_counts(database: Database) -> None:
    """Lines count together by surface or channel, of one team alone."""
    write(database, {}, {"score": 50.0}, {"channel": OTHER}, {"surface": "mention"}, {"team": "T0OTHER"})
    with database.read() as connection:
        by_surface = figures.count_by_surface(connection, TEAM, 0.0, 9.0)
        by_channel = figures.count_by_channel(connection, TEAM, 0.0, 9.0)
    assert {(line.surface, line.outcome): line.count for line in by_surface} == {
        ("watch", "read"): 3,
        ("mention", "answered"): 1,
    }
    assert sum(line.count for line in by_channel if line.channel == CHANNEL) == 3


def test_within_a_time(database: Database) -> None:
    """A time holds its beginning, and not its end."""
    write(database, {}, {}, {}, {})
    with database.read() as connection:
        [line] = figures.count_by_surface(connection, TEAM, 1.0, 3.0)
        assert line.count == 2
        assert figures.count_by_surface(connection, TEAM, 4.0, 9.0) == []


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
