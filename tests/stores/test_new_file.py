"""A file of SQLite that several processes open while it is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.stores import migrations
from bot.stores.database import MIGRATION_PATIENCE, open_database

Watch = Callable[[str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a file that is new."""
    return tmp_path / "faultbook.db"


@pytest.fixture
def holder(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of another process, which is writing."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, holder: sqlite3.Connection) -> Callable[[Watch], None]:
    """Have each statement of SQLite's told just before it runs, on connections that are made from now on."""
    connect = sqlite3.connect

    def start(tell: Watch) -> None:
        def connect_watched(*arguments: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **named)
            connection.set_trace_callback(tell)
            return connection

        monkeypatch.setattr(sqlite3.dbapi2, "connect", connect_watched)

    return start


def test_opened_while_another_makes_it(
    path: Path, holder: sqlite3.Connection, watch: Callable[[Watch], None]
) -> None:
    """Who finds a new file that another is writing to waits; SQLite alone refuses it without a wait."""

    def release(statement: str) -> None:
        if statement.startswith("BEGIN"):  # so the first attempt was refused
            holder.execute("COMMIT")

    watch(release)
    database = open_database(f"sqlite:///{path}")
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    database.close()


def test_migration_waits_longer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration waits for another's write far longer than other transactions, those after it as before."""

    def ask(connection: sa.Connection) -> tuple[str, ...]:
        return (str(connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()),)

    monkeypatch.setattr(migrations, "upgrade", ask)
    database = open_database(f"sqlite:///{path}", patience=0.5)
    assert database.migrate() == (str(round(MIGRATION_PATIENCE * 1000)),)
    with database.read() as connection:
        assert ask(connection) == ("500",)
    database.close()
