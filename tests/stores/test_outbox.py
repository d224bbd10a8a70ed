"""The outbox: what is put, leased, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.stores import outbox
from bot.stores.database import Database
from bot.stores.outbox import HOUR, PACE, OutboxRow
from tests.support.rows import CHANNEL, OTHER, TEAM

POST = "chat.postMessage"
NOW, LEASE = 1000.25, 60.0


def put(database: Database, channel: str = CHANNEL, at: float = NOW, **fields: Any) -> int:
    """Put a message into the outbox; return its id."""
    with database.write() as connection:
        given = {"team": TEAM, "channel": channel, "method": POST, "payload": {}, "reply_key": ""}
        return outbox.enqueue(connection, **given | fields, at=at)


def lease(database: Database, now: float = NOW, owner: str = "a", most: int = 9) -> list[int]:
    """Lease what is due; return the ids."""
    return [row.id for row in lease_rows(database, now, owner, most)]


def lease_rows(database: Database, now: float = NOW, owner: str = "a", most: int = 9) -> list[OutboxRow]:
    with database.write() as connection:
        return outbox.lease_rows(connection, owner, now, LEASE, most)


def finish(database: Database, row_id: int, now: float = NOW, owner: str = "a") -> bool:
    with database.write() as connection:
        return outbox.finish_row(connection, row_id, owner, "sent", now)


def find(database: Database, row_id: int) -> OutboxRow:
    with database.read() as connection:
        row = outbox.find_row(connection, row_id)
    assert row
    return row


def find_next_due(database: Database, now: float = NOW) -> float | None:
    with database.read() as connection:
        return outbox.find_next_due(connection, now)


def pause(connection: sa.Connection, until: float, method: str = POST, team: str = TEAM) -> None:
    outbox.pause_method(connection, team, method, until)


class TestTurn:
    """Whose turn it is."""

    def test_one_row(self, database: Database) -> None:
        """What was put is leased as it was put, once."""
        payload = {"text": "离线", "blocks": [{"type": "divider"}], "unfurl_links": False}
        row_id = put(database, payload=payload, reply_key="k")
        assert lease_rows(database) == [
            OutboxRow(row_id, TEAM, CHANNEL, POST, payload, "k", NOW, NOW, 1, "waiting", "")
        ]
        assert lease(database) == []

    def test_tried_least(self, database: Database) -> None:
        """Of several channels the one goes first whose row was tried least, however old the others are."""
        failing = [put(database, f"C{number}") for number in range(3)]
        assert lease(database, most=2) == failing[:2]
        with database.write() as connection:
            for row_id in failing[:2]:
                outbox.postpone_row(connection, row_id, "a", NOW, "timeout")
        fresh = put(database, OTHER)
        assert lease(database, most=9) == [failing[2], fresh, *failing[:2]]

    def test_order_in_a_channel(self, database: Database) -> None:
        """In a channel rows go one by one, in the order put: each waits until the one before it has ended."""
        first, second = put(database), put(database)
        assert lease(database) == [first]
        assert lease(database, NOW + LEASE - 1.0, "b") == []
        assert finish(database, first)
        assert lease(database, NOW + PACE) == [second]

    def test_channels_apart(self, database: Database) -> None:
        """Channels and teams don't wait for each other; the oldest rows come first, as many as asked for."""
        ids = [
            put(database),
            put(database, OTHER),
            put(database, team="T0OTHER"),
            put(database),
            put(database, "C0THIRD"),
        ]
        assert lease(database, most=2) == ids[:2]
        assert lease(database, most=9, owner="b") == [ids[2], ids[4]]

    def test_row_that_is_put_off_holds_up_its_channel(self, database: Database) -> None:
        """A later message never overtakes one that is tried again, or an update would find nothing."""
        first, _ = put(database), put(database, method="chat.update")
        lease(database)
        with database.write() as connection:
            assert outbox.postpone_row(connection, first, "a", NOW + 30.0, "ratelimited")
        assert lease(database, NOW + 29.0) == []
        assert lease(database, NOW + 30.0) == [first]

    def test_not_before_it_is_due(self, database: Database) -> None:
        """A row put in the future waits until then."""
        row_id = put(database, at=NOW + 5.0)
        assert lease(database, NOW + 4.5) == []
        assert lease(database, NOW + 5.0) == [row_id]

    def test_pace(self, database: Database) -> None:
        """Two messages of a channel are PACE apart, other channels are not held up."""
        first, second = put(database), put(database)
        lease(database)
        finish(database, first, NOW)
        other = put(database, OTHER)
        assert lease(database, NOW + PACE - 0.01) == [other]
        assert lease(database, NOW + PACE) == [second]

    def test_jobs_queue_apart(self, database: Database) -> None:
        """Jobs of a channel go in order and without pace; neither they nor messages wait for each other."""
        jobs = [put(database, method="job:read_thread") for _ in range(2)]
        message = put(database)
        assert lease(database) == [jobs[0], message]
        for row_id in (jobs[0], message):
            finish(database, row_id)
        put(database)
        assert lease(database, NOW) == [jobs[1]]

    def test_pause(self, database: Database) -> None:
        """A paused method of a team waits, another method and another team don't."""
        with database.write() as connection:
            pause(connection, NOW + 30.0)
            pause(connection, NOW + 10.0)  # the longer one stays
        paused = put(database)
        others = [put(database, OTHER, method="chat.update"), put(database, team="T0OTHER")]
        assert lease(database, NOW + 29.0) == others
        assert lease(database, NOW + 30.0) == [paused]

    def test_pause_again(self, database: Database) -> None:
        """A pause that is over is followed by a new one."""
        with database.write() as connection:
            pause(connection, NOW - 10.0)
            pause(connection, NOW + 10.0)
        put(database)
        assert lease(database) == []


class TestLease:
    """Who holds a row, and what becomes of that."""

    def test_taken_over(self, database: Database) -> None:
        """A lease that ran out is free; the row may have been sent, and its former owner has no say."""
        row_id = put(database)
        lease(database)
        assert lease(database, NOW + LEASE - 0.5, "b") == []
        [row] = lease_rows(database, NOW + LEASE, "b")
        assert (row.id, row.attempts, row.maybe_taken) == (row_id, 2, True)
        assert not finish(database, row_id, NOW + LEASE, "a")
        with database.write() as connection:
            assert not outbox.postpone_row(connection, row_id, "a", NOW, "")
        assert find(database, row_id).state == "waiting"
        assert finish(database, row_id, NOW + LEASE, "b")

    def test_finish(self, database: Database) -> None:
        """A row ends once, with a state and an error, by whoever holds it while the lease runs."""
        row_id = put(database)
        assert not finish(database, row_id)
        lease(database)
        assert not finish(database, row_id, owner="b")
        assert not finish(database, row_id, NOW + LEASE)
        with database.write() as connection:
            assert outbox.finish_row(connection, row_id, "a", "failed", NOW, "is_archived")
            assert not outbox.finish_row(connection, row_id, "a", "sent", NOW)
        row = find(database, row_id)
        assert (row.state, row.error) == ("failed", "is_archived")
        assert lease(database, NOW + LEASE) == []

    @pytest.mark.parametrize("maybe_taken", [True, False])
    def test_put_off(self, database: Database, maybe_taken: bool) -> None:
        """A row that is put off says whether Slack may have taken it, and remembers that."""
        row_id = put(database)
        found = []
        for now, taken in ((NOW, maybe_taken), (NOW + 1.0, False), (NOW + 2.0, False)):
            [row] = lease_rows(database, now)
            found.append((row.attempts, row.error, row.maybe_taken))
            with database.write() as connection:
                assert outbox.postpone_row(
                    connection, row_id, "a", now + 1.0, f"error at {row.attempts}", taken
                )
        assert found == [(1, "", False), (2, "error at 1", maybe_taken), (3, "error at 2", maybe_taken)]


class TestNextDue:
    """When there will be something to lease."""

    def test_nothing(self, database: Database) -> None:
        """Nothing waits: never. What ended doesn't count."""
        assert find_next_due(database) is None
        row_id = put(database)
        lease(database)
        finish(database, row_id)
        assert find_next_due(database) is None

    def test_at_once(self, database: Database) -> None:
        """What could be leased already is due now."""
        put(database, at=NOW - 100.0)
        assert find_next_due(database) == NOW

    def test_the_earliest(self, database: Database) -> None:
        """Of several queues the earliest counts, whatever it waits for: a lease, a pause, the pace."""
        put(database, at=NOW + 500.0)
        assert find_next_due(database) == NOW + 500.0
        with database.write() as connection:
            pause(connection, NOW + 400.0, "chat.update")
        put(database, OTHER, method="chat.update")
        assert find_next_due(database) == NOW + 400.0
        leased = put(database, "C0THIRD")
        put(database, "C0THIRD")
        assert lease(database) == [leased]
        assert find_next_due(database) == NOW + LEASE
        finish(database, leased)
        assert find_next_due(database, NOW + 0.5) == NOW + PACE
        job = put(database, "C0THIRD", method="job:x")
        assert find_next_due(database, NOW + 0.5) == NOW + 0.5
        assert lease(database, NOW + 0.5) == [job]


class TestEnd:
    """What comes too late, and what is deleted."""

    def test_expire(self, database: Database) -> None:
        """What waits since before a time ends; what was put later doesn't, nor what is being sent."""
        sending, late, later = put(database), put(database), put(database, at=NOW + 10.0)
        other = put(database, OTHER, at=NOW + 5.0)
        assert lease(database) == [sending]
        with database.write() as connection:
            assert len(outbox.expire_rows(connection, NOW + 10.0, NOW, NOW)) == 2
            assert outbox.count_waiting(connection) == 2
        states = [find(database, row_id).state for row_id in (sending, late, later, other)]
        assert states == ["waiting", "expired", "waiting", "expired"]
        assert finish(database, sending)

    def test_expire_what_its_owner_left(self, database: Database) -> None:
        """A lease that ran out before the time doesn't keep a row."""
        row_id = put(database)
        lease(database)
        with database.write() as connection:
            assert outbox.expire_rows(connection, NOW + LEASE, NOW, NOW) == []
            assert outbox.expire_rows(connection, NOW + LEASE + 1.0, NOW, NOW) == [(POST, "")]
        assert find(database, row_id).state == "expired"

    def test_lasts_longer(self, database: Database) -> None:
        """A row that may wait for a day is given up after a day, not after an hour."""
        with database.write() as connection:
            put_at = outbox.enqueue(connection, TEAM, CHANNEL, POST, {}, "", NOW, 24 * HOUR)
            assert outbox.expire_rows(connection, NOW + 23 * HOUR, NOW, NOW) == []
            assert outbox.find_row(connection, put_at)
            assert outbox.expire_rows(connection, NOW + 23 * HOUR + 1.0, NOW, NOW) == [(POST, "")]

    def test_prune(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rows that ended are deleted once they are old, so many at once; an id is never given again."""
        monkeypatch.setattr(outbox, "MOST_PRUNED", 2)
        waiting = put(database, OTHER, at=NOW - 9.0)
        ended = [put(database, f"C{number}", at=NOW + number) for number in range(4)]
        for row_id in lease(database, NOW + 9.0):
            if row_id != waiting:
                finish(database, row_id, NOW + 9.0)
        with database.write() as connection:
            assert [outbox.prune_rows(connection, NOW + 3.0) for _ in range(3)] == [2, 1, 0]
            assert outbox.prune_rows(connection, NOW + 99.0) == 1
            assert outbox.find_row(connection, ended[-1]) is None
            assert outbox.find_row(connection, waiting)
        assert put(database) > ended[-1]

    def test_depth(self, database: Database) -> None:
        """Rows that wait are counted, leased ones too."""
        ids = [put(database), put(database), put(database, OTHER)]
        lease(database)
        finish(database, ids[0])
        with database.read() as connection:
            assert outbox.count_waiting(connection) == 2


def test_oldest(database: Database) -> None:
    """The oldest row is one that waits, leased or not; what has ended doesn't count."""
    with database.read() as connection:
        assert outbox.find_oldest_waiting(connection) is None
    first = put(database, at=NOW)
    put(database, OTHER, at=NOW + 5)
    assert lease(database, NOW + 6) != []
    with database.read() as connection:
        assert outbox.find_oldest_waiting(connection) == NOW
    finish(database, first, NOW + 7)
    with database.read() as connection:
        assert outbox.find_oldest_waiting(connection) == NOW + 5
