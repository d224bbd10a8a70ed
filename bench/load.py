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
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.machine import describe_machine
from bench.mentions import serve
from bench.start import read_memory
from bench.traffic import RATE, Build, build_commands, build_posts, measure_rate, measure_times
from bot.authoring.render import align
from bot.stores.database import open_database
from tests.fake_slack import FakeSlack
from tests.front import CHANNEL, Front

OUT = Path(__file__).parents[1] / "bench" / "out"
WARM_UP = 2.0  # seconds that aren't counted


@dataclass(frozen=True, slots=True)
class Load:
    """One kind of load; rates in requests a second, times in milliseconds, memory in MiB.

    `cpu` is processor time a second; it and the memory are sums over the server's processes.
    """

    name: str
    rate: float
    p50: float
    p99: float
    cpu: float
    memory_before: float
    memory_after: float
    events: int


def measure(
    name: str,
    contender: str,
    build: Build,
    seconds: float,
    events: int = 0,
    processes: int = 1,
    **settings: str,
) -> Load:
    """Return the figures of one load on servers of its own, over a database of theirs; warm before."""
    with ExitStack() as stack:
        fake, folder = stack.enter_context(FakeSlack()), stack.enter_context(tempfile.TemporaryDirectory())
        watched = {"FAULTBOOK_WATCH": f"{CHANNEL}=auto", **settings}
        servers = [stack.enter_context(serve(contender, fake, folder, watched)) for _ in range(processes)]
        ports = [server.port for server in servers]
        measure_rate(ports, build, WARM_UP, first=90_000_000)
        before = sum(read_memory("VmRSS", server.pid) for server in servers)
        used, began = sum(_read_cpu(server.pid) for server in servers), time.monotonic()
        rate, count = measure_rate(ports, build, seconds, first=processes * 10_000_000)  # new posts each
        cpu = (sum(_read_cpu(server.pid) for server in servers) - used) / (time.monotonic() - began)
        spent = sorted(measure_times(ports[0], build, min(seconds, 20)))
        while count < events:
            count += measure_rate(ports, build, 10, first=50_000_000 + count)[1]
        after = sum(read_memory("VmRSS", server.pid) for server in servers)
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


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each load")
    parser.add_argument("--events", type=int, default=100_000, help="watch posts on SQLite, for the memory")
    parser.add_argument("--postgres", default="", help="URL of an empty database, migrated here")
    parser.add_argument("--name", default="load", help="the file's name under bench/out")
    options = parser.parse_args(arguments)
    seconds = options.seconds
    loads = [
        measure("(a) a bare Bolt app", "a bare Bolt app", build_posts, seconds),
        measure("(b) /fault 28504", "faultbook", build_commands, seconds),
        measure("(c) watch posts, SQLite", "faultbook", build_posts, seconds, options.events),
    ]
    if options.postgres:
        database = open_database(options.postgres)
        database.migrate()
        database.close()
        for processes in (1, 2):
            name = f"(c) watch posts, PostgreSQL, {processes} process{'es' if processes > 1 else ''}"
            url = {"DATABASE_URL": options.postgres}
            loads.append(measure(name, "faultbook", build_posts, seconds, processes=processes, **url))
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
