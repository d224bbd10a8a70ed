"""The notes of a channel are kept for a second: what this process changes holds at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channels.notes import KEPT, ChannelNotes
from bot.channels.outage import Outage
from bot.errors import StoreError
from bot.outbox.note_store import NoteRow, NoteStore
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, Front, Hours

ROW = NoteRow(TEAM, CHANNEL, "28504", "known outage", "U0MEI", "mei", 1.0)


@pytest.fixture
def store(open_front: Callable[..., Front], hours: Hours) -> NoteStore:
    """The notes as another process has them."""
    return NoteStore(open_front().service.database, hours.tell)


@pytest.fixture
def notes(store: NoteStore, hours: Hours) -> ChannelNotes:
    return ChannelNotes(store, Outage(hours.count), hours.tell, hours.count)


def find(notes: ChannelNotes) -> list[str]:
    return [row.text for row in notes.find_due(TEAM, CHANNEL, {"28504"})]


def test_changed_here(notes: ChannelNotes) -> None:
    """What this process writes or takes off holds at once."""
    assert find(notes) == []
    notes.set_note(ROW)
    assert find(notes) == ["known outage"]
    assert notes.delete_note(TEAM, CHANNEL, "28504")
    assert find(notes) == []


def test_changed_elsewhere(notes: ChannelNotes, store: NoteStore, hours: Hours) -> None:
    """What another process writes is seen a second later, at the latest."""
    assert find(notes) == []
    store.set_note(ROW)
    hours.now += KEPT
    assert find(notes) == ["known outage"]


def test_end(notes: ChannelNotes, hours: Hours) -> None:
    """A note that is kept in memory ends all the same."""
    notes.set_note(NoteRow(TEAM, CHANNEL, "28504", "known outage", "U0MEI", "mei", 1.0, hours.now + 0.5))
    assert find(notes) == ["known outage"]
    hours.now += 0.5
    assert find(notes) == []


def test_outage(notes: ChannelNotes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database fails an answer has no notes; the list of them fails."""

    def fail(*_: object) -> None:
        raise StoreError("store_failed", why="gone")

    monkeypatch.setattr(NoteStore, "find_notes", fail)
    assert find(notes) == []
    with pytest.raises(StoreError):
        notes.list_notes(TEAM, CHANNEL)
