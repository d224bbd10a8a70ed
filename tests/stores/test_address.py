"""The address of a database: which are taken, and that nothing of a wrong one is shown."""

from __future__ import annotations

import pytest

from bot.errors import SettingError
from bot.stores.address import describe, read_address


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
        "postgresql://db/faultbook?s3cret=1",
        "postgresql://db/faultbook?port=s3cret",
        "",
    ],
)
def test_refused(url: str) -> None:
    """What names no file and no PostgreSQL is refused: a path alone, a database in memory, others."""
    with pytest.raises(SettingError) as raised:
        read_address(url)
    assert (raised.value.key, raised.value.values) == ("setting_database", {})


MALFORMED = (
    "postgresql:desk:PW@h/x",
    "postgresql:/desk:PW@h/x",
    "postgresql//desk:PW@h/x",
    "postgresql://desk:PW@h:x/x",
    "postgresql://desk:a@PW@h/x",
    "postgresql://desk:a@b/PW@h/x",
    "postgresql://desk:a/PW",
    "postgresql://PW h/x",
    "host=h dbname=x user=desk password=PW",
    "jdbc:postgresql://h/x?password=PW",
    "mysql://desk:PW@h/x",
    "sqlite://PW",
    "sqlite://PW@/x.db",
    "sqlite://desk:PW@/x.db",
    "sqlite://PW:1/x.db",
    "sqlite://:5/PW.db",
    "PW",
)
"""Addresses that can't be read, each with a password in it, or a part of one."""


@pytest.mark.parametrize("url", MALFORMED)
def test_nothing_of_it_is_shown(url: str) -> None:
    """Nothing of an address that can't be read stands in the error."""
    with pytest.raises(SettingError) as raised:
        read_address(url)
    assert "PW" not in repr(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://desk:PW@h:5433/x", "postgresql://h:5433/x"),
        ("postgresql://PW@h/x", "postgresql://h/x"),
        ("postgresql://h/x?user=desk&password=PW&application_name=b", "postgresql://h/x"),
        ("postgresql://desk:p%40PW@[2001:db8::1]/x", "postgresql://[2001:db8::1]/x"),
        ("sqlite:///faultbook.db", "sqlite:///faultbook.db"),
    ],
)
def test_what_is_shown(url: str, shown: str) -> None:
    """Of an address that can be read driver, host and name are shown; user, password and options are not."""
    assert describe(read_address(url)) == shown
