"""How much of what a scan of all units finds the candidates hold: `python -m bench.recall --entries 100000`.

The desk and the scan read the same units, made once, in memory: no folder is written, and no peer races,
so that a pack of any size is measured within minutes. Questions by code alone need no candidate and are left
out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.exhaustive import Made
from bench.large_pack import KINDS, build_large_pack, draw_questions
from bench.start import read_memory
from bot.knowledge.load import load_knowledge
from bot.matching import Verdict
from bot.track import Track, track_silently

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
GOAL = 0.995
BY_CODE = "code"


@dataclass(frozen=True, slots=True)
class Compared:
    """One question: the codes that a scan answers or offers, and those that the desk does."""

    text: str
    kind: str
    due: frozenset[str]
    found: frozenset[str]


def compare(
    entries: int, questions: int, seed: int, tell: Callable[[str], None], track: Track = track_silently
) -> Iterator[Compared]:
    """Yield `questions` questions on a generated pack; `tell` is told what was done and how long it took."""
    began = time.perf_counter()

    def note(done: str) -> None:
        tell(f"{time.perf_counter() - began:.0f} s: {done}, {read_memory('VmHWM'):.0f} MiB at most so far")

    knowledge, cases = build_large_pack(load_knowledge(KNOWLEDGE), entries, seed)
    kinds = len(KINDS)
    drawn = draw_questions(knowledge, cases, questions * kinds // (kinds - 1) + kinds, seed)
    asked = [question for question in drawn if question.kind != BY_CODE][:questions]
    made = Made(knowledge)
    note(f"{len(made.contents.units)} units read")
    desk, scan = made.build_matcher(scans=False), made.build_matcher(scans=True)
    note("indexed")
    for question in track(asked, f"{entries} entries, with a scan"):
        due, found = _decide(scan.ask, question.text), _decide(desk.ask, question.text)
        yield Compared(question.text, question.kind, due, found)
    note(f"{len(asked)} questions asked")


def _decide(ask: Callable[[str], Verdict], text: str) -> frozenset[str]:
    """Return the codes that are answered or offered."""
    return frozenset(match.entry.code for match in ask(text).matches)


def measure_part(compared: Sequence[Compared]) -> tuple[int, int]:
    """Return how much a scan finds, and how much of that the desk does."""
    return sum(len(one.due) for one in compared), sum(len(one.due & one.found) for one in compared)


def render(compared: Sequence[Compared]) -> str:
    """Return the part that the candidates hold, and each question of which something was lost."""
    due, held = measure_part(compared)
    lost = [(one, sorted(one.due - one.found)) for one in compared if one.due - one.found]
    lines = [f"lost {', '.join(codes)}: {one.text!r} ({one.kind})" for one, codes in lost]
    part = held / due if due else 1.0
    lines.append(
        f"{held} of {due} ({part:.2%}) that a scan finds on {len(compared)} questions; goal {GOAL:.1%}"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where the goal is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.recall", description="Hold candidates against a scan."
    )
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="draws the pack and the questions")
    options = parser.parse_args(arguments)
    if min(options.entries, options.questions) < 1:
        parser.error("--entries and --questions must be 1 or more")
    compared = list(
        compare(options.entries, options.questions, options.seed, lambda told: print(told, flush=True))
    )
    print(f"{options.entries} entries, seed {options.seed}\n{render(compared)}")
    due, held = measure_part(compared)
    return int(held < GOAL * due)


if __name__ == "__main__":
    sys.exit(main())
