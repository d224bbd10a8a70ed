"""Instances of the desk: processes that may be killed at any moment, and are delivered to as Slack does."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from slack_sdk.signature import SignatureVerifier

from tests.fake_slack import TEAM, FakeSlack
from tests.front import SECRET, TOKEN

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "serve", "--http"]
PATIENCE = 30.0  # seconds for an answer
DELIVERIES = 200  # times that a post is delivered at most; Slack gives up far earlier


class Instance:
    """One process of the desk, on a port of its own."""

    def __init__(
        self, slack: FakeSlack, database: str, log: Path, settings: Mapping[str, str] | None = None
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self._environ = {
            **kept,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": slack.url,
            "PORT": str(self.port),
            "DATABASE_URL": database,
            **(settings or {}),
        }
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def start(self) -> None:
        """Start it and wait until it listens."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(COMMAND, cwd=ROOT, env=self._environ, stderr=log, stdout=log)
        while not self._listens():
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")[-4000:]

    def kill(self) -> None:
        """End it as a machine that goes down does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self.kills += 1

    def stop(self) -> int:
        """Ask it to end; return its exit code."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=60)

    def deliver(self, event: Mapping[str, object], event_id: str) -> bool:
        """Deliver an event once; return whether it was acknowledged."""
        body = json.dumps({"type": "event_callback", "team_id": TEAM, "event": event, "event_id": event_id,
                           "is_ext_shared_channel": False})  # fmt: skip
        at = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
        headers = {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": signature,
            "Content-Type": "application/json",
        }  # fmt: skip
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            way.request("POST", "/slack/events", body.encode(), headers)
            return way.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            way.close()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=0.2).close()
        except OSError:
            return False
        return True
