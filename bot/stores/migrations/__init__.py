"""Migrations of the tables, by Alembic.

A step, once released, is never changed; what comes later is a new file in versions/. Each names the oldest
code that may run on its tables (`oldest_code`), so that two versions can serve at once: a step only adds, and
what it makes needless is dropped a release later.
"""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.errors import SettingError, StoreError
from bot.stores import desk_state
from bot.stores.desk_state import OLDEST_CODE
from bot.stores.tables import metadata

LOCK = 0x0FA017B00C  # any number that no other program on the database locks by


def upgrade(connection: sa.Connection) -> tuple[str, ...]:
    """Run the migrations that are missing, in the connection's transaction; return them, oldest first.

    Tables that a newer program made are left alone. Raises StoreError if this program may not run on them.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    before = _find_revision(connection)
    if before and before not in _list_known():
        require_compatible(connection)
        return ()
    config = _build_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    known = _list_known()
    desk_state.write_state(connection, OLDEST_CODE, f"{max(known)} {max(known.values())}")
    return tuple(revision for revision in sorted(known) if revision > before)


def is_compatible(connection: sa.Connection) -> bool:
    """Say whether this program may run on the tables: no migration is missing, and newer ones allow it."""
    found, known = _find_revision(connection), _list_known()
    return found == max(known) or (found not in known and _may_run(connection, found))


def require_compatible(connection: sa.Connection) -> None:
    """Raise an error that says what to do where this program may not run on the tables.

    SettingError where a migration is missing, StoreError where a newer program made the tables.
    """
    if is_compatible(connection):
        return
    found = _find_revision(connection)
    if found and found not in _list_known():
        raise StoreError("store_newer", revision=found)
    raise SettingError("setting_not_migrated")


def _may_run(connection: sa.Connection, found: str) -> bool:
    """Say whether a newer program, which made the tables, declared that this one may run on them."""
    if not found or not sa.inspect(connection).has_table(desk_state.TABLE.name):
        return False
    revision, _, oldest = desk_state.read_state(connection, OLDEST_CODE).partition(" ")
    return revision == found and bool(oldest) and max(_list_known()) >= oldest


def _find_revision(connection: sa.Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


@cache
def _list_known() -> dict[str, str]:
    """Return the revisions of this program, each with the oldest one whose program may run on it.

    Revisions are numbers of four digits, so that they compare as texts.
    """
    steps = ScriptDirectory.from_config(_build_config()).walk_revisions()
    return {step.revision: step.module.oldest_code for step in steps}


def _build_config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.stores:migrations")
    config.attributes["metadata"] = metadata
    return config
