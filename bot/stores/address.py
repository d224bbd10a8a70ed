"""The address of a database: the URL that the operator gives, checked, and told without its password.

Called by database.py.
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

# Up to the last @, though none of that belongs there: a password that was typed in raw may hold anything.
_PASSWORD = re.compile(r"(?<=://)([^/@:\s]*):\S*@|([?&][^=&]*password=)[^&\s]*", re.IGNORECASE)


def read_address(url: str) -> URL:
    """Return the URL with the driver that is used for it.

    A file of SQLite needs a path, for a database in memory would not outlive the process.
    Raises SettingError if the URL can't be read or names no database of these.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise SettingError("setting_database", value=mask(url)) from None
    driver = DRIVERS.get(address.drivername)
    is_file = address.database not in (None, "", ":memory:") and not address.query and not address.host
    if driver is None or (driver.startswith("sqlite") and not is_file):
        raise SettingError("setting_database", value=mask(url))
    return address.set(drivername=driver)


def mask(url: str) -> str:
    """Return a URL, well formed or not, with stars for its password.

    >>> mask("postgres://desk:s3cret@db.example.com/faultbook?sslpassword=x")
    'postgres://desk:***@db.example.com/faultbook?sslpassword=***'
    """
    return _PASSWORD.sub(lambda found: f"{found[2]}***" if found[2] else f"{found[1]}:***@", url)
