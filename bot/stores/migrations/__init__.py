"""Migrations of the tables, by Alembic.

A step, once released, is never changed; what comes later is a new file in versions/.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.errors import StoreError
from bot.stores.tables import metadata

LOCK = 0x0FA017B00C  # any number that no other program on the database locks by


def upgrade(connection: sa.Connection) -> tuple[str, ...]:
    """Run the migrations that are missing, in the connection's transaction; return them, oldest first.

    Raises StoreError if the tables are newer than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    config = _build_config()
    config.attributes["connection"] = connection
    before = MigrationContext.configure(connection).get_current_revision() or "base"
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # a revision that no file here has
        raise StoreError("store_newer", revision=before) from error
    steps = ScriptDirectory.from_config(config).iterate_revisions("head", before)
    return tuple(step.revision for step in steps)[::-1]


def is_current(connection: sa.Connection) -> bool:
    """Say whether no migration is missing, and none is there that this program doesn't know."""
    found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(_build_config()).get_heads())


def _build_config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.stores:migrations")
    config.attributes["metadata"] = metadata
    return config
