"""The ledger: what was decided on a post, read again and pruned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.redaction import redact
from bot.stores import ledger
from bot.stores.database import Database
from tests.support.rows import CHANNEL, OTHER, TEAM, build_line


def test_read_again(database: Database) -> None:
    """The lines on a post come back as they were written, oldest first, and no other's."""
    first, edited = (
        build_line("1.0"),
        build_line("1.0", text=redact("离线"), entries=(), reason="unsure", at=1.0),
    )
    with database.write() as connection:
        for line in (first, build_line("2.0"), build_line("1.0", channel=OTHER), edited):
            ledger.add_row(connection, line)
    with database.read() as connection:
        assert ledger.find_rows(connection, TEAM, CHANNEL, "1.0") == (first, edited)
        assert ledger.find_rows(connection, TEAM, CHANNEL, "3.0") == ()
        assert ledger.find_rows(connection, "T0OTHER", CHANNEL, "1.0") == ()


def test_post_that_is_edited_all_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a post with very many lines what was said is read, however long ago, and the latest others."""
    monkeypatch.setattr(ledger, "_OF_POST", ledger._OF_POST.limit(3))
    lines = [replace(build_line("1.0"), action="silent", at=float(number)) for number in range(9)]
    said = replace(lines[1], action="card")
    with database.write() as connection:
        for line in (lines[0], said, *lines[2:]):
            ledger.add_row(connection, line)
    with database.read() as connection:
        assert ledger.find_rows(connection, TEAM, CHANNEL, "1.0") == (said, *lines[-2:])


def test_who_wrote_a_post(database: Database) -> None:
    """Whether a bot wrote a post is known of those that were seen."""
    with database.write() as connection:
        ledger.add_row(connection, build_line("1.0", by_bot=True))
        ledger.add_row(connection, build_line("2.0", by_bot=False))
    with database.read() as connection:
        found = [ledger.is_by_bot(connection, TEAM, CHANNEL, ts) for ts in ("1.0", "2.0", "3.0")]
    assert found == [True, False, None]


def test_newest(database: Database) -> None:
    """When the latest post was decided on is known, whatever the order of writing."""
    with database.write() as connection:
        assert ledger.find_latest_time(connection) is None
        for at in (30.5, 40.25, 20.0):
            ledger.add_row(connection, build_line(str(at), at=at))
        assert ledger.find_latest_time(connection) == 40.25


def test_prune(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines older than a time are deleted, the oldest first, so many at once."""
    monkeypatch.setattr(ledger, "MOST_PRUNED", 2)
    with database.write() as connection:
        for at in (30.0, 10.0, 20.0, 40.0):
            ledger.add_row(connection, build_line(str(at), at=at))
        left = []
        while count := ledger.prune_rows(connection, 40.0):
            rows = [
                ledger.find_rows(connection, TEAM, CHANNEL, ts) for ts in ("10.0", "20.0", "30.0", "40.0")
            ]
            left.append((count, [bool(row) for row in rows]))
    assert left == [(2, [False, False, True, True]), (1, [False, False, False, True])]
