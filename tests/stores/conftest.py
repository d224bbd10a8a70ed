"""Each test of this folder that asks for a database runs on both: a file of SQLite, and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.stores.database import Database, open_database
from tests.support.migrated import open_migrated
from tests.support.patience import PATIENCE


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/faultbook.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def empty(url: str) -> Iterator[Database]:
    """A database without tables."""
    database = open_database(url, patience=PATIENCE)
    yield database
    database.close()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with its tables."""
    database = open_migrated(url)
    yield database
    database.close()
