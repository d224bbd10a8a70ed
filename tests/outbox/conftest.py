"""A fake Slack, a clock, and a real database: a file of SQLite, and PostgreSQL where a test says `both`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.stores.database import Database
from tests.support.fake_slack import FakeSlack
from tests.support.migrated import open_migrated
from tests.support.office import Hours, Office


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake Web API."""
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def clock() -> Hours:
    """The clock of record and senders."""
    return Hours()


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new file of SQLite, or of a new database of PostgreSQL; see office.both."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/faultbook.db"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The database at the URL, migrated."""
    opened = open_migrated(url)
    yield opened
    opened.close()


@pytest.fixture
def office(url: str, database: Database, slack: FakeSlack, clock: Hours) -> Office:
    """A decision store and workers over the database."""
    return Office(database, slack, clock, url)
