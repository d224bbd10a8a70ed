"""A PostgreSQL server of our own: started for the tests, on loopback, with its data in a temporary folder.

Where its programs aren't installed, the tests that need it are skipped, and say so.
"""

from __future__ import annotations

import contextlib
import getpass
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import pytest

from demo.ports import ReservedPort

DEBIAN = Path("/usr/lib/postgresql")
SUPERUSER = "postgres"
BLINK = 0.03  # seconds between two looks whether it takes connections
OFF = ("fsync", "full_page_writes", "synchronous_commit")  # the care for what a power cut would lose
_numbers = itertools.count(1)


class PostgresServer:
    """A server that may be stopped and started again on its folder and port; a context manager."""

    def __init__(self) -> None:
        """Skip the test where there is no PostgreSQL, or nobody who may run it."""
        self._programs, user = find_programs(), _find_user()
        self._user = None if user == getpass.getuser() else user
        self._folder = Path(tempfile.mkdtemp(prefix="faultbook-postgres-"))
        if self._user:
            shutil.chown(self._folder, self._user)
        self._reserved = ReservedPort()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is; a database's name is to follow."""
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self._reserved.number}/"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "port": self._reserved.number,
        }
        options |= dict.fromkeys(OFF, "off")
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        log = self._folder / "log"
        with log.open("ab") as output:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", *settings],
                stdout=output,
                stderr=output,
                cwd=self._folder,
                user=self._user,
            )
        while not self._takes_connections():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(BLINK)
                raise AssertionError(log.read_text(encoding="utf-8"))

    def stop(self) -> None:
        """Stop it; the connections to it are cut."""
        if self._server:
            self._server.send_signal(signal.SIGINT)  # "fast": it waits for nobody
            self._server.wait()

    def __enter__(self) -> Self:
        try:
            setup: list[str | Path] = [self._programs / "initdb", "-D", self._folder / "data"]
            setup += ["-U", SUPERUSER, "-A", "trust", "-N", "-E", "UTF8"]
            subprocess.run(setup, check=True, capture_output=True, cwd=self._folder, user=self._user)
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove()

    def _takes_connections(self) -> bool:
        try:
            psycopg.connect(f"{self.address}postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running server; a database's name is to follow."""
    with PostgresServer() as server:
        yield server.address


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The URL of an empty database of one's own."""
    name = f"faultbook_{next(_numbers)}"
    run(postgres, f"CREATE DATABASE {name}")
    yield f"{postgres}{name}"
    run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def find_programs() -> Path:
    """Return the folder of the newest server, where Debian puts it; skip the test if there is none."""
    folders = [path.parent for path in DEBIAN.glob("*/bin/postgres")]
    if not folders:
        pytest.skip(f"PostgreSQL's server isn't installed: no {DEBIAN}/*/bin (apt-get install postgresql)")
    return max(folders, key=lambda folder: int(folder.parent.name))


def run(address: str, statement: str) -> None:
    """Run a statement by the server itself."""
    with psycopg.connect(f"{address}postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _find_user() -> str:
    """Return who may run the server: ourselves, but never root; skip the test if that leaves nobody."""
    if os.geteuid() != 0:
        return getpass.getuser()
    try:
        return pwd.getpwnam(SUPERUSER).pw_name
    except KeyError:
        pytest.skip("PostgreSQL's server doesn't run as root, and there is no user postgres")
