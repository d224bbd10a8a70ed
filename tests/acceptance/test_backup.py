"""Backup and restore as docs/operate.md has them: what was recorded then is there again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.stores.database import open_database
from bot.stores.tables import thread_mutes
from tests.support.postgres import find_programs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operate.md"


def list_commands(word: str) -> list[str]:
    """Return the lines of the page's shell block that has this word; what only systemd can do is left out."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    [block] = [block for block in blocks if word in block]
    return [line for line in block.splitlines() if not line.startswith("systemctl")]


def run_all(lines: list[str], places: dict[str, str], **settings: str) -> None:
    """Run the lines with other places than a server's."""
    for line in lines:
        for place, other in places.items():
            line = line.replace(place, other)
        subprocess.run(["sh", "-c", line], env=os.environ | settings, check=True, capture_output=True)


def change(url: str, thread: str) -> None:
    """Record that the desk is to be silent in a thread."""
    database = open_database(url)
    with database.write() as connection:
        row = {"team": "T1", "channel": "C1", "root": thread, "at": 1.0}
        connection.execute(thread_mutes.insert(), row)
    database.close()


def read_threads(url: str) -> list[str]:
    """Return the threads that are muted."""
    database = open_database(url)
    with database.read() as connection:
        threads = list(connection.execute(sa.select(thread_mutes.c.root)).scalars())
    database.close()
    return threads


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="there is no sqlite3 (apt: sqlite3)")
def test_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    """A copy that was made while the desk served takes the place of the file and its log."""
    places = {"/var/lib/faultbook": str(tmp_path), "/var/backups/faultbook.db": str(tmp_path / "backup.db")}
    places["-o faultbook -g faultbook"] = ""
    serving = open_database(sqlite_url)
    with serving.read():  # the file is open, and what is new stands in the log beside it
        change(sqlite_url, "1.1")
        run_all(list_commands(".backup"), places)
    serving.close()
    change(sqlite_url, "2.2")
    assert read_threads(sqlite_url) == ["1.1", "2.2"]
    run_all(list_commands("-wal"), places)
    assert read_threads(sqlite_url) == ["1.1"]


def test_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    """A dump takes the place of what the database holds."""
    places = {"/var/backups/faultbook.dump": str(tmp_path / "dump")}
    path = f"{find_programs()}{os.pathsep}{os.environ['PATH']}"
    change(postgresql_url, "1.1")
    run_all(list_commands("pg_dump"), places, DATABASE_URL=postgresql_url, PATH=path)
    change(postgresql_url, "2.2")
    run_all(list_commands("pg_restore"), places, DATABASE_URL=postgresql_url, PATH=path)
    assert read_threads(postgresql_url) == ["1.1"]
