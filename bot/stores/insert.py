"""Inserting: rows as dataclasses, and INSERT ... ON CONFLICT, which is a construct of each dialect.

Statements that run for each post are built once: building one takes longer than running it.
"""

from __future__ import annotations

from dataclasses import Field
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


class Row(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def insert_into(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT with the methods on_conflict_do_update and on_conflict_do_nothing."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def list_values(row: Row) -> dict[str, Any]:
    """Return the values of a row by column; unlike dataclasses.asdict it copies none."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
