"""What one unanswered question costs: from a mention's arrival to Slack's receipt of the answer.

The desk and a bare Bolt app each run as a process of their own, as operators run them; Slack is a fake here.
Called by bench/__main__.py.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from slack_sdk.signature import SignatureVerifier

from bench.speed import Times, sum_up
from tests.support.fake_slack import FakeSlack

SECRET, TOKEN = "the benchmark's own", "xoxb-bench"
COMMANDS = {
    "faultbook": ["-c", "import sys; from bot.cli import main; sys.exit(main())", "serve"],
    "a bare Bolt app": ["-m", "bench.bare_app"],
}
WARM_UP = 20  # mentions that aren't counted, of each


def measure_mentions(texts: Sequence[str], count: int, seed: int) -> list[Times]:
    """Time `count` mentions of each contender, which take turns; the texts are drawn from those given."""
    dice = random.Random(seed)
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with FakeSlack() as fake, ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        ways = {}
        for name in COMMANDS:
            server = stack.enter_context(serve(name, fake, folder))
            ways[name] = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            stack.callback(ways[name].close)
        for number in range(WARM_UP + count):
            text, names = dice.choice(texts), list(COMMANDS)
            dice.shuffle(names)
            for place, name in enumerate(names):
                spent = _ask(ways[name], fake, text, f"179{number:07}.{place:06}", f"U{number}", f"C{number}")
                if number >= WARM_UP:
                    taken[name].append(spent)
    return [sum_up(name, spent) for name, spent in taken.items()]


def _ask(
    way: http.client.HTTPConnection, fake: FakeSlack, text: str, ts: str, user: str, channel: str
) -> float:
    """Return the milliseconds from sending the event to the arrival of chat.postMessage."""
    event = {
        "type": "app_mention",
        "text": f"<@UFAULTBOT> {text}",
        "user": user,
        "channel": channel,
        "ts": ts,
    }
    body = json.dumps({"type": "event_callback", "team_id": "T0FAULT", "event": event})
    headers = _sign(body)
    fake.forget()
    start = time.monotonic()
    way.request("POST", "/slack/events", body.encode(), headers)
    answer = way.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"a mention got {answer.status}")
    [call, *_] = fake.wait_for("chat.postMessage")
    return (call.at - start) * 1000


def _sign(body: str) -> Mapping[str, str]:
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    return {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": signature,
        "Content-Type": "application/json",
    }


@dataclass(frozen=True, slots=True)
class Server:
    """A contender that listens."""

    port: int
    pid: int


@contextmanager
def serve(name: str, fake: FakeSlack, folder: str, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run a contender by its name, over a database in a folder; yield it once it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
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
