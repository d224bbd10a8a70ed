"""A PostgreSQL server of our own: started for the tests, on loopback, with its data in a temporary folder.

Where its programs aren't installed, the tests that need it are skipped, and say so.
"""

from __future__ import annotations

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

import psycopg
import pytest

from tests.support.ports import ReservedPort

DEBIAN = Path("/usr/lib/postgresql")
SUPERUSER = "postgres"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running server; a database's name is to follow."""
    programs, user = find_programs(), find_user()
    folder = Path(tempfile.mkdtemp(prefix="faultbook-postgres-"))
    if user != getpass.getuser():
        shutil.chown(folder, user)
    try:
        setup: list[str | Path] = [programs / "initdb", "-D", folder / "data"]
        setup += ["-U", SUPERUSER, "-A", "trust", "-N", "-E", "UTF8"]
        subprocess.run(setup, check=True, capture_output=True, cwd=folder, user=_change_to(user))
        yield from serve(programs, user, folder)
    finally:
        shutil.rmtree(folder)


def serve(programs: Path, user: str, folder: Path) -> Iterator[str]:
    """Run a server over a folder that initdb made, without the care for what a power cut would lose."""
    reserved = ReservedPort()
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": reserved.number}
    options |= dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), "off")
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *settings],
            stdout=log,
            stderr=log,
            cwd=folder,
            user=_change_to(user),
        )
        try:
            address = f"postgresql://{SUPERUSER}@127.0.0.1:{reserved.number}/"
            while not accepts(address):
                assert server.poll() is None, (folder / "log").read_text()
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # "fast": connections are cut
            server.wait()


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


def find_user() -> str:
    """Return who may run the server: ourselves, but never root; skip the test if that leaves nobody."""
    if os.geteuid() != 0:
        return getpass.getuser()
    try:
        return pwd.getpwnam(SUPERUSER).pw_name
    except KeyError:
        pytest.skip("PostgreSQL's server doesn't run as root, and there is no user postgres")


def accepts(address: str) -> bool:
    """Say whether a server accepts connections yet."""
    try:
        psycopg.connect(f"{address}postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def run(address: str, statement: str) -> None:
    """Run a statement by the server itself."""
    with psycopg.connect(f"{address}postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _change_to(user: str) -> str | None:
    return None if user == getpass.getuser() else user
