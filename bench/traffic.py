"""Desks that serve, signed requests as Slack sends them, and clients that send them: fast, or steadily."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import NamedTuple
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from demo.ports import ReservedPort
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL

SECRET, TOKEN = "the benchmark's own", "xoxb-bench"
COMMANDS = {
    "faultbook": ["-c", "import sys; from bot.cli import main; sys.exit(main())", "serve"],
    "a bare Bolt app": ["-m", "bench.bare_app"],
}
CONNECTIONS = 8
RATE = 50  # requests a second, for the acknowledgement times
ANSWERED = 20  # one watch post in so many shows an error
BATCH = 2_000  # requests that are signed ahead: a signature is good for five minutes


class Request(NamedTuple):
    """What is sent, and what the body of its answer must hold."""

    sent: bytes
    shows: bytes = b""


Build = Callable[[int], list[Request]]
"""Makes BATCH requests, from a number on."""


def build_commands(_first: int) -> list[Request]:
    """Return signed slash commands, each of another person: the limit on questions isn't measured.

    Each must be answered with the code's card. One that is only acknowledged, as what isn't of Slack's shape,
    takes a third of the time.
    """
    bodies = (
        urlencode({
            "token": "none", "team_id": "T0FAULT", "team_domain": "fault", "channel_id": "C0OTHER",
            "channel_name": "other", "user_id": f"U{number}", "user_name": f"person{number}",
            "command": "/fault", "text": "28504", "api_app_id": "A0FAULT", "is_enterprise_install": "false",
            "response_url": f"https://hooks.slack.com/commands/T0FAULT/{number}/bench",
            "trigger_id": f"{number}.bench",
        })
        for number in range(BATCH)
    )  # fmt: skip
    return [_sign(body, "application/x-www-form-urlencoded", shows=b'"header"') for body in bodies]


def build_posts(first: int) -> list[Request]:
    """Return signed posts of a watched channel; one in ANSWERED shows a documented error."""
    made = []
    for number in range(first, first + BATCH):
        shows = number % ANSWERED == 0
        text = (
            f"错误码 28504, host {number}" if shows else f"deployed build {number} of the web shop, all green"
        )
        event = {"type": "message", "channel_type": "channel", "channel": CHANNEL, "user": f"U{number}",
                 "text": text, "ts": f"{1_790_000_000 + number}.000100"}  # fmt: skip
        body = {
            "type": "event_callback",
            "team_id": "T0FAULT",
            "event": event,
            "is_ext_shared_channel": False,
        }
        made.append(_sign(json.dumps(body), "application/json"))
    return made


def _sign(body: str, kind: str, shows: bytes = b"") -> Request:
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: desk\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body.encode())}\r\nX-Slack-Request-Timestamp: {at}\r\n"
        f"X-Slack-Signature: {signature}\r\n\r\n"
    )
    return Request(head.encode() + body.encode(), shows)


class Client:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._stream = self._socket.makefile("rb")

    def ask(self, request: Request) -> None:
        """Send a request and read its answer, which must be 200, and show what is due."""
        self._socket.sendall(request.sent)
        status = self._stream.readline()
        length = 0
        while (line := self._stream.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        body = self._stream.read(length)
        if b" 200 " not in status or request.shows not in body:
            raise RuntimeError(f"the desk answered {status!r} {body[:200]!r}")

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()


def measure_rate(ports: Sequence[int], build: Build, seconds: float, first: int = 0) -> tuple[float, int]:
    """Return requests a second of CONNECTIONS clients that ask as fast as they are answered, and how many.

    The clients take turns at the ports.
    """
    until = time.monotonic() + seconds
    taken, lock = [0], threading.Lock()
    supply = _supply(build, first)

    def work(port: int) -> None:
        with closing(Client(port)) as client:
            while time.monotonic() < until:
                with lock:
                    request = next(supply)
                    taken[0] += 1
                client.ask(request)

    began = time.monotonic()
    _run_at_once(work, islice(cycle(ports), CONNECTIONS))
    return taken[0] / (time.monotonic() - began), taken[0]


def measure_times(port: int, build: Build, seconds: float) -> list[float]:
    """Return milliseconds from when each request was due, RATE a second, to its acknowledgement."""
    spent: list[float] = []
    supply = _supply(build, first=5_000_000)
    began = time.monotonic()
    places = iter(range(round(RATE * seconds)))
    lock = threading.Lock()

    def work(port: int) -> None:
        with closing(Client(port)) as client:
            while True:
                with lock:
                    place = next(places, None)
                    request = next(supply)
                if place is None:
                    return
                due = began + place / RATE
                time.sleep(max(0.0, due - time.monotonic()))
                client.ask(request)
                spent.append((time.monotonic() - due) * 1000)

    _run_at_once(work, [port] * 4)
    return spent


def _run_at_once(work: Callable[[int], None], ports: Iterable[int]) -> None:
    """Run each on a thread of its own; raise what one of them raises."""
    with ThreadPoolExecutor(max_workers=CONNECTIONS) as pool:
        for done in [pool.submit(work, port) for port in ports]:
            done.result()


def _supply(build: Build, first: int) -> Iterator[Request]:
    while True:
        yield from build(first)
        first += BATCH


@dataclass(frozen=True, slots=True)
class Server:
    """A contender that listens."""

    port: int
    pid: int


@contextmanager
def serve(name: str, fake: FakeSlack, folder: str, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run a contender by its name, over a database in a folder; yield it once it listens."""
    reserved = ReservedPort()
    port = reserved.number
    settings = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": fake.url,
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder}/faultbook.db",
        **(more or {}),
    }
    dropped = ("SLACK_", "FAULTBOOK_", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    command = [sys.executable, *COMMANDS[name]]
    with subprocess.Popen(command, env=kept | settings, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stderr
        drain = threading.Thread(target=process.stderr.read)  # its log must not fill the pipe
        try:
            while "/slack/events" not in (line := process.stderr.readline()):
                if not line:
                    raise RuntimeError(f"{name} did not start")
            drain.start()
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
        drain.join()
