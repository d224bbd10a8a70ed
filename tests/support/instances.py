"""Instances of the desk: processes that may be killed at any moment, and are delivered to as Slack does."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from demo.ports import ReservedPort
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, PERSON, SECRET, TOKEN
from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "serve"]
KEPT = ("PATH", "HOME", "LANG", "FAULTBOOK_CACHE")  # variables of this process
BLINK = 0.03  # seconds between two looks at what tells nobody that it changed


class Instance:
    """One process of the desk, on a port of its own."""

    def __init__(self, api: str, database: str, log: Path, settings: Mapping[str, str] | None = None) -> None:
        """Serve the Slack at `api`, from a database that is migrated; what it prints goes to `log`."""
        self._reserved = ReservedPort()  # where another test's server listened while this one is down, it
        self.port = self._reserved.number  # would acknowledge posts in its place
        kept = {name: value for name, value in os.environ.items() if name in KEPT}
        self._environ = {
            **kept,
            "PYTHONFAULTHANDLER": "1",  # where a library crashes, the log tells where
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": api,
            "PORT": str(self.port),
            "DATABASE_URL": database,
            **(settings or {}),
        }
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    @property
    def log(self) -> str:
        """What it printed so far."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def listens(self) -> bool:
        """Whether anything takes connections at its port."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE).close()
        except OSError:
            return False
        return True

    def launch(self) -> None:
        """Start it, and don't wait."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(COMMAND, cwd=ROOT, env=self._environ, stderr=log, stdout=log)

    def start(self) -> None:
        """Start it and wait until it listens; one that doesn't is ended."""
        self.launch()
        try:
            self.await_start()
        except BaseException:
            self.kill()
            raise

    def await_start(self) -> None:
        """Wait until it listens."""
        self.wait_until(lambda: self.listens)

    def kill(self) -> None:
        """End it as a machine that goes down does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self.kills += 1

    def ask_to_end(self) -> None:
        """Ask it to end, as an operator does, and don't wait."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float = PATIENCE) -> int:
        """Wait until it ended by itself; return its exit code."""
        assert self._process is not None
        return self._process.wait(seconds)

    def stop(self) -> int:
        """Ask it to end; return its exit code, 0 where it never ran."""
        if self._process is None:
            return 0
        self.ask_to_end()
        try:
            return self.wait(2 * PATIENCE)
        finally:
            self._process.kill()

    def wait_until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Block until something holds while the process lives; else raise AssertionError with its log."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, f"not so after {seconds} s\n{self.log[-4000:]}"
            self.rest()

    def rest(self) -> None:
        """Let the process work for a blink; raise AssertionError if it ended."""
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(BLINK)
            raise AssertionError(f"it ended with {code}\n{self.log[-4000:]}")

    def deliver(self, event: Mapping[str, object], event_id: str, retry: int = 0) -> bool:
        """Deliver an event once; return whether it was acknowledged."""
        return self.deliver_status(event, event_id, retry) == 200

    def deliver_status(
        self, event: Mapping[str, object], event_id: str, retry: int = 0, patience: float = PATIENCE
    ) -> int:
        """Deliver an event once; return the status of the answer, 0 where none came in so many seconds."""
        body = json.dumps({"type": "event_callback", "team_id": TEAM, "event": event, "event_id": event_id,
                           "is_ext_shared_channel": False})  # fmt: skip
        retry_headers = (
            {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        )
        return self._send(body, "application/json", retry_headers, patience)[0]

    def command(self, text: str, patience: float = PATIENCE) -> str:
        """Give the slash command; return the text that it is acknowledged with, "" if it isn't."""
        given = {"command": "/fault", "text": text, "team_id": TEAM, "channel_id": CHANNEL, "user_id": PERSON}
        status, body = self._send(urlencode(given), "application/x-www-form-urlencoded", {}, patience)
        return str(json.loads(body)["text"]) if status == 200 else ""

    def ask_ready(self) -> tuple[int, dict[str, bool]]:
        """Return status and checks of /readyz; 0 and none where nobody answers."""
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            way.request("GET", "/readyz")
            answer = way.getresponse()
            return answer.status, json.loads(answer.read())["checks"]
        except (OSError, http.client.HTTPException):
            return 0, {}
        finally:
            way.close()

    def _send(
        self, body: str, kind: str, headers: Mapping[str, str], patience: float = PATIENCE
    ) -> tuple[int, bytes]:
        """Send a signed body to /slack/events; return status and body, 0 where no answer came."""
        at = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
        signed = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature, "Content-Type": kind}
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            way.request("POST", "/slack/events", body.encode(), {**headers, **signed})
            answer = way.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            way.close()
