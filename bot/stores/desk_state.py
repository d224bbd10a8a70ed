"""The state of the desk as a whole, by name: what is of no team. Values are short texts."""

from __future__ import annotations

import sqlalchemy as sa

from bot.stores.insert import insert_into
from bot.stores.tables import desk_state

TABLE = desk_state

OLDEST_CODE = "oldest_code"
"""The revision of the tables, and the oldest one whose program may run on them, as `0003 0001`."""

CLOCK_SHIFT = "clock_shift"
"""Seconds that the desk's time is ahead of the database's clock, since that clock jumped."""


def read_state(connection: sa.Connection, name: str, default: str = "") -> str:
    """Return a value, or the default where there is none."""
    found = connection.execute(sa.select(desk_state.c.value).where(desk_state.c.name == name))
    value: str = found.scalar_one_or_none() or default
    return value


def write_state(connection: sa.Connection, name: str, value: str) -> None:
    """Write a value, in place of the one before."""
    insert = insert_into(connection.dialect.name, desk_state).values(name=name, value=value)
    connection.execute(insert.on_conflict_do_update(index_elements=("name",), set_={"value": value}))
