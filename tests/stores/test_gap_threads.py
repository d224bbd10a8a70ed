"""Threads that wait for an answer: listed until they are told, and not where an answer came."""

from __future__ import annotations

from typing import Any

from bot.redaction import redact
from bot.stores import claims, gap_threads, ledger, sent_messages
from bot.stores.database import Database
from bot.stores.gap_threads import TOLD, WaitingThread
from bot.stores.gaps import Gap
from tests.support.rows import CHANNEL, TEAM, build_line, build_reply

CODE = Gap("code", "code:105", "105")
WAITING = WaitingThread(TEAM, CHANNEL, "1.0", "1.0", CODE.key, "105", "code 105", "zh", 10.0)


def ask(database: Database, ts: str, *gaps: Gap, **fields: Any) -> None:
    """Let somebody ask in vain."""
    given = {"root": ts, "at": 10.0, "person": "U0MEI", "language": "zh", "text": redact("code 105")}
    with database.write() as connection:
        ledger.add_row(connection, build_line(ts, gaps=gaps or (CODE,), **given | fields))


def find(database: Database, since: float = 0.0) -> list[str]:
    """Return the roots of the threads that wait, the newest first."""
    with database.read() as connection:
        return [thread.root for thread in gap_threads.list_waiting_threads(connection, since)]


def test_waits(database: Database) -> None:
    """A thread waits with what was asked there, in which language and when; once, though two people asked."""
    ask(database, "1.0")
    ask(database, "1.5", root="1.0", person="U0ANA", at=5.0)
    with database.read() as connection:
        assert gap_threads.list_waiting_threads(connection, 0.0) == (WAITING,)


def test_who_does_not_wait(database: Database) -> None:
    """No thread, no question, or too long ago: nobody waits there."""
    ask(database, "1.0", root="")
    ask(database, "2.0", Gap("not-it", "not-it:toy/1"))
    ask(database, "3.0", Gap("near-miss", "near-miss:toy/1"))
    ask(database, "4.0", at=4.0)
    ask(database, "5.0", Gap("question", "words:1"), at=5.0)
    ask(database, "6.0", at=6.0)
    assert find(database, since=5.0) == ["6.0", "5.0"]


def test_told(database: Database) -> None:
    """A thread that was told waits no more for that gap, and goes on waiting for another."""
    ask(database, "1.0", CODE, Gap("code", "code:106", "106"))
    with database.write() as connection:
        claims.claim_names(connection, TEAM, CHANNEL, "1.0", [TOLD + CODE.key], "k1")
        [left] = gap_threads.list_waiting_threads(connection, 0.0)
    assert left.key == "code:106"


def test_answered_since(database: Database) -> None:
    """An answer after the question counts; one before it and one in another thread don't."""
    other = WaitingThread(TEAM, CHANNEL, "2.0", "2.0", CODE.key, "105", "", "zh", 10.0)
    with database.write() as connection:
        for name, at in {"before": 9.0, "after": 11.0}.items():
            sent_messages.add_reply(connection, build_reply(name, first_at=at))
            claims.claim_names(connection, TEAM, CHANNEL, "1.0", [f"toy/{name}"], name)
            assert gap_threads.was_answered_since(connection, WAITING) is (name == "after")
        claims.claim_names(connection, TEAM, CHANNEL, "2.0", ["post:2.0"], "after")
        assert not gap_threads.was_answered_since(connection, other)


def test_deleted_answer(database: Database) -> None:
    """A deleted answer is none."""
    with database.write() as connection:
        sent_messages.add_reply(connection, build_reply("gone", first_at=11.0, is_deleted=True))
        claims.claim_names(connection, TEAM, CHANNEL, "1.0", ["toy/1"], "gone")
        assert not gap_threads.was_answered_since(connection, WAITING)
