"""Notes on codes, in both databases: one a channel and code, until it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.outbox.note_store import EVERYWHERE, NoteRow, NoteStore
from bot.stores import notes
from bot.stores.channels import rename_channel
from bot.stores.database import Database

TEAM, CHANNEL, OTHER = "T0FAULT", "C0SUPPORT", "C0OTHER"


def build(
    channel: str = CHANNEL, text: str = "known outage", at: float = 1.0, until: float | None = None
) -> NoteRow:
    return NoteRow(TEAM, channel, "28504", text, "U0MEI", "mei", at, until)


class Clock:
    """Stands until it is set."""

    now = 10.0

    def tell(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> NoteStore:
    return NoteStore(database, clock.tell)


def list_texts(store: NoteStore, channel: str = CHANNEL) -> list[str]:
    return [row.text for row in store.find_notes(TEAM, channel, {"28504", "2065"})]


def test_seen_by_every_process(store: NoteStore, database: Database, clock: Clock) -> None:
    """What one process writes another one reads at once, as it was written."""
    store.set_note(build(until=20.0))
    assert NoteStore(database, clock.tell).find_notes(TEAM, CHANNEL) == (build(until=20.0),)


def test_one_a_channel_and_code(store: NoteStore) -> None:
    """A later note replaces the one before; that for all channels stands beside it, newest first."""
    store.set_note(build(text="first"))
    store.set_note(build(text="second", at=2.0))
    store.set_note(build(EVERYWHERE, "for all", at=3.0))
    assert list_texts(store) == ["for all", "second"]
    assert list_texts(store, OTHER) == ["for all"]
    assert store.find_notes(TEAM, CHANNEL, {"2065"}) == ()
    assert store.find_notes("T0OTHER", CHANNEL) == ()


def test_very_many(store: NoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many notes in a channel the newest are read."""
    monkeypatch.setattr(notes, "_HOLDING", notes._HOLDING.limit(2))
    for number in range(4):
        store.set_note(replace(build(at=float(number)), code=f"2850{number}"))
    assert [row.code for row in store.find_notes(TEAM, CHANNEL)] == ["28503", "28502"]


def test_end(store: NoteStore, clock: Clock) -> None:
    """A note is there until it ends, to the second; what ended goes when the next is written."""
    store.set_note(build(until=20.0))
    clock.now = 19.9
    assert list_texts(store) == ["known outage"]
    clock.now = 20.0
    assert list_texts(store) == []
    store.set_note(build(OTHER, at=21.0))
    clock.now = 0.0
    assert list_texts(store) == []


def test_taken_off(store: NoteStore) -> None:
    """A note that is taken off is gone; where there is none, that is told."""
    store.set_note(build())
    assert not store.delete_note(TEAM, EVERYWHERE, "28504")
    assert store.delete_note(TEAM, CHANNEL, "28504")
    assert not store.delete_note(TEAM, CHANNEL, "28504")


def test_renamed_channel(store: NoteStore, database: Database) -> None:
    """A channel's notes follow its new id."""
    store.set_note(build())
    with database.write() as connection:
        rename_channel(connection, TEAM, CHANNEL, OTHER)
    assert (list_texts(store), list_texts(store, OTHER)) == ([], ["known outage"])
