"""Times of one thing at a time: a long text, a fresh process. Contenders that take turns are race.py's part.

Called by bench/__main__.py; mentions.py and race.py sum up with it.
"""

from __future__ import annotations

import math
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

MS = 1e6  # nanoseconds
IMPORTS = "import rich, yaml, rapidfuzz"  # the least that the command could import
COLD = {
    "faultbook ask 28504": ["-c", "from bot.cli import main; main()", "ask", "28504"],
    IMPORTS: ["-c", IMPORTS],
    "nothing": ["-c", "pass"],
}


LENGTHS = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000)
LOG_LINE = (
    "2026-03-02 11:{:06} INFO [worker-{}] c.e.Session - took {} ms for request {}, {} rows, trace {:x}\n"
)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds a question: the middle, the slowest hundredth, the mean and the slowest."""

    name: str
    p50: float
    p99: float
    mean: float
    slowest: float


@dataclass(frozen=True, slots=True)
class Growth:
    """Milliseconds by length in characters, and the slope of their logarithms: 1 where time is linear."""

    lengths: tuple[int, ...]
    ms: tuple[float, ...]
    slope: float


def measure_growth(ask: Callable[[str], object], last: str, seed: int, times: int = 5) -> Growth:
    """Time texts of growing length: lines of a log, no two alike, and `last` behind them."""
    dice = random.Random(seed)
    lines: list[str] = []
    while sum(map(len, lines)) < LENGTHS[-1]:
        lines.append(LOG_LINE.format(*(dice.randrange(10**6) for _ in range(6))))
    log = "".join(lines)
    texts = [log[: length - len(last)] + last for length in LENGTHS]
    spent = [time_once(partial(ask, text), times) for text in texts]
    slope, _ = statistics.linear_regression(list(map(math.log, LENGTHS)), list(map(math.log, spent)))
    return Growth(LENGTHS, tuple(spent), slope)


def measure_cold(starts: int) -> dict[str, float]:
    """Return the median milliseconds of fresh processes, by what they run; they take turns."""
    taken: dict[str, list[float]] = {name: [] for name in COLD}
    for counted in range(starts + 1):
        for name, arguments in COLD.items():
            command = [sys.executable, *arguments]
            start = time.perf_counter_ns()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # the words of COLD only
            if counted:
                taken[name].append((time.perf_counter_ns() - start) / MS)
    return {name: statistics.median(spent) for name, spent in taken.items()}


def time_once(action: Callable[[], object], times: int = 3) -> float:
    """Return the median milliseconds of an action."""
    taken = []
    for _ in range(times):
        start = time.perf_counter_ns()
        action()
        taken.append((time.perf_counter_ns() - start) / MS)
    return statistics.median(taken)


def sum_up(name: str, spent: Sequence[float]) -> Times:
    """Return the figures of one contender from its times in milliseconds."""
    ordered = sorted(spent)
    return Times(
        name=name,
        p50=statistics.median(ordered),
        p99=ordered[min(len(ordered) - 1, round(0.99 * (len(ordered) - 1)))],
        mean=statistics.fmean(ordered),
        slowest=ordered[-1],
    )
