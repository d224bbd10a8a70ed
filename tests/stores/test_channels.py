"""Channels: their settings, mutes, and a new id."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.stores import channels, claims, sent_messages
from bot.stores.channels import ChannelRow
from bot.stores.database import Database
from bot.stores.insert import list_values
from tests.support.rows import CHANNEL, OTHER, TEAM, build_reply

ROW = ChannelRow(TEAM, CHANNEL, "auto", True, "zh", False, 12.5, "U0MEI", 1000.25, ("kettle", "lamp"))


def find(database: Database, channel: str = CHANNEL) -> ChannelRow | None:
    with database.read() as connection:
        return channels.find_channel(connection, TEAM, channel)


def test_set_and_set_again(database: Database) -> None:
    """A setting comes back as it was written; the next one takes its place, whole."""
    assert find(database) is None
    for row in (ROW, ChannelRow(TEAM, CHANNEL, "shadow")):
        with database.write() as connection:
            channels.set_channel(connection, row)
        assert find(database) == row
    assert find(database, OTHER) is None


@pytest.mark.parametrize("external", [True, False])
def test_external(database: Database, external: bool) -> None:
    """Whether outsiders are in a channel is noted without touching its setting, or as its first row."""
    with database.write() as connection:
        channels.set_channel(connection, ROW)
        for channel in (CHANNEL, OTHER):
            channels.set_external(connection, TEAM, channel, external)
    assert find(database) == replace(ROW, external=external)
    assert find(database, OTHER) == ChannelRow(TEAM, OTHER, external=external)


def test_mute_channel(database: Database) -> None:
    """A channel is muted until a time or for good, and let speak again, without touching the rest."""
    for until in (2000.5, math.inf, 0.0):
        with database.write() as connection:
            channels.mute_channel(connection, TEAM, CHANNEL, until, 10.0)
        assert find(database) == ChannelRow(TEAM, CHANNEL, muted_until=until, muted_at=10.0)


def test_bind(database: Database) -> None:
    """A channel is bound to packs and to none, without touching the rest, or as its first row."""
    with database.write() as connection:
        channels.set_channel(connection, ROW)
        for channel in (CHANNEL, OTHER):
            channels.bind_channel(connection, TEAM, channel, ["oven"])
    assert find(database) == replace(ROW, packs=("oven",))
    assert find(database, OTHER) == ChannelRow(TEAM, OTHER, packs=("oven",))
    with database.write() as connection:
        channels.bind_channel(connection, TEAM, CHANNEL, [])
    assert find(database) == replace(ROW, packs=())


def test_written_before_there_were_packs(database: Database) -> None:
    """A row of the version before, which knows no packs, asks all of them."""
    before = {name: value for name, value in list_values(ROW).items() if name != "packs"}
    names = ", ".join(before)
    placed = ", ".join(f":{name}" for name in before)
    with database.write() as connection:
        connection.execute(sa.text(f"INSERT INTO channels ({names}) VALUES ({placed})"), before)  # noqa: S608 - ours
    assert find(database) == replace(ROW, packs=())


def test_list(database: Database) -> None:
    """The channels of a team are listed by their ids, other teams' are not."""
    rows = [ChannelRow(TEAM, OTHER), ROW, ChannelRow("T0OTHER", CHANNEL)]
    with database.write() as connection:
        for row in rows:
            channels.set_channel(connection, row)
    with database.read() as connection:
        assert channels.list_channels(connection, TEAM) == (rows[0], ROW)
        assert channels.list_channels(connection, "T0NONE") == ()


def test_mute_thread(database: Database) -> None:
    """A thread is muted, once or twice; others aren't."""
    with database.write() as connection:
        for _ in range(2):
            channels.mute_thread(connection, TEAM, CHANNEL, "1.0", 10.0)
    with database.read() as connection:
        asked = [(TEAM, CHANNEL, "1.0"), (TEAM, CHANNEL, "2.0"), (TEAM, OTHER, "1.0"), ("T", CHANNEL, "1.0")]
        found = [channels.is_thread_muted(connection, *place) for place in asked]
    assert found == [True, False, False, False]


def test_rename(database: Database) -> None:
    """A channel's new id has its setting, muted threads, claims and replies; a second time does nothing."""
    with database.write() as connection:
        channels.set_channel(connection, ROW)
        channels.mute_thread(connection, TEAM, CHANNEL, "1.0", 10.0)
        claims.claim_names(connection, TEAM, CHANNEL, "1.0", ["a", "b"], "old")
        sent_messages.add_reply(connection, build_reply("old"))
        # Meanwhile an event came with the new id.
        channels.set_external(connection, TEAM, "C1NEW", external=True)
        claims.claim_names(connection, TEAM, "C1NEW", "1.0", ["a"], "new")
    for _ in range(2):
        with database.write() as connection:
            channels.rename_channel(connection, TEAM, CHANNEL, "C1NEW")
    assert find(database) is None
    assert find(database, "C1NEW") == replace(ROW, channel="C1NEW", external=True)
    with database.read() as connection:
        assert channels.is_thread_muted(connection, TEAM, "C1NEW", "1.0")
        assert not channels.is_thread_muted(connection, TEAM, CHANNEL, "1.0")
        assert claims.find_claims(connection, TEAM, "C1NEW", "1.0") == {"a": "new", "b": "old"}
        assert claims.find_claims(connection, TEAM, CHANNEL, "1.0") == {}
        for found in (
            sent_messages.find_recent(connection, TEAM, "C1NEW", "toy/28504", 0.0),
            sent_messages.find_reply_to(connection, TEAM, "C1NEW", "1.0"),
        ):
            assert found
            assert (found.key, found.channel) == ("old", "C1NEW")


def test_rename_alone(database: Database) -> None:
    """Nobody knows who is in a channel that has a new id; where nothing was set, nothing is."""
    with database.write() as connection:
        channels.set_channel(connection, ROW)
        channels.rename_channel(connection, TEAM, CHANNEL, "C1NEW")
        channels.rename_channel(connection, TEAM, OTHER, "C2NEW")
    assert find(database, "C1NEW") == replace(ROW, channel="C1NEW", external=None)
    assert find(database, "C2NEW") is None
