"""The database: a file of SQLite, or PostgreSQL; its connections and transactions, each bounded in time.

Slack waits three seconds for an acknowledgement, so nothing here waits longer than PATIENCE for a lock or a
statement: then it's a StoreError.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import SettingError, StoreError
from bot.stores import migrations
from bot.stores.address import describe, read_address

PATIENCE = 1.5  # seconds, half of the three in which Slack wants its answer (docs.slack.dev, Events API)
CONNECT_PATIENCE = 2  # seconds; libpq takes no less (postgresql.org, libpq-connect, connect_timeout)
MIGRATION_PATIENCE = 300.0  # seconds; nobody waits for a migration but who started it
CONNECTIONS = 18  # at once, at most: more than the threads that serve and send
TRIES = 5  # to make a new file one that is written ahead of
LONGEST_WORDS = 200  # characters of the database's own words that the log repeats
KEYS = {
    "SQLITE_FULL": "store_full",
    "53100": "store_full",
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "55P03": "store_busy",  # a lock
    "57014": "store_busy",  # a statement that took too long
    "53": "store_busy",  # too many connections, no memory
    "SQLITE_READONLY": "store_denied",
    "SQLITE_CANTOPEN": "store_denied",
    "42501": "store_denied",
    "SQLITE_CORRUPT": "store_damaged",
    "SQLITE_NOTADB": "store_damaged",
    "28": "store_refused",
    "3D000": "store_refused",
    "08": "store_unreachable",
    "57P": "store_unreachable",  # it shuts down, or starts
}
"""From how an error's code begins to the key of its sentence."""

# How SQLite begins a transaction; one that writes takes the lock at once, for it can't be had later.
WRITE, READ = "BEGIN IMMEDIATE", "BEGIN DEFERRED"


def open_database(url: str, *, patience: float = PATIENCE) -> Database:
    """Return the database at a URL; a file of SQLite is created, with its folder, for its owner alone.

    `patience` is how many seconds a transaction may wait. Nothing is connected yet, and no table made.
    Raises SettingError if the URL, or the file that it names, can't be used.
    """
    address = read_address(url)
    if address.drivername.startswith("sqlite"):
        path = Path(address.database or "").expanduser()
        _create_file(path)
        address = address.set(database=str(path))
    return Database(address, patience)


class Database:
    """A database, open. Use open_database() to get one. Threads may share it."""

    def __init__(self, address: sa.URL, patience: float = PATIENCE) -> None:
        self.is_sqlite = address.drivername.startswith("sqlite")
        self._patience = patience
        # SQLite lets a writer wait by sleeping longer and longer: of eight threads the unlucky one waited
        # more than a second. So those of one process take turns here.
        self._turn = threading.Lock() if self.is_sqlite else None
        milliseconds = round(patience * 1000)
        bounds: dict[str, object] = {"timeout": patience}
        if not self.is_sqlite:
            # A server that vanished without a word is noticed as well, where the system can do that.
            bounds = {"connect_timeout": CONNECT_PATIENCE, "tcp_user_timeout": milliseconds}
        self._engine = sa.create_engine(
            address,
            connect_args=bounds,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=patience,
            pool_use_lifo=True,  # what was used last has the pages of the file at hand
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,  # people's words stand in them, and errors are logged
        )
        if self.is_sqlite:
            sa.event.listen(self._engine, "connect", _prepare_file)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Run one transaction that may write: it is committed at the end, or rolled back by an exception.

        Raises StoreError, and nothing is written, if the database fails or can't take it in time.
        """
        with self._run(WRITE, self._patience) as connection:
            yield connection

    @contextmanager
    def read(self, patience: float = 0.0) -> Iterator[sa.Connection]:
        """Run one transaction that reads. Raises StoreError if the database fails.

        A statement may take `patience` seconds, where they are more than others get.
        """
        with self._run(READ, max(patience, self._patience)) as connection:
            yield connection

    def migrate(self) -> tuple[str, ...]:
        """Bring the tables up to date; return the migrations that were run, oldest first.

        Of several processes that do so at once, one does the work. Raises StoreError.
        """
        with self._run(WRITE, MIGRATION_PATIENCE) as connection:
            return migrations.upgrade(connection)

    def is_compatible(self) -> bool:
        """Say whether this version of the program may run on the tables. Raises StoreError."""
        with self.read() as connection:
            return migrations.is_compatible(connection)

    def require_compatible(self) -> None:
        """Raise SettingError or StoreError where this version of the program may not run on the tables."""
        with self.read() as connection:
            migrations.require_compatible(connection)

    def close(self) -> None:
        """Close the connections that aren't in use."""
        self._engine.dispose()

    def __str__(self) -> str:
        return describe(self._engine.url)

    @contextmanager
    def _run(self, mode: str, patience: float) -> Iterator[sa.Connection]:
        try:
            with (
                self._take_turn(mode, patience),
                self._engine.connect() as connection,
                connection.begin(),
            ):
                if self.is_sqlite:
                    if patience > self._patience:
                        _set_patience(connection, patience)
                    _begin(connection, mode)
                else:
                    connection.execute(_BOUND, {"patience": str(round(patience * 1000))})
                yield connection
        except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
            raise StoreError(_find_key(error), _find_words(error)) from error

    @contextmanager
    def _take_turn(self, mode: str, patience: float) -> Iterator[None]:
        if not self._turn or mode != WRITE:
            yield
        elif self._turn.acquire(timeout=patience):
            try:
                yield
            finally:
                self._turn.release()
        else:
            raise StoreError("store_busy", "database is locked by this process")


_REFUSALS = ("authentication failed", "no pg_hba.conf entry", "does not exist")  # of libpq, behind FATAL

# For this transaction alone: a pool of connections outside, as PgBouncer is, may give them to others.
_BOUND = sa.text(
    "SELECT set_config('statement_timeout', :patience, true), set_config('lock_timeout', :patience, true)"
)


def _create_file(path: Path) -> None:
    """Create the file for its owner alone: it tells channels and what was asked there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SettingError("setting_database_path", path=path, why=error.strerror or error) from error


def _prepare_file(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Set up a new connection to SQLite: readers and the one writer don't wait for each other (WAL)."""
    connection.isolation_level = None  # sqlite3 begins nothing by itself; _begin does
    cursor = connection.cursor()
    _set_wal(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _set_wal(cursor: DBAPICursor) -> None:
    """Have the file written ahead of (WAL).

    Of several that find a new file, all but one are refused without a wait, lest they wait for each other
    (sqlite.org, c3ref/busy_handler). A transaction waits, so each begins one before it tries again.
    """
    for left in reversed(range(TRIES)):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not left:
                raise
        cursor.execute(WRITE)
        cursor.execute("ROLLBACK")


def _set_patience(connection: sa.Connection, patience: float) -> None:
    """Let a connection to SQLite wait longer than others do; it goes back to no pool."""
    connection.detach()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(patience * 1000)}")


def _begin(connection: sa.Connection, mode: str) -> None:
    """Begin a transaction of SQLite; an event or a statement of SQLAlchemy's takes far longer."""
    cursor = connection.connection.cursor()
    cursor.execute(mode)
    cursor.close()


def _find_key(error: Exception) -> str:
    """Return the key of the sentence for an error of the database's; it tells who must do what, and no more.

    PostgreSQL's codes: postgresql.org, errcodes-appendix; SQLite's: sqlite.org, rescode.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlstate", "") or getattr(cause, "sqlite_errorname", "") or "")
    found = next((key for start, key in KEYS.items() if code.startswith(start)), "")
    if found:
        return found
    if not isinstance(error, OperationalError) or code:
        return "store_failed"
    # libpq has no code for a connection that doesn't come about, only words.
    is_refused = any(words in str(cause) for words in _REFUSALS)
    return "store_refused" if is_refused else "store_unreachable"


def _find_words(error: Exception) -> str:
    """Return the database's own words, their first line: what follows may repeat values."""
    words = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return words.partition("\n")[0][:LONGEST_WORDS]
