"""Replies: the desk's own messages, found by what they answer and show."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.stores import sent_messages
from bot.stores.database import Database
from bot.stores.sent_messages import ReplyRow
from tests.support.rows import CHANNEL, OTHER, TEAM, build_reply


def add(database: Database, *rows: ReplyRow) -> None:
    with database.write() as connection:
        for row in rows:
            sent_messages.add_reply(connection, row)


def find_recent(connection: sa.Connection, entry: str, since: float = 0.0) -> str | None:
    found = sent_messages.find_recent(connection, TEAM, CHANNEL, entry, since)
    return found.key if found else None


def test_read_again(database: Database) -> None:
    """A reply comes back as it was written; one that isn't there is a KeyError."""
    row = build_reply("a", entries=("toy/28504", "toy/离线"), recall='{"l": "zh"}', text_hash="5f")
    add(database, row, build_reply("b"))
    with database.read() as connection:
        assert sent_messages.get_reply(connection, "a") == row
        with pytest.raises(KeyError, match="c"):
            sent_messages.get_reply(connection, "c")


def test_changes(database: Database) -> None:
    """A reply is sent, counted for more posts, changed and deleted, each without touching the rest."""
    row = build_reply("a")
    add(database, row, build_reply("b"))
    with database.write() as connection:
        sent_messages.set_sent(connection, "a", "17.5")
        sent_messages.note_repeat(connection, "a")
        sent_messages.note_repeat(connection, "a")
        sent_messages.update_reply(connection, "a", '{"l": "en"}', ("toy/2065",))
        sent_messages.mark_deleted(connection, "a")
    with database.read() as connection:
        assert sent_messages.get_reply(connection, "a") == replace(
            row,
            ts="17.5",
            count=3,
            recall='{"l": "en"}',
            entries=("toy/2065",),
            is_deleted=True,
        )
        assert sent_messages.get_reply(connection, "b") == build_reply("b")


def test_reply_to_a_post(database: Database) -> None:
    """The reply to a post is the latest that stands."""
    add(
        database,
        build_reply("first"),
        build_reply("second", first_at=2000.0),
        build_reply("elsewhere", channel=OTHER, post_ts="9.0"),
    )
    with database.write() as connection:
        found = sent_messages.find_reply_to(connection, TEAM, CHANNEL, "1.0")
        sent_messages.mark_deleted(connection, "second")
        left = sent_messages.find_reply_to(connection, TEAM, CHANNEL, "1.0")
        nothing = sent_messages.find_reply_to(connection, TEAM, CHANNEL, "9.0")
    assert (found and found.key, left and left.key, nothing) == ("second", "first", None)


def test_recent_card(database: Database) -> None:
    """The first card in the channel since a time that shows the entry is found; nothing else counts."""
    add(
        database,
        build_reply("elsewhere", channel=OTHER, first_at=1.0),
        build_reply("old", first_at=10.0),
        build_reply("short", kind="short", first_at=20.0),
        build_reply("card", first_at=30.0, entries=("toy/2065", "toy/28504", "toy/28504")),
        build_reply("later", first_at=40.0),
    )
    with database.write() as connection:
        assert find_recent(connection, "toy/28504") == "old"
        assert find_recent(connection, "toy/28504", 20.0) == "card"
        assert find_recent(connection, "toy/2065", 30.0) == "card"
        assert find_recent(connection, "toy/2065", 30.5) is None
        sent_messages.mark_deleted(connection, "card")
        assert find_recent(connection, "toy/28504", 20.0) == "later"


def test_recent_card_that_changed(database: Database) -> None:
    """A card that was changed is found by what it shows now; a short line isn't found after that either."""
    add(database, build_reply("card"), build_reply("short", kind="short", entries=("toy/1",)))
    with database.write() as connection:
        for key in ("card", "short", "none"):
            sent_messages.update_reply(connection, key, "{}", ("toy/2065", "toy/2065"))
        assert find_recent(connection, "toy/28504") is None
        assert find_recent(connection, "toy/2065") == "card"


def test_count_posted(database: Database) -> None:
    """Cards and short lines since a time are counted, notices and roll-ups are not."""
    kinds = ("card", "short", "roll-up", "notice", "card")
    add(database, *(build_reply(str(at), kind=kind, first_at=at) for at, kind in enumerate(kinds)))
    add(database, build_reply("elsewhere", channel=OTHER))
    with database.read() as connection:
        found = [
            sent_messages.count_posted(connection, TEAM, CHANNEL, since) for since in (0.0, 1.0, 2.0, 9.0)
        ]
    assert found == [3, 2, 1, 0]


def test_roll_up(database: Database) -> None:
    """The latest roll-up since a time is found, unless it is deleted."""
    add(database, *(build_reply(str(at), kind="roll-up", first_at=at) for at in (10.0, 20.0)))
    add(database, build_reply("card", first_at=30.0))
    with database.write() as connection:
        found = sent_messages.find_roll_up(connection, TEAM, CHANNEL, 10.0)
        none = sent_messages.find_roll_up(connection, TEAM, CHANNEL, 20.5)
        sent_messages.mark_deleted(connection, "20.0")
        left = sent_messages.find_roll_up(connection, TEAM, CHANNEL, 10.0)
    assert (found and found.key, none, left and left.key) == ("20.0", None, "10.0")
