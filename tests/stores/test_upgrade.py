"""Tables of the first release, with rows in them: nothing is lost by the upgrade, and its program goes on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from bot.stores import migrations
from bot.stores.database import Database

SECOND, LAST_OF_FIRST = 2.0, "0004"  # the revision of 0.1.0
TEAM, CHANNEL = "T0FAULT", "C0SUPPORT"
NEW = {"gaps", "votes", "gap_marks"}


def build_value(column: dict[str, Any]) -> object:
    """Return a value for a column, as a program of that time would write one."""
    name, kind = column["name"], column["type"]
    if name in ("team", "channel"):
        return TEAM if name == "team" else CHANNEL
    if isinstance(kind, sa.Boolean) or "bool" in str(kind).lower():
        return False
    if name in ("entries", "runners_up", "packs", "payload"):
        return "[]"
    if isinstance(kind, sa.Integer | sa.BigInteger):
        return 1
    return SECOND if isinstance(kind, sa.Double | sa.Float) else "x"


def write_rows(connection: sa.Connection) -> dict[str, list[str]]:
    """Write a row into every table as it is now; return the columns that were filled."""
    inspector = sa.inspect(connection)
    filled: dict[str, list[str]] = {}
    for table in sorted(inspector.get_table_names()):  # replies before reply_entries would be the other way
        if table in ("alembic_version", "desk_state", "reply_entries"):
            continue
        columns = [each for each in inspector.get_columns(table) if each["name"] != "id"]
        names = [str(each["name"]) for each in columns]
        values = {str(each["name"]): build_value(dict(each)) for each in columns}
        places = ", ".join(f":{name}" for name in names)
        statement = f"INSERT INTO {table} ({', '.join(_quote(name) for name in names)}) VALUES ({places})"  # noqa: S608 - names of columns
        connection.execute(sa.text(statement), values)
        filled[table] = names
    return filled


def read_rows(connection: sa.Connection, filled: dict[str, list[str]]) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of the tables, of those columns alone."""
    read: dict[str, list[tuple[str, ...]]] = {}
    for table, names in filled.items():
        asked = sa.text(f"SELECT {', '.join(_quote(name) for name in names)} FROM {table}")  # noqa: S608 - likewise
        read[table] = [tuple(str(cell) for cell in row) for row in connection.execute(asked)]
    return read


def _quote(name: str) -> str:
    return f'"{name}"'


@pytest.fixture
def first(empty: Database) -> Database:
    """A database of the first release."""
    with empty.write() as connection:
        config = migrations._build_config()
        config.attributes["connection"] = connection
        command.upgrade(config, LAST_OF_FIRST)
    return empty


def test_rows_stay(first: Database) -> None:
    """Every row of the first release is there after the upgrade, as it was; the new columns have a value."""
    with first.write() as connection:
        filled = write_rows(connection)
        before = read_rows(connection, filled)
    assert all(before.values())
    revisions = first.migrate()
    assert revisions[0] == "0005"
    assert first.is_compatible()
    with first.read() as connection:
        assert read_rows(connection, filled) == before
        assert set(sa.inspect(connection).get_table_names()) >= NEW
        [person] = connection.execute(sa.text("SELECT person FROM ledger")).scalars()
    assert person == ""


def test_first_release_goes_on(first: Database) -> None:
    """A program of the first release still writes its rows once the tables are up to date."""
    with first.read() as connection:
        inspector = sa.inspect(connection)
        old = {
            table: {str(column["name"]) for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
        }
    first.migrate()
    with first.read() as connection:
        inspector = sa.inspect(connection)
        for table, names in old.items():
            columns = {str(each["name"]): each for each in inspector.get_columns(table)}
            assert names <= set(columns)
            added = [each for name, each in columns.items() if name not in names]
            assert all(each["nullable"] or each["default"] is not None for each in added), table
