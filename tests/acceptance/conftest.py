"""What the proofs share: a Slack by the real clock, databases that are migrated, and the seed.

A proof that draws prints its seed where it fails; PROOF_SEED=<seed> in the environment draws the same again.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.stores.database import open_database
from tests.support.fake_slack import FakeSlack

VARIABLE = "PROOF_SEED"
WHOLE = 1800  # seconds of a proof: twenty starts of a process, half a minute each beside twenty other jobs


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each proof here its time; one that states its own keeps that."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(WHOLE), append=False)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake Slack whose messages are of now: the desk looks for what it sent by time, too."""
    with FakeSlack(clock=time.time) as fake:
        yield fake


@pytest.fixture
def seed() -> int:
    """The seed of this run; pytest shows what is printed here where the test fails."""
    drawn = int(os.environ.get(VARIABLE) or random.SystemRandom().randrange(1_000_000))
    print(f"{VARIABLE}={drawn}")  # noqa: T201 - the only way into the report of a failure
    return drawn


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The URL of a database that is migrated: a file of SQLite, then PostgreSQL."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a file of SQLite that is migrated."""
    return _migrate(f"sqlite:///{tmp_path}/faultbook.db")


@pytest.fixture
def postgresql_url(postgres_url: str) -> str:
    """The URL of a database of PostgreSQL that is migrated."""
    return _migrate(postgres_url)


def _migrate(url: str) -> str:
    database = open_database(url)
    database.migrate()
    database.close()
    return url
