"""A fake Slack, a clock, and a real database: a file of SQLite, and PostgreSQL where a test says `both`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.stores.database import Database, open_database
from tests.support.fake_slack import FakeSlack
from tests.support.office import Hours, Office


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep slack_sdk from asking a proxy of this machine for loopback."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


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
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A new file of SQLite, or a new database of PostgreSQL; see office.both."""
    url = f"sqlite:///{tmp_path}/faultbook.db"
    if getattr(request, "param", "sqlite") == "postgresql":
        url = request.getfixturevalue("postgres_url")
    opened = open_database(url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database, slack: FakeSlack, clock: Hours) -> Office:
    """A record and senders over the database."""
    return Office(database, slack, clock)
