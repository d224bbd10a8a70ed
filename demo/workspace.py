"""A Slack-like workspace on this machine: local-slack as a process, and what people do in it.

It stands in for Slack and isn't Slack: it takes any token and any blocks. Who is there stands in cast.py.
Used by `python -m demo` and by end-to-end tests.
"""

from __future__ import annotations

import json
import os
import platform
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from demo.cast import build_config

DEMO = Path(__file__).resolve().parent
BINARY = DEMO / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
SCRIPTS = ("loopback.js", "leash.js", "feedback.js")
PATIENCE = 60.0  # seconds; it starts in 0.3, and an event that nobody acknowledges is given up after 5
PAUSE = 0.02

Json = dict[str, Any]
Mode = Literal["socket", "events"]


class WorkspaceError(Exception):
    """The workspace didn't start, ended early or refused a request."""


class Workspace:
    """A workspace while it runs: `with Workspace() as workspace`.

    In the mode "events" it sends what happens to `request_url`; in "socket" the app connects to it.
    """

    def __init__(self, mode: Mode = "socket", request_url: str = "") -> None:
        if (mode == "events") != bool(request_url):
            raise ValueError("a request_url goes with the mode events, and with no other")
        self.mode: Mode = mode
        self.request_url = request_url
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.url = ""
        self.folder = Path()
        self._running: subprocess.Popen[bytes] | None = None
        # No proxy: every address is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @staticmethod
    def find_binary() -> Path | None:
        """Return local-slack, or None where `npm ci --prefix demo` hasn't brought it."""
        return BINARY if os.access(BINARY, os.X_OK) else None

    @staticmethod
    def explain_absence() -> str:
        """Say in one sentence why there is no workspace here; "" if there is one."""
        if Workspace.find_binary():
            return ""
        system, machine = platform.system(), platform.machine()
        if sys.platform != "linux" or machine.lower() not in ("x86_64", "amd64"):
            return f"The workspace is a program for Linux on x86-64, and this is {system} on {machine}."
        if shutil.which("npm") is None:
            return "The workspace is fetched by npm, which isn't here (Debian: apt-get install npm)."
        if BINARY.parents[2].exists():
            return (
                "npm left the workspace out, for it couldn't be fetched or isn't the file that was locked; "
                "`npm ci --prefix demo --loglevel http` tells more."
            )
        return "The workspace isn't fetched yet: `npm ci --prefix demo` does it."

    @property
    def api_url(self) -> str:
        """The base address of its Web API, with a slash at the end."""
        return f"{self.url}/api/"

    @property
    def pid(self) -> int | None:
        """The id of its process while it runs."""
        return self._running.pid if self._running else None

    @property
    def is_running(self) -> bool:
        """Whether it was started and hasn't ended."""
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        """Start it on a port that is free, and wait until it answers.

        Raises WorkspaceError if it isn't there, ends or doesn't answer in time.
        """
        binary = self.find_binary()
        if binary is None:
            raise WorkspaceError(self.explain_absence())
        self.folder = Path(tempfile.mkdtemp(prefix="faultbook-demo-"))
        try:
            self._launch(binary)
            self.url = self._wait_for_address()
            self.state()
        except OSError as error:  # it needs the GNU C library, which not every Linux has
            self.stop()
            raise WorkspaceError(f"The workspace can't be run here: {error}.") from None
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it and remove its folder; twice does no harm."""
        running, self._running = self._running, None
        if running:
            running.terminate()
            try:
                running.wait(timeout=5)
            except subprocess.TimeoutExpired:
                pass
            finally:
                running.kill()
                running.communicate()  # closes its standard input
        if self.folder != Path():
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def post(self, channel: str, user: str, text: str, thread_ts: str = "") -> str:
        """Post as a person; return the `ts` when the app has acknowledged the events, or 5 s have gone by."""
        body = {"channel": channel, "user": user, "text": text}
        posted = self.control("message", body | ({"thread_ts": thread_ts} if thread_ts else {}))
        return str(posted["message"]["ts"])

    def command(self, channel: str, user: str, command: str, text: str = "") -> None:
        """Give a slash command; what the app acknowledges it with is then a message of the channel."""
        self.control("command", {"channel": channel, "user": user, "command": command, "text": text})

    def interact(self, channel: str, message_ts: str, user: str, action: Json) -> None:
        """Use an element of a message: `action` has its `type`, `action_id`, `block_id`, `value`..."""
        self.control(
            "interact", {"channel": channel, "messageTs": message_ts, "user": user, "action": action}
        )

    def press(self, channel: str, message_ts: str, user: str, action_id: str) -> None:
        """Press a button of a message, as its page would. Raises WorkspaceError if there is none."""
        for message in self.messages(channel):
            if message["ts"] == message_ts and (action := _find_button(message, action_id)):
                self.interact(channel, message_ts, user, action)
                return
        raise WorkspaceError(f"no button {action_id} in the message {message_ts} of {channel}")

    def messages(self, channel: str) -> list[Json]:
        """Return a channel's messages, oldest first: threads too, and what only one person sees."""
        return list(self.control(f"messages/{channel}")["messages"])

    def log(self) -> list[Json]:
        """Return the last 1,000 events: their `direction`, `kind`, `summary` and `detail`."""
        return list(self.control("log")["log"])

    def state(self) -> Json:
        """Return its `workspace`, `apps`, `users` and `channels`."""
        return self.control("state")

    def control(self, path: str, body: Json | None = None) -> Json:
        """Call its control API: POST with a body, else GET. Raises WorkspaceError if that is refused."""
        request = urllib.request.Request(  # noqa: S310 - an address on this machine
            f"{self.url}/_control/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                told: Json = json.load(answer)
                return told
        except urllib.error.HTTPError as error:
            with error:
                raise WorkspaceError(f"{path}: {error.read().decode(errors='replace')}") from None
        except OSError as error:
            raise WorkspaceError(f"The workspace doesn't answer: {error}") from None

    def _launch(self, binary: Path) -> None:
        config = self.folder / "config.json"
        config.write_text(json.dumps(build_config(self._build_app())), encoding="utf-8")
        command = [str(binary), "--config", str(config), "--files-dir", str(self.folder / "files")]
        with self._output.open("wb") as output:
            self._running = subprocess.Popen(
                [*command, "--port", "0", "--base-host", "127.0.0.1"],
                stdin=subprocess.PIPE,  # held open: see leash.js
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=DEMO,  # BUN_OPTIONS knows no quotes, so the scripts' paths must hold no space
                env={
                    "BUN_OPTIONS": " ".join(f"--preload=./{script}" for script in SCRIPTS),
                    "FAULTBOOK_DEMO_FOLDER": str(self.folder),
                },
                process_group=0,  # Ctrl-C is for us; we end it then
            )

    @property
    def _output(self) -> Path:
        return self.folder / "output"

    def _wait_for_address(self) -> str:
        """Return the address that it prints as soon as it listens."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            ended = self._running is None or self._running.poll() is not None
            printed = self._output.read_text(encoding="utf-8") if self._output.exists() else ""
            found = re.search(r"http://127\.0\.0\.1:\d+(?=\s)", printed)
            if found and not ended:
                return found[0]
            if ended:
                raise WorkspaceError(f"The workspace ended at once. {printed.strip()}")
            time.sleep(PAUSE)
        raise WorkspaceError(f"The workspace didn't start within {PATIENCE:.0f} s.")

    def _build_app(self) -> Json:
        app = {
            "botToken": self.bot_token,
            "appToken": self.app_token,
            "signingSecret": self.signing_secret,
            "mode": self.mode,
        }
        return app | ({"requestUrl": self.request_url} if self.request_url else {})


def _find_button(message: Json, action_id: str) -> Json | None:
    """Return what the page sends when this button is pressed, or None if the message hasn't got it."""
    for at, block in enumerate(message.get("blocks") or ()):
        for element in (*(block.get("elements") or ()), block.get("accessory") or {}):
            if element.get("action_id") == action_id:
                kept = {key: element[key] for key in ("value", "text") if key in element}
                ids = {"action_id": action_id, "block_id": block.get("block_id", f"b{at}")}
                return {"type": "button"} | ids | kept
    return None
