"""The batcher: lines that arrive together are written together, and each thread is told how its own fared."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.outbox.ledger_batcher import LedgerBatcher
from bot.stores.database import Database
from bot.stores.tables import ledger
from tests.support.office import both
from tests.support.patience import PATIENCE
from tests.support.rows import build_line

LINES = 8


class Gate:
    """A database whose transactions halt, before they begin or at their end, until they are let go on."""

    def __init__(self, database: Database, *, at_end: bool = False) -> None:
        self.transactions = 0
        self.reached, self.opened = threading.Event(), threading.Event()
        self._database = database
        self._at_end = at_end

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Run one transaction."""
        self.transactions += 1
        if not self._at_end:
            self._halt()
        with self._database.write() as connection:
            yield connection
            if self._at_end:
                self._halt()

    def _halt(self) -> None:
        self.reached.set()
        assert self.opened.wait(PATIENCE)


def write_together(
    batcher: LedgerBatcher, gate: Gate, workers: ThreadPoolExecutor, waiting: int
) -> list[Future[None]]:
    """Let the first of LINES halt, the others arrive until so many wait, and then the first go on."""
    first = workers.submit(batcher.write, build_line("0.0"))
    assert gate.reached.wait(PATIENCE)
    others = [workers.submit(batcher.write, build_line(f"{number}.0")) for number in range(1, LINES)]
    while len(batcher._waiting) < waiting:  # nobody else can tell that they have arrived
        assert not any(other.done() for other in others)
    gate.opened.set()
    return [first, *others]


def read_posts(database: Database) -> list[str]:
    """Return the posts that lines stand for, in their order."""
    with database.read() as connection:
        return list(connection.execute(sa.select(ledger.c.ts).order_by(ledger.c.ts)).scalars())


@both
def test_together(database: Database) -> None:
    """What arrives until a transaction has begun goes into it; the threads wait for that."""
    gate = Gate(database)
    with ThreadPoolExecutor(LINES) as workers:
        for written in write_together(LedgerBatcher(gate), gate, workers, LINES):  # type: ignore[arg-type] # it has what it needs
            written.result(PATIENCE)
    assert gate.transactions == 1
    assert read_posts(database) == [f"{number}.0" for number in range(LINES)]


@both
def test_next(database: Database) -> None:
    """What arrives while lines are written goes into one transaction after it."""
    gate = Gate(database, at_end=True)
    with ThreadPoolExecutor(LINES) as workers:
        for written in write_together(LedgerBatcher(gate), gate, workers, LINES - 1):  # type: ignore[arg-type] # likewise
            written.result(PATIENCE)
    assert gate.transactions == 2
    assert read_posts(database) == [f"{number}.0" for number in range(LINES)]


def test_database_fails(database: Database) -> None:
    """Where it fails each thread is told so, also those that came meanwhile; later lines are tried anew."""
    gate = Gate(database)
    batcher = LedgerBatcher(gate)  # type: ignore[arg-type] # likewise
    with database.write() as connection:
        connection.execute(sa.text("ALTER TABLE ledger RENAME TO away"))
    with ThreadPoolExecutor(LINES) as workers:
        failed = write_together(batcher, gate, workers, LINES)
        errors = [written.exception(PATIENCE) for written in failed]
    assert [type(error) for error in errors] == [StoreError] * LINES
    assert len({id(error) for error in errors}) == LINES
    assert gate.transactions == 1
    with database.write() as connection:
        connection.execute(sa.text("ALTER TABLE away RENAME TO ledger"))
    batcher.write(build_line("9.0"))
    assert read_posts(database) == ["9.0"]


def test_interrupted(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is interrupted while it writes for others leaves nobody waiting: the next line is written."""
    batcher = LedgerBatcher(database)
    with monkeypatch.context() as patch:
        patch.setattr("bot.stores.ledger.add_rows", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            batcher.write(build_line("1.0"))
    with ThreadPoolExecutor(1) as worker:
        worker.submit(batcher.write, build_line("2.0")).result(PATIENCE)
    assert read_posts(database) == ["2.0"]


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_bug(database: Database) -> None:
    """What is no failure of the database's is raised as it is."""
    with pytest.raises(AttributeError):
        LedgerBatcher(database).write(None)  # type: ignore[arg-type] # that is the bug
    assert read_posts(database) == []
