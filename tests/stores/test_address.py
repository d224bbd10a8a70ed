"""The address of a database: which are taken, and how a wrong one is told."""

from __future__ import annotations

import pytest

from bot.errors import SettingError
from bot.stores.address import mask, read_address


@pytest.mark.parametrize(
    ("url", "driver", "name"),
    [
        ("sqlite:///faultbook.db", "sqlite+pysqlite", "faultbook.db"),
        ("sqlite:////var/lib/faultbook.db", "sqlite+pysqlite", "/var/lib/faultbook.db"),
        ("postgres://desk:s3cret@db.example.com/faultbook", "postgresql+psycopg", "faultbook"),
        ("postgresql://db/faultbook?sslmode=require", "postgresql+psycopg", "faultbook"),
        ("postgresql+psycopg:///faultbook?host=/run/postgresql", "postgresql+psycopg", "faultbook"),
    ],
)
def test_taken(url: str, driver: str, name: str) -> None:
    """A file of SQLite and PostgreSQL are taken, the latter under each of its names."""
    address = read_address(url)
    assert (address.drivername, address.database) == (driver, name)


@pytest.mark.parametrize(
    "url",
    [
        "faultbook.db",
        "/var/lib/faultbook.db",
        "sqlite://",
        "sqlite://faultbook.db",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "mysql://db/faultbook",
        "postgresql+psycopg2://db/faultbook",
        "postgresql://db:five/faultbook",
        "",
    ],
)
def test_refused(url: str) -> None:
    """What names no file and no PostgreSQL is refused: a path alone, a database in memory, others."""
    with pytest.raises(SettingError) as raised:
        read_address(url)
    assert (raised.value.key, raised.value.values) == ("setting_database", {"value": url})


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://desk:s3cret@db/faultbook", "mysql://desk:***@db/faultbook"),
        ("mysql://desk:s3/c:r@et@db/faultbook", "mysql://desk:***@db/faultbook"),
        ("postgresql://:s3cret@db:x/faultbook", "postgresql://:***@db:x/faultbook"),
        ("postgresql://db/x?user=desk&password=s3cret&a=b", "postgresql://db/x?user=desk&password=***&a=b"),
        ("sqlite:///faultbook.db", "sqlite:///faultbook.db"),
    ],
)
def test_password_is_not_told(url: str, told: str) -> None:
    """A password is told as stars, wherever it stands, though the address be wrong."""
    assert mask(url) == told
