"""`faultbook serve` as a process beside a workspace, as operators run it. Used by the demo and by tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from demo.cast import INCIDENTS
from demo.ports import ReservedPort
from demo.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "serve")
PATIENCE = 90.0  # seconds; it is ready in about two, unless the machine is busy
PAUSE = 0.05
# slack_sdk would send our calls through these, even the ones to this machine.
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
KEPT = frozenset({"FAULTBOOK_KNOWLEDGE"})


class DeskError(Exception):
    """The desk didn't become ready, or didn't end as it should."""


class RunningDesk:
    """The desk of a workspace while it runs: `with RunningDesk(workspace) as desk`.

    `port` is where it serves, 0 for any that is free; the mode "events" needs the one of the workspace's
    `request_url`. `environ` are further settings. The workspace has to run already.
    """

    def __init__(self, workspace: Workspace, port: int = 0, environ: Mapping[str, str] | None = None) -> None:
        self._reserved = None if port else ReservedPort()
        self.port = self._reserved.number if self._reserved else port
        self._environ = _build_environ(workspace, self.port) | dict(environ or {})
        self._running: subprocess.Popen[bytes] | None = None
        self._output = workspace.folder / f"desk-{self.port}.log"  # goes with the workspace
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @property
    def url(self) -> str:
        """The address of its health pages, and of /slack/events in the mode "events"."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The id of its process while it runs."""
        return self._running.pid if self._running else None

    @property
    def is_running(self) -> bool:
        """Whether it was started and hasn't ended."""
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        """Start it and wait until /readyz says yes. Raises DeskError with what it printed, if it doesn't."""
        with self._output.open("ab") as output:
            self._running = subprocess.Popen(
                COMMAND,
                cwd=ROOT,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,  # Ctrl-C is for us; we end it then
            )
        try:
            self._wait_until_ready(self._running)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to end by SIGTERM. Raises DeskError if it takes long or its exit code isn't 0."""
        running, self._running = self._running, None
        if running is None:
            return
        running.terminate()
        try:
            code = running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise DeskError(f"The desk didn't end within {PATIENCE:.0f} s.\n{self.read_output()}") from None
        finally:  # a second Ctrl-C may have come
            running.kill()
            running.wait()
        if code != 0:
            raise DeskError(f"The desk ended with the exit code {code}.\n{self.read_output()}")

    def kill(self) -> None:
        """End it by SIGKILL, as a machine that goes down does."""
        running, self._running = self._running, None
        if running:
            running.kill()
            running.wait()

    def read_output(self) -> str:
        """Return all that it printed, its log included; "" when the workspace is gone."""
        return self._output.read_text(encoding="utf-8", errors="replace") if self._output.exists() else ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_until_ready(self, running: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if running.poll() is not None:
                raise DeskError(f"The desk ended with {running.returncode}.\n{self.read_output()}")
            if self._is_ready():
                return
            time.sleep(PAUSE)
        raise DeskError(f"The desk wasn't ready within {PATIENCE:.0f} s.\n{self.read_output()}")

    def _is_ready(self) -> bool:
        try:
            with self._opener.open(f"{self.url}/readyz", timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except OSError:  # not yet listening, or a 503
            return False


def _build_environ(workspace: Workspace, port: int) -> dict[str, str]:
    """Return this environment with the workspace's app for its own Slack app, settings and proxies.

    Knowledge that an author has set is kept, and its drafts answer: that is what an author tries here.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or (not name.startswith(("SLACK_", "FAULTBOOK_")) and name.upper() not in PROXIES)
    }
    ours = {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{workspace.folder}/faultbook.db",
        "FAULTBOOK_WATCH": f"{INCIDENTS}=auto",
        "FAULTBOOK_DRAFTS": "on",
        "LOG_LEVEL": "INFO",
    }
    if workspace.mode == "socket":
        ours["SLACK_APP_TOKEN"] = workspace.app_token
    return kept | ours
