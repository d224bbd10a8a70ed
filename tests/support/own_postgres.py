"""A PostgreSQL server that a test may stop and start again on the same folder and port.

tests/support/postgres.py starts the one that most tests share.
"""

from __future__ import annotations

import getpass
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.ports import ReservedPort
from tests.support.postgres import SUPERUSER, accepts, find_programs, find_user

OFF = ("fsync", "full_page_writes", "synchronous_commit")  # a stopped server isn't a power cut


class OwnPostgres:
    """The server; use it as a context manager. Skips the test where there is none."""

    def __init__(self) -> None:
        self._programs, user = find_programs(), find_user()
        self._user = None if user == getpass.getuser() else user
        self._folder = Path(tempfile.mkdtemp(prefix="faultbook-proof-"))
        if self._user:
            shutil.chown(self._folder, self._user)
        self._reserved = ReservedPort()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"{self._address}postgres"

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
        while not accepts(self._address):
            assert self._server.poll() is None, log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """Stop it; the connections to it are cut."""
        if self._server:
            self._server.send_signal(signal.SIGINT)
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

    @property
    def _address(self) -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self._reserved.number}/"

    def _remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)
