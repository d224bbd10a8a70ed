"""How long a question takes: the desk's whole pipeline against its peers, text by text in the same run.

Called by bench/__main__.py. Quality is quality.py's part.
"""

from __future__ import annotations

import gc
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MS = 1e6  # nanoseconds
IMPORTS = "import rich, yaml, rapidfuzz"  # the least that the command could import
COLD = {
    "faultbook ask 28504": ["-c", "from bot.cli import main; main()", "ask", "28504"],
    IMPORTS: ["-c", IMPORTS],
    "nothing": ["-c", "pass"],
}


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds a question: the middle, the slowest hundredth, the mean and the slowest."""

    name: str
    p50: float
    p99: float
    mean: float
    slowest: float


def measure_times(
    contenders: Mapping[str, Callable[[str], object]], texts: Sequence[str], rounds: int, seed: int
) -> list[Times]:
    """Time each contender on each text; a text's time is the median of its rounds.

    The contenders take turns text by text, in an order drawn anew each round, so that a busy moment of the
    machine hits all of them. One round before is not counted. The collector of garbage rests meanwhile.
    """
    dice = random.Random(seed)
    taken: dict[str, list[list[int]]] = {name: [[] for _ in texts] for name in contenders}
    order, names = list(range(len(texts))), list(contenders)
    gc.collect()
    gc.disable()
    try:
        for counted in range(rounds + 1):
            dice.shuffle(order)
            dice.shuffle(names)
            for place in order:
                for name in names:
                    look_up, text = contenders[name], texts[place]
                    start = time.perf_counter_ns()
                    look_up(text)
                    spent = time.perf_counter_ns() - start
                    if counted:
                        taken[name][place].append(spent)
    finally:
        gc.enable()
    return [sum_up(name, [statistics.median(spent) / MS for spent in taken[name]]) for name in contenders]


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
