"""Databases with their tables. One file is migrated in a process, and copied: migrating takes 40 ms."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from bot.stores.database import Database, open_database
from tests.support.patience import PATIENCE

FILE = "sqlite:///"


def open_migrated(url: str, patience: float = PATIENCE) -> Database:
    """Open a database as open_database() does, with its tables; a file of SQLite must be new.

    A transaction waits for a lock as long as any test waits: on a busy machine the desk's own bound may pass.
    """
    if url.startswith(FILE):
        path = Path(url.removeprefix(FILE))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600, exist_ok=False)
        path.write_bytes(_read_template())
        return open_database(url, patience=patience)
    database = open_database(url, patience=patience)
    database.migrate()
    return database


@functools.cache
def _read_template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        database = open_database(f"{FILE}{path}")
        database.migrate()
        database.close()
        return path.read_bytes()
