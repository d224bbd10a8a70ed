"""Time by the length of a text: lines of a log, no two alike, with a fault behind them."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bench.scale import time_it
from bot.authoring.render import align

LENGTHS = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000)
LOG_LINE = (
    "2026-03-02 11:{:06} INFO [worker-{}] c.e.Session - took {} ms for request {}, {} rows, trace {:x}\n"
)


@dataclass(frozen=True, slots=True)
class Growth:
    """Milliseconds by length in characters, and the slope of their logarithms: 1 where time is linear."""

    lengths: tuple[int, ...]
    ms: tuple[float, ...]
    slope: float


def measure_growth(ask: Callable[[str], object], last: str, seed: int, times: int = 5) -> Growth:
    """Time texts of growing length that end in `last`."""
    dice = random.Random(seed)
    lines: list[str] = []
    while sum(map(len, lines)) < LENGTHS[-1]:
        lines.append(LOG_LINE.format(*(dice.randrange(10**6) for _ in range(6))))
    log = "".join(lines)
    texts = [log[: length - len(last)] + last for length in LENGTHS]
    spent = [time_it(partial(ask, text), times)[0] for text in texts]
    slope, _ = statistics.linear_regression(list(map(math.log, LENGTHS)), list(map(math.log, spent)))
    return Growth(LENGTHS, tuple(spent), slope)


def render(growth: Growth) -> str:
    """Return the times and their slope."""
    rows = [("characters of a log", "ms", "µs a character")]
    for length, ms in zip(growth.lengths, growth.ms, strict=True):
        rows.append((str(length), f"{ms:.2f}", f"{1000 * ms / length:.2f}"))
    return align(rows) + f"\nslope of the logarithms {growth.slope:.2f}; 1 is linear"
