"""Throughput: `python -m bench.load [--seconds N] [--events N] [--postgres URL] [--name NAME]`.

Signed requests from this process to `faultbook serve` in others, against a bare Bolt app on the same server
with the same settings. They take turns, for a machine may be slower a minute later. Prints throughput as
ratios to the bare app, acknowledgement times at a steady 50 requests a second, and memory over many events;
writes bench/out/NAME.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.machine import describe_machine
from bench.start import read_memory
from bench.traffic import (
    BATCH,
    RATE,
    Build,
    Server,
    build_commands,
    build_posts,
    measure_rate,
    measure_times,
    serve,
)
from bot.authoring.render import align
from bot.stores.database import open_database
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL
from tests.support.postgres import run

OUT = Path(__file__).parents[1] / "bench" / "out"
ROUNDS = 6  # turns of each contender
WARM_UP = 2.0  # seconds that aren't counted
STEADY = 20.0  # seconds of the acknowledgement times at most


@dataclass(frozen=True, slots=True)
class Contender:
    """Who is measured: `program` as bench/traffic.py names it, in so many processes on one database."""

    name: str
    program: str
    build: Build
    processes: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    events: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """How a contender fared; rates in requests a second, times in milliseconds, memory in MiB.

    `cpu` is processor time a second; it and the memory are sums over the contender's processes.
    """

    name: str
    rate: float
    p50: float
    p99: float
    cpu: float
    memory_before: float
    memory_after: float
    events: int


class _Run:
    """A contender that serves, and what was counted of it so far."""

    def __init__(self, contender: Contender, servers: Sequence[Server]) -> None:
        self.contender = contender
        self._pids = [server.pid for server in servers]
        self._ports = [server.port for server in servers]
        self._posts = 0  # that were made; no post comes twice
        self._answered = 0
        self._seconds = 0.0
        self._cpu = 0.0
        self._send(WARM_UP)
        self._memory_before = self._sum_memory()

    def take_turn(self, seconds: float) -> None:
        """Send as fast as it is answered."""
        used = self._sum_cpu()
        rate, count = self._send(seconds)
        self._cpu += self._sum_cpu() - used
        self._answered += count
        self._seconds += count / rate

    def finish(self, seconds: float) -> Load:
        """Send steadily, then as many as are asked for; return the figures."""
        spent = sorted(measure_times(self._ports[0], self.contender.build, seconds))
        events = self._answered
        while events < self.contender.events:
            events += self._send(10.0)[1]
        return Load(
            name=self.contender.name,
            rate=self._answered / self._seconds,
            p50=statistics.median(spent),
            p99=spent[round(0.99 * (len(spent) - 1))],
            cpu=self._cpu / self._seconds,
            memory_before=self._memory_before,
            memory_after=self._sum_memory(),
            events=events,
        )

    def _send(self, seconds: float) -> tuple[float, int]:
        rate, count = measure_rate(self._ports, self.contender.build, seconds, self._posts)
        self._posts += count + BATCH
        return rate, count

    def _sum_cpu(self) -> float:
        return sum(map(_read_cpu, self._pids))

    def _sum_memory(self) -> float:
        return sum(read_memory("VmRSS", pid) for pid in self._pids)


def measure(contenders: Sequence[Contender], seconds: float) -> list[Load]:
    """Return the figures of each; they take turns, and each is sent requests for so many seconds in all."""
    with ExitStack() as stack:
        fake = stack.enter_context(FakeSlack())
        runs = []
        for contender in contenders:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            settings = {"FAULTBOOK_WATCH": f"{CHANNEL}=auto", **contender.settings}
            started = (serve(contender.program, fake, folder, settings) for _ in range(contender.processes))
            runs.append(_Run(contender, [stack.enter_context(server) for server in started]))
        for _ in range(ROUNDS):
            for run in runs:
                run.take_turn(seconds / ROUNDS)
        return [run.finish(min(seconds, STEADY)) for run in runs]


def _read_cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def render(loads: Sequence[Load]) -> str:
    """Return the table; the first load is what the others are compared with."""
    head = ("", "requests/s", "of (a)", f"p50 ms at {RATE}/s", "p99 ms", "CPU", "MiB", "MiB after", "events")
    rows = [
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
        for load in loads
    ]
    return align([head, *rows])


def list_contenders(events: int, postgres: Sequence[str]) -> list[Contender]:
    """Return them, the bare app first; `postgres` are URLs, for one process, two, and so on."""
    found = [
        Contender("(a) a bare Bolt app", "a bare Bolt app", build_posts),
        Contender("(b) /fault 28504", "faultbook", build_commands),
        Contender("(c) watch posts, SQLite", "faultbook", build_posts, events=events),
    ]
    for processes, url in enumerate(postgres, start=1):
        name = f"(c) watch posts, PostgreSQL, processes: {processes}"
        found.append(Contender(name, "faultbook", build_posts, processes, {"DATABASE_URL": url}))
    return found


@contextmanager
def make_databases(address: str) -> Iterator[list[str]]:
    """Make two databases on a server of PostgreSQL, `postgresql://user@host:port/`; yield their URLs."""
    names = [f"faultbook_load_{number}" for number in (1, 2)] if address else []
    for name in names:
        run(address, f"CREATE DATABASE {name}")
    try:
        for name in names:
            database = open_database(f"{address}{name}")
            database.migrate()
            database.close()
        yield [f"{address}{name}" for name in names]
    finally:
        for name in names:
            run(address, f"DROP DATABASE {name} WITH (FORCE)")


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each load")
    parser.add_argument("--events", type=int, default=100_000, help="watch posts on SQLite, for the memory")
    parser.add_argument("--postgres", default="", help="a server, as postgresql://user@host:port/")
    parser.add_argument("--name", default="load", help="the file's name under bench/out")
    options = parser.parse_args(arguments)
    with make_databases(options.postgres) as urls:
        loads = measure(list_contenders(options.events, urls), options.seconds)
    command, machine = " ".join(["python -m bench.load", *arguments]), describe_machine()
    figures = {"command": command, "machine": machine, "loads": [asdict(load) for load in loads]}
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{options.name}.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(command)
    print(align(list(machine.items()), left=(0, 1)))
    print(render(loads))


if __name__ == "__main__":
    main(sys.argv[1:])
