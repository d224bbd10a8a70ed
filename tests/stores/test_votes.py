"""Votes: one for each person and answer, changed by the next, counted without their person after a time."""

from __future__ import annotations

from typing import Any

import pytest

from bot.outbox.vote_store import Gap, VoteRow, VoteStore
from bot.stores import votes
from bot.stores.channels import rename_channel
from bot.stores.database import Database
from bot.stores.gap_groups import rank_groups
from tests.support.rows import CHANNEL, OTHER, TEAM, list_votes

ENTRY = "toy/28504"
GAP = Gap("not-it", f"not-it:{ENTRY}", nearest=("toy/28505",))


def build_vote(kind: votes.VoteKind = "helped", person: str = "U0MEI", **fields: Any) -> VoteRow:
    given: dict[str, Any] = {
        "team": TEAM,
        "answer": "a1",
        "channel": CHANNEL,
        "root": "1.0",
        "ts": "2.0",
        "surface": "mention",
        "entry": ENTRY,
        "at": 1000.25,
    }
    return VoteRow(person=person, kind=kind, **given | fields)


@pytest.fixture
def store(database: Database) -> VoteStore:
    return VoteStore(database)


def vote(store: VoteStore, *args: Any, **fields: Any) -> None:
    store.set_vote(build_vote(*args, **fields), GAP, "en")


def find(database: Database, person: str = "U0MEI", answer: str = "a1") -> VoteRow | None:
    with database.read() as connection:
        found = [row for row in list_votes(connection) if (row.answer, row.person) == (answer, person)]
    assert len(found) <= 1
    return found[0] if found else None


def count_gaps(database: Database) -> list[tuple[str, int]]:
    with database.read() as connection:
        return [(group.key, group.people) for group in rank_groups(connection, TEAM, 0.0)[0]]


def test_read_again(store: VoteStore, database: Database) -> None:
    """A vote comes back as it was written, whichever process asks."""
    vote(store, step=2, step_hash="abc")
    assert find(database) == build_vote(step=2, step_hash="abc")
    assert find(database, "U0TOM") is None
    assert find(database, answer="a2") is None


def test_second_click_changes_the_first(store: VoteStore, database: Database) -> None:
    """A person has one vote on an answer; changed, it forgets what was told besides, and counts no longer."""
    vote(store, "not-it")
    assert store.set_reason(TEAM, "a1", "U0MEI", "outdated")
    vote(store, "helped", at=2000.0)
    found = find(database)
    assert found
    assert (found.kind, found.reason, found.at) == ("helped", "", 2000.0)
    with database.read() as connection:
        assert votes.count_votes(connection, TEAM, 0.0) == {("helped", ""): 1}


def test_same_click_keeps_what_was_told(store: VoteStore, database: Database) -> None:
    """A second click on the same button keeps the reason, and the step that was named."""
    vote(store, "not-it")
    store.set_reason(TEAM, "a1", "U0MEI", "steps-failed")
    vote(store, "not-it")
    found = find(database)
    assert found
    assert found.reason == "steps-failed"
    vote(store, "helped", "U0TOM")
    assert store.set_step(TEAM, "a1", "U0TOM", "toy/28505", 2, "abc")
    vote(store, "helped", "U0TOM")
    found = find(database, "U0TOM")
    assert found
    assert (found.entry, found.step, found.step_hash) == ("toy/28505", 2, "abc")


def test_nothing_to_add_to(store: VoteStore) -> None:
    """A reason belongs to a rejection, a step to an answer that helped: else nothing is noted."""
    assert not store.set_reason(TEAM, "a1", "U0MEI", "outdated")
    assert not store.set_step(TEAM, "a1", "U0MEI", ENTRY, 1, "abc")
    vote(store, "helped")
    assert not store.set_reason(TEAM, "a1", "U0MEI", "outdated")
    vote(store, "not-it")
    assert not store.set_step(TEAM, "a1", "U0MEI", ENTRY, 1, "abc")


def test_rejection_is_a_gap(store: VoteStore, database: Database) -> None:
    """ "Not it" is a gap of its entry, once for each thread and person; taken back, it is none."""
    vote(store, "not-it")
    vote(store, "not-it")
    vote(store, "not-it", "U0TOM")
    assert count_gaps(database) == [(GAP.key, 2)]
    vote(store, "helped")
    assert count_gaps(database) == [(GAP.key, 1)]
    vote(store, "helped", "U0TOM")
    assert count_gaps(database) == []


def test_rejected_twice_in_a_thread(store: VoteStore, database: Database) -> None:
    """Of two rejected answers with the same entry in a thread, one taken back leaves the gap."""
    vote(store, "not-it")
    vote(store, "not-it", answer="a2")
    vote(store, "helped", answer="a2")
    assert count_gaps(database) == [(GAP.key, 1)]


def test_count_fixes(store: VoteStore) -> None:
    """Votes are counted by the words of the step that fixed it; those without a step are not."""
    for number, step in enumerate(("two", "two", "one", "")):
        vote(store, "helped", f"U{number}", step=1 if step else 0, step_hash=step)
    vote(store, "helped", "U9", entry="toy/28505", step=1, step_hash="one")
    assert store.count_fixes(TEAM, {ENTRY}) == {ENTRY: {"two": 2, "one": 1}}
    assert store.count_fixes(TEAM, {"toy/none"}) == {}
    assert store.count_fixes("T0OTHER", {ENTRY}) == {}


def test_count_votes(store: VoteStore, database: Database) -> None:
    """Votes of a time are counted by what they say."""
    vote(store, "helped", "U1", at=1.0)
    for person in ("U2", "U3"):
        vote(store, "not-it", person, at=2.0)
    store.set_reason(TEAM, "a1", "U3", "other")
    with database.read() as connection:
        assert votes.count_votes(connection, TEAM, 2.0) == {("not-it", ""): 1, ("not-it", "other"): 1}
        assert votes.count_votes(connection, TEAM, 0.0, 2.0) == {("helped", ""): 1}


def test_persons_go(store: VoteStore, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old vote counts on, without who gave it and where; so many are changed at once, each once."""
    monkeypatch.setattr(votes, "MOST_CHANGED", 2)
    for number in range(4):
        vote(store, "helped", f"U{number}", at=float(number), step=1, step_hash="one")
    with database.write() as connection:
        assert [votes.remove_persons(connection, 3.0) for _ in range(3)] == [2, 1, 0]
    assert [bool(find(database, f"U{number}")) for number in range(4)] == [False, False, False, True]
    assert store.count_fixes(TEAM, {ENTRY}) == {ENTRY: {"one": 4}}
    vote(store, "helped", "U0", at=5.0)  # nobody knows that this person voted
    assert find(database, "U0") is not None


def test_renamed_channel(store: VoteStore, database: Database) -> None:
    """Votes follow a channel's new id."""
    vote(store)
    with database.write() as connection:
        rename_channel(connection, TEAM, CHANNEL, OTHER)
    found = find(database)
    assert found
    assert found.channel == OTHER
