"""Several processes on one database."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.stores.database import Database
from bot.stores.gap_groups import rank_groups
from bot.stores.tables import outbox, votes
from tests.support.outbox_process import CHANNELS, EACH
from tests.support.patience import PATIENCE
from tests.support.rows import TEAM

ROOT = Path(__file__).resolve().parent.parent.parent
OWNERS = ("a", "b")


def work_together(what: str, url: str) -> list[Any]:
    """Let processes work at the same time; return what each did."""
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.support.outbox_process", what, url, owner],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=ROOT,
                )
            )
            for owner in OWNERS
        ]
        for worker in workers:
            stack.callback(worker.kill)
            assert worker.stdout
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin
            worker.stdin.write("go\n")
            worker.stdin.flush()
        return [json.loads(worker.communicate(timeout=PATIENCE)[0]) for worker in workers]


def test_no_row_twice_and_none_lost(database: Database, url: str) -> None:
    """Two processes that put and lease at once send each row once, and the channels keep their order."""
    done = work_together("empty_queue", url)
    with database.read() as connection:
        rows = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings().all()
    assert len(rows) == len(OWNERS) * CHANNELS * EACH
    assert sorted(row_id for ids in done for row_id in ids) == [row["id"] for row in rows]
    assert {(row["state"], row["attempts"], row["maybe_taken"]) for row in rows} == {("sent", 1, False)}
    for ids in done:
        for channel in range(CHANNELS):
            own = {row["id"] for row in rows if row["channel"] == f"C{channel}"}
            in_turn = [row_id for row_id in ids if row_id in own]
            assert in_turn == sorted(in_turn)


def test_counted_once(database: Database, url: str) -> None:
    """Two processes that write the same gaps and votes at once leave one row of each, and neither fails."""
    numbers = {number for told in work_together("tell", url) for number in told}
    with database.read() as connection:
        groups = rank_groups(connection, TEAM, 0.0)[0]
        voted = connection.execute(sa.select(sa.func.count()).select_from(votes)).scalar_one()
    assert {group.key for group in groups} == {f"code:{number}" for number in numbers} | {"not-it:toy/28504"}
    assert {(group.people, group.rows) for group in groups} == {(1, 1)}
    assert voted == len(numbers)


def test_migrated_by_one(empty: Database, url: str) -> None:
    """Of two processes that find an empty database, one makes the tables, and the other finds them made."""
    assert sorted(work_together("migrate", url)) == [[], ["0001", "0002", "0003", "0004", "0005", "0006"]]
    assert empty.is_compatible()
