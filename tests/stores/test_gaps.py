"""Gaps: one row for each thread and person, grouped, ranked, and gone with the retention."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.redaction import redact
from bot.stores import gap_groups, gap_marks, gaps, ledger
from bot.stores.channels import rename_channel
from bot.stores.database import Database
from bot.stores.gap_groups import DAY
from bot.stores.gaps import Gap, GapGroup
from bot.stores.ledger import LedgerRow
from tests.support.rows import CHANNEL, OTHER, TEAM, build_line

CODE = Gap("code", "code:28612", "28612", ("toy/28604",))
WORDS = Gap("question", "words:0123456789abcdef")
START = 20_000 * DAY + 0.0


def build_question(person: str = "U0MEI", at: float = START, *found: Gap, **fields: Any) -> LedgerRow:
    """Return the line on a question that the desk could not answer."""
    ts = fields.pop("ts", str(at))
    given: dict[str, Any] = {"entries": (), "reason": "unsure", "person": person, "language": "zh", "at": at}
    return build_line(ts, gaps=found or (CODE,), root=fields.pop("root", ts), **given | fields)


def ask(database: Database, *rows: LedgerRow) -> None:
    with database.write() as connection:
        ledger.add_rows(connection, rows)


def list_groups(database: Database, since: float = 0.0, until: float = 1e12) -> list[GapGroup]:
    with database.read() as connection:
        return list(gap_groups.rank_groups(connection, TEAM, since, until)[0])


def test_read_again(database: Database) -> None:
    """A gap comes back with where and when it was met, in which language, and what was asked."""
    row = build_question("U0MEI", START, CODE, WORDS, text=redact("28612 怎么办"), surface="mention")
    ask(database, row)
    with database.read() as connection:
        [found] = gaps.list_rows(connection, TEAM, CODE.key, 5)
        assert gaps.list_rows(connection, TEAM, "code:28613", 5) == ()
        assert gaps.list_rows(connection, "T0OTHER", CODE.key, 5) == ()
        assert ledger.find_rows(connection, TEAM, CHANNEL, row.ts) == (row,)
    assert found == gaps.GapRow(
        CODE, TEAM, CHANNEL, row.root, row.ts, "U0MEI", "mention", "zh", START, START, redact("28612 怎么办")
    )
    assert {group.key for group in list_groups(database)} == {CODE.key, WORDS.key}


def test_once_a_thread_and_person(database: Database) -> None:
    """The same person in the same thread counts once, with the first and the newest time; others count."""
    ask(database, build_question(root="1.0"), build_question(at=START + 60, root="1.0", text=redact("28612")))
    [group] = list_groups(database)
    assert (group.people, group.days, group.rows) == (1, 1, 1)
    assert (group.first_at, group.latest_at) == (START, START + 60)
    with database.read() as connection:
        [row] = gaps.list_rows(connection, TEAM, CODE.key, 5)
    assert (row.ts, row.text) == (str(START + 60), "28612")
    ask(database, build_question("U0TOM", root="1.0"), build_question(at=START + DAY, root="2.0"))
    [group] = list_groups(database)
    assert (group.people, group.days, group.rows) == (2, 2, 3)


def test_ranked_by_people_then_days(database: Database) -> None:
    """What more people met stands first; of as many people, what came on more days."""
    often, many, few = (Gap("question", f"words:{name}") for name in ("often", "many", "few"))
    ask(database, *(build_question("U0MEI", START + n * DAY, often) for n in range(3)))
    ask(database, *(build_question("U0MEI", START + n, few) for n in range(4)))
    ask(database, *(build_question(f"U{n}", START, many) for n in range(2)))
    groups = [(group.key, group.people, group.days) for group in list_groups(database)]
    assert groups == [("words:many", 2, 1), ("words:often", 1, 3), ("words:few", 1, 1)]


def test_day_ends_at_midnight(database: Database) -> None:
    """Two questions a second apart are of two days where midnight (UTC) lies between them, else of one."""
    for at in (START + DAY - 1, START + DAY, START + 1.5 * DAY, START + 2 * DAY - 1):
        ask(database, build_question(at=at))
    assert [group.days for group in list_groups(database)] == [2]


def test_within_a_time(database: Database) -> None:
    """Only what was met within the time given is listed."""
    ask(database, build_question(at=START))
    assert list_groups(database, since=START + 1) == []
    assert list_groups(database, until=START) == []
    assert len(list_groups(database, since=START, until=START + 1)) == 1


def test_newest_first(database: Database) -> None:
    """The rows of a gap are told from the newest on, so many."""
    ask(database, *(build_question(f"U{n}", START + n) for n in (1, 3, 2)))
    with database.read() as connection:
        rows = gaps.list_rows(connection, TEAM, CODE.key, 2)
    assert [row.person for row in rows] == ["U3", "U2"]


def test_gone_with_its_line(database: Database) -> None:
    """What the retention takes from the ledger takes the gap along; asked again, it stays."""
    ask(database, build_question("U0MEI", START, root="1.0"), build_question("U0TOM", START, root="1.0"))
    ask(database, build_question("U0TOM", START + DAY, root="1.0"))
    with database.write() as connection:
        ledger.prune_rows(connection, START + 1)
    [group] = list_groups(database)
    assert (group.people, group.latest_at) == (1, START + DAY)


def test_prune_without_line(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a vote added goes by its own time, so many rows at once."""
    monkeypatch.setattr(gaps, "MOST_PRUNED", 2)
    with database.write() as connection:
        for number in range(4):
            gap, person = Gap("not-it", "not-it:toy/28504"), f"U{number}"
            row = gaps.GapRow(gap, TEAM, CHANNEL, "1.0", "2.0", person, "", "en", START, START)
            gaps.add_gaps(connection, [replace(row, latest_at=START + number)])
        left = [gaps.prune_gaps(connection, START + 3) for _ in range(3)]
    assert left == [2, 1, 0]
    assert [group.people for group in list_groups(database)] == [1]


def test_renamed_channel(database: Database) -> None:
    """Gaps follow a channel's new id; what was met there already stays one row."""
    ask(database, build_question(root="1.0"), build_question("U0TOM", root="1.0"))
    ask(database, build_question(root="1.0", channel=OTHER))
    with database.write() as connection:
        rename_channel(connection, TEAM, CHANNEL, OTHER)
    with database.read() as connection:
        rows = gaps.list_rows(connection, TEAM, CODE.key, 5)
    assert sorted((row.channel, row.person) for row in rows) == [(OTHER, "U0MEI"), (OTHER, "U0TOM")]


def test_questions_that_are_kept(database: Database) -> None:
    """The texts that the ledger holds are listed once each, the newest first, so many."""
    texts = [(1.0, "offline"), (2.0, "离线"), (3.0, ""), (4.0, "offline"), (0.5, "old")]
    ask(database, *(build_line(str(at), at=at, text=redact(text)) for at, text in texts))
    with database.read() as connection:
        assert ledger.list_questions(connection, 2) == ("offline", "离线")


def test_ranked_within_a_limit(database: Database) -> None:
    """Of more gaps than a limit the first are returned, with the number of all; kinds and marks narrow."""
    rejected = Gap("not-it", "not-it:toy/1")
    for gap, people in ((CODE, 3), (WORDS, 1), (rejected, 2)):
        ask(database, *(build_question(f"U{number}", START + number, gap) for number in range(people)))
    with database.write() as connection:
        gap_marks.ignore_gap(connection, TEAM, CODE.key, "U0MEI", START)
        ranked = [
            ([group.key for group in groups], count)
            for groups, count in (
                gap_groups.rank_groups(connection, TEAM, 0.0, limit=2),
                gap_groups.rank_groups(connection, TEAM, 0.0, kinds=("code", "question")),
                gap_groups.rank_groups(connection, TEAM, 0.0, ignored=False),
                gap_groups.rank_groups(connection, TEAM, 0.0, ignored=True),
                gap_groups.rank_groups(connection, TEAM, 0.0, key=WORDS.key),
            )
        ]
    assert ranked == [
        ([CODE.key, "not-it:toy/1"], 3),
        ([CODE.key, WORDS.key], 2),
        (["not-it:toy/1", WORDS.key], 2),
        ([CODE.key], 1),
        ([WORDS.key], 1),
    ]
