"""People: what one left is found in every table, shown and removed; what others left stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from bot.matching import Verdict
from bot.outbox.payload import build_post
from bot.outbox.vote_store import VoteStore
from bot.replies.page import build_button
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.stores import channels, claims, gap_marks, ledger, notes, outbox, people, sent_messages
from bot.stores.channels import ChannelRow
from bot.stores.database import Database
from bot.stores.gaps import Gap
from bot.stores.notes import NoteRow
from bot.stores.tables import metadata
from tests.stores.test_votes import GAP, build_vote
from tests.support.rows import CHANNEL, TEAM, build_line, build_reply

ROWS = {place.table.name: 1 for place in people.PLACES} | {"gaps": 2, "outbox": 3}
GONE, STAYS = "U0GONE", "U0GONE2"  # one id begins the other


def leave(database: Database, person: str) -> None:
    """Write what a person leaves in every table."""
    recall = Recall(Verdict("abstained", reason="unsure"), "en", person)
    reply = Reply("28504", ({"type": "actions", "elements": [build_button("share", "Share", recall)]},))
    shared = Reply(f"<@{person}> shared this")
    with database.write() as connection:
        ledger.add_row(
            connection, build_line("1.0", person=person, gaps=(Gap("question", f"words:{person[-1]}"),))
        )
        ledger.add_row(connection, build_line("2.0"))
        sent_messages.add_reply(connection, build_reply(f"key-{person[-1]}", recall=recall.write_value()))
        claims.claim_names(connection, TEAM, CHANNEL, person[-1], ["post:1.0"], f"key-{person[-1]}")
        notes.set_note(connection, NoteRow(TEAM, person[-1], "28504", "outage", person, "mei", 1.0))
        channels.set_channel(connection, ChannelRow(TEAM, f"C{person[-1]}", "auto", changed_by=person))
        channels.mute_thread(connection, TEAM, CHANNEL, "1.0", 1.0)
        gap_marks.ignore_gap(connection, TEAM, f"words:{person[-1]}", person, 1.0)
        for each in (reply, shared):
            send = build_post(each, CHANNEL)
            outbox.enqueue(connection, TEAM, CHANNEL, send.method, send.payload, "", 1.0)
        outbox.enqueue(connection, TEAM, CHANNEL, "job:read", {"user": person}, "", 1.0)
    VoteStore(database).set_vote(build_vote("not-it", person, root=person[-1]), GAP, "en")


def dump(database: Database) -> Mapping[str, list[str]]:
    """Return every row of every table as text."""
    with database.read() as connection:
        return {
            name: [json.dumps([str(cell) for cell in row]) for row in connection.execute(sa.select(table))]
            for name, table in metadata.tables.items()
        }


def forget(database: Database, person: str) -> dict[str, int]:
    """Remove a person in as many transactions as it takes."""
    gone: dict[str, int] = {}
    while True:
        with database.write() as connection:
            some = people.forget_person(connection, person)
        if not some:
            return gone
        gone = {name: gone.get(name, 0) + some.get(name, 0) for name in {*gone, *some}}


def list_tables(dumped: Mapping[str, list[str]], person: str) -> set[str]:
    """Return the tables that hold the whole id somewhere."""
    import re

    whole = re.compile(rf"{person}(?![A-Z0-9])")
    return {name for name, rows in dumped.items() if any(whole.search(row) for row in rows)}


def test_every_table_is_accounted_for() -> None:
    """Each table is either one in which a person is looked for, or one that holds none; never both."""
    with_people = [place.table.name for place in people.PLACES]
    without = [table.name for table in people.WITHOUT_PEOPLE]
    assert sorted([*with_people, *without]) == sorted(metadata.tables)


def test_columns_named_for_people_are_looked_at() -> None:
    """A column that is named for a person is in no table that is said to hold none."""
    named = {"person", "author", "author_name", "changed_by", "user", "asker", "by", "muted_by"}
    for table in people.WITHOUT_PEOPLE:
        assert named.isdisjoint(table.c.keys())


def test_forget(database: Database) -> None:
    """Nothing of a person is left anywhere, all of another is; what they set stays set."""
    for person in (GONE, STAYS):
        leave(database, person)
    before = dump(database)
    assert list_tables(before, GONE) == {place.table.name for place in people.PLACES}
    gone = forget(database, GONE)
    assert gone == ROWS
    after = dump(database)
    assert list_tables(after, GONE) == set()
    for name, rows in before.items():
        assert [row for row in rows if STAYS in row] == [row for row in after[name] if STAYS in row]
    assert forget(database, GONE) == {}
    with database.read() as connection:
        setting = channels.find_channel(connection, TEAM, "CE")
        assert setting
        assert (setting.mode, setting.changed_by) == ("auto", people.NOBODY)
        assert sent_messages.get_reply(connection, "key-E").recall.count('"a":""') == 1


def test_show(database: Database) -> None:
    """All that is kept of a person is shown, as JSON takes it, and nothing of another."""
    for person in (GONE, STAYS):
        leave(database, person)
    with database.read() as connection:
        shown = people.list_person(connection, GONE)
        assert people.list_person(connection, "U0NOBODY") == {}
    assert {name: len(rows) for name, rows in shown.items()} == ROWS
    assert STAYS not in json.dumps(shown, ensure_ascii=False)


def test_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rows go in several transactions, none of which is long."""
    monkeypatch.setattr(people, "MOST_FORGOTTEN", 2)
    with database.write() as connection:
        ledger.add_rows(connection, [build_line(f"{n}.0", person=GONE) for n in range(5)])
    counts: list[Any] = []
    while not counts or counts[-1]:
        with database.write() as connection:
            counts.append(dict(people.forget_person(connection, GONE)))
    assert counts == [{"ledger": 2}, {"ledger": 2}, {"ledger": 1}, {}]
