"""The address of a database: the URL that the operator gives, checked.

No error repeats any of it: what can't be read may be a password, or a part of one.
"""

from __future__ import annotations

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingError

DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",  # as hosting platforms spell it
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_HOST = re.compile(r"[A-Za-z0-9._-]*|[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?")


def read_address(url: str) -> URL:
    """Return the URL with the driver that is used for it.

    A file of SQLite needs a path, for a database in memory would not outlive the process.
    Raises SettingError if the URL can't be read or names no database of these.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise SettingError("setting_database") from None
    driver = DRIVERS.get(address.drivername)
    is_file = address.database not in (None, "", ":memory:") and not address.query
    if driver is None or (driver.startswith("sqlite") and not is_file) or _is_misread(url, address):
        raise SettingError("setting_database")
    if not driver.startswith("sqlite") and not _are_options(address):
        raise SettingError("setting_database")
    address = address.set(drivername=driver)
    try:
        address.get_dialect()().create_connect_args(address)
    except (ArgumentError, ValueError):  # as of a file with a user or a host, which the error would repeat
        raise SettingError("setting_database") from None
    return address


def _is_misread(url: str, address: URL) -> bool:
    """Say whether a password that was typed in raw ended early: what follows would be taken for the host."""
    is_server = not address.drivername.startswith("sqlite")
    return is_server and (url.count("@") > 1 or not _HOST.fullmatch(address.host or ""))


def _are_options(address: URL) -> bool:
    """Say whether libpq can read every option of an address; its own error repeats what it can't."""
    from psycopg import Error, conninfo

    query = address.query.items()
    values = {name: value if isinstance(value, str) else ",".join(value) for name, value in query}
    try:
        conninfo.make_conninfo(**values)
    except (Error, TypeError, ValueError):
        return False
    return values.get("port", "").replace(",", "").isdecimal() or "port" not in values


def describe(address: URL) -> str:
    """Return what may be shown of an address, without its driver: no user, no password, no options.

    >>> describe(read_address("postgres://desk:s3cret@db.example.com/faultbook?sslpassword=x"))
    'postgresql://db.example.com/faultbook'
    """
    return URL.create(
        address.get_backend_name(), host=address.host, port=address.port, database=address.database
    ).render_as_string()
