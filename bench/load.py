"""How much the desk bears: `python -m bench.load [--seconds N] [--events N] [--postgres URL] [--name NAME]`.

Signed requests from this process to `faultbook serve` in another, against a bare Bolt app on the same server
with the same settings. Prints throughput as ratios to it, acknowledgement times at a steady 50 requests a
second, memory over many events, and where the time goes; writes bench/out/NAME.json.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pstats
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bench.machine import describe_machine
from bench.mentions import SECRET, serve
from bench.start import read_memory
from bot.authoring.render import align
from tests.fake_slack import FakeSlack
from tests.front import CHANNEL, Front

OUT = Path(__file__).parents[1] / "bench" / "out"
CONNECTIONS = 8
RATE = 50  # requests a second, for the acknowledgement times
ANSWERED = 20  # one watch post in so many shows an error
BATCH = 2_000  # requests that are signed ahead: a signature is good for five minutes

Request = bytes


@dataclass(frozen=True, slots=True)
class Load:
    """One kind of load; rates in requests a second, times in milliseconds, memory in MiB."""

    name: str
    rate: float
    p50: float
    p99: float
    cpu: float
    memory_before: float
    memory_after: float
    events: int


def build_commands() -> list[Request]:
    """Return signed slash commands, each of another person: the limit on questions isn't measured."""
    bodies = (
        urlencode({"command": "/fault", "text": "28504", "team_id": "T0FAULT", "user_id": f"U{number}",
                   "channel_id": "C1"})
        for number in range(BATCH)
    )  # fmt: skip
    return [_sign(body, "application/x-www-form-urlencoded") for body in bodies]


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


def _sign(body: str, kind: str) -> Request:
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: desk\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body.encode())}\r\nX-Slack-Request-Timestamp: {at}\r\n"
        f"X-Slack-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + body.encode()


class Client:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._stream = self._socket.makefile("rb")

    def ask(self, request: Request) -> None:
        """Send a request and read its answer, which must be 200."""
        self._socket.sendall(request)
        status = self._stream.readline()
        length = 0
        while (line := self._stream.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        self._stream.read(length)
        if b" 200 " not in status:
            raise RuntimeError(f"the desk answered {status!r}")

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()


def measure_rate(
    port: int, build: Callable[[int], list[Request]], seconds: float, first: int = 0
) -> tuple[float, int]:
    """Return requests a second of CONNECTIONS clients that ask as fast as they are answered, and how many."""
    until = time.monotonic() + seconds
    taken, lock = [0], threading.Lock()
    supply = _supply(build, first)

    def work() -> None:
        client = Client(port)
        try:
            while time.monotonic() < until:
                with lock:
                    request = next(supply)
                    taken[0] += 1
                client.ask(request)
        finally:
            client.close()

    began = time.monotonic()
    workers = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return taken[0] / (time.monotonic() - began), taken[0]


def measure_times(port: int, build: Callable[[int], list[Request]], seconds: float) -> list[float]:
    """Return milliseconds from when each request was due, RATE a second, to its acknowledgement."""
    spent: list[float] = []
    supply = _supply(build, 5_000_000)
    began = time.monotonic()
    clients = [Client(port) for _ in range(4)]
    places = iter(range(round(RATE * seconds)))
    lock = threading.Lock()

    def work(client: Client) -> None:
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

    workers = [threading.Thread(target=work, args=(client,)) for client in clients]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for client in clients:
        client.close()
    return spent


def _supply(build: Callable[[int], list[Request]], first: int = 0) -> Iterator[Request]:
    while True:
        yield from build(first)
        first += BATCH


def measure(
    name: str,
    contender: str,
    build: Callable[[int], list[Request]],
    seconds: float,
    events: int,
    **settings: str,
) -> Load:
    """Return the figures of one load on one server of its own."""
    with ExitStack() as stack:
        fake, folder = stack.enter_context(FakeSlack()), stack.enter_context(tempfile.TemporaryDirectory())
        watched = {"FAULTBOOK_WATCH": f"{CHANNEL}=auto", **settings}
        server = stack.enter_context(serve(contender, fake, folder, watched))
        before = read_memory("VmRSS", server.pid)
        used, began = _read_cpu(server.pid), time.monotonic()
        rate, count = measure_rate(server.port, build, seconds)
        cpu = (_read_cpu(server.pid) - used) / (time.monotonic() - began)
        spent = sorted(measure_times(server.port, build, min(seconds, 20)))
        while count < events:
            count += measure_rate(server.port, build, 10, first=50_000_000 + count)[1]
        after = read_memory("VmRSS", server.pid)
    p99 = spent[round(0.99 * (len(spent) - 1))]
    return Load(name, rate, statistics.median(spent), p99, cpu, before, after, count)


def profile(count: int = 2_000, most: int = 14) -> str:
    """Return where the time of watch posts goes, function by function, in this process."""
    from bot.app import Options
    from bot.desk import Desk, Snapshot
    from bot.knowledge.load import load_knowledge
    from bot.listeners.channels import Preset

    desk = Desk(Snapshot(load_knowledge(Path(__file__).parents[1] / "knowledge")))
    with FakeSlack() as fake, tempfile.TemporaryDirectory() as folder:
        front = Front(fake, desk, Path(folder), Options("en", {CHANNEL: Preset("auto")}))
        front.start_holding()
        posts = [front.build_post(f"deployed build {n} of the web shop, all green") for n in range(count)]
        profiler = cProfile.Profile()
        profiler.enable()
        for post in posts:
            front.event(post)
        profiler.disable()
        front.settle()
    told = io.StringIO()
    pstats.Stats(profiler, stream=told).sort_stats("tottime").print_stats(most)
    return told.getvalue()


def _read_cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def render(loads: Sequence[Load]) -> str:
    """Return the table; the first load is what the others are compared with."""
    rows: list[tuple[str, ...]] = [
        (
            "",
            "requests/s",
            "of (a)",
            f"p50 ms at {RATE}/s",
            "p99 ms",
            "CPU",
            "MiB at start",
            "MiB after",
            "events",
        )
    ]
    for load in loads:
        rows.append(
            (
                load.name,
                f"{load.rate:.0f}",
                f"{load.rate / loads[0].rate:.2f}",
                f"{load.p50:.1f}",
                f"{load.p99:.1f}",
                f"{load.cpu:.2f}",
                f"{load.memory_before:.0f}",
                f"{load.memory_after:.0f}",
                str(load.events),
            )
        )
    return align(rows)


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each load")
    parser.add_argument("--events", type=int, default=100_000, help="watch posts on SQLite, for the memory")
    parser.add_argument("--postgres", default="", help="URL of an empty database, migrated here")
    parser.add_argument("--name", default="load", help="the file's name under bench/out")
    options = parser.parse_args(arguments)
    seconds, commands = options.seconds, build_commands
    loads = [
        measure("(a) a bare Bolt app", "a bare Bolt app", build_posts, seconds, 0),
        measure("(b) /fault 28504", "faultbook", lambda _first: commands(), seconds, 0),
        measure("(c) watch posts, SQLite", "faultbook", build_posts, seconds, options.events),
    ]
    if options.postgres:
        from bot.stores.database import open_database

        database = open_database(options.postgres)
        database.migrate()
        database.close()
        url = {"DATABASE_URL": options.postgres}
        loads.append(measure("(c) watch posts, PostgreSQL", "faultbook", build_posts, seconds, 0, **url))
    command = " ".join(["python -m bench.load", *arguments])
    machine, spent = describe_machine(), profile()
    told = {
        "command": command,
        "machine": machine,
        "loads": [asdict(load) for load in loads],
        "profile": spent,
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{options.name}.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(command)
    print(align([(name, str(value)) for name, value in machine.items()], left=(0, 1)))
    print(render(loads))
    print(spent)


if __name__ == "__main__":
    main(sys.argv[1:])
