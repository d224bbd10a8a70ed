"""How the desk and its peers do as a pack grows: time for a question, right answers, start, memory.

Generated packs are written as folders, compiled and opened as users' are; the shipped pack comes beside them
with its golden questions. Contenders take turns on one thread: a busy moment of the machine hits all of them,
so ratios hold where times don't.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.large_pack import PACK, build_large_pack, draw_questions
from bench.packs import write_folder
from bench.peers import PEERS, Strings, build_peers, build_strings
from bench.quality import DESK
from bench.start import Start, measure_start, open_matcher
from bot.authoring.render import align, percent
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Verdict

MS = 1e6  # nanoseconds
ROUNDS = 3  # of a question, of which the median counts
SLOW_WORK = 1_000_000  # strings times questions of a peer that reads every string: a minute at most
FEWEST = 5  # questions that a slow peer is given at least
WARM_UP = 5  # questions that aren't counted, one of each kind: what is built lazily is built then


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to answer, how many questions it is given, and the seconds it took to build."""

    name: str
    look_up: Callable[[str], Sequence[str]]
    questions: int
    built: float
    slow: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How one contender did: milliseconds a question, the part that is right at rank 1, seconds to build."""

    name: str
    p50: float
    p99: float
    questions: int
    right_at_1: float
    built: float


@dataclass(frozen=True, slots=True)
class Level:
    """One size, the desk first; `first` is the start that compiles, `later` the next one."""

    entries: int
    standings: Sequence[Standing]
    first: Start
    later: Start


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder compiled into a cache, what is in it, and questions; the first `warm_up` don't count."""

    folder: Path
    cache: Path
    knowledge: Knowledge
    questions: Sequence[Question]
    warm_up: int
    first: Start


def prepare_shipped(cache: Path, root: Path, knowledge: Knowledge, questions: Sequence[Question]) -> Prepared:
    """Compile the shipped knowledge, read from `root`, into a new folder."""
    first = measure_start(root, _choose_code(knowledge), cache)
    return Prepared(root, cache, knowledge, [questions[0], *questions], 1, first)


def prepare_level(place: Path, base: Knowledge, entries: int, questions: int, seed: int) -> Prepared:
    """Generate a pack, write it into a new folder, compile it; languages and terms are the base's."""
    knowledge, cases = build_large_pack(base, entries, seed)
    asked = draw_questions(knowledge, cases, WARM_UP + questions, seed)
    write_folder(knowledge.packs[PACK], place / "knowledge")
    first = measure_start(place / "knowledge", _choose_code(knowledge), place / "cache")
    return Prepared(place / "knowledge", place / "cache", knowledge, asked, WARM_UP, first)


def measure_level(prepared: Prepared, seed: int) -> Level:
    """Start once more, and race."""
    knowledge, questions = prepared.knowledge, prepared.questions
    later = measure_start(prepared.folder, _choose_code(knowledge), prepared.cache)
    matcher = open_matcher(prepared.folder, prepared.cache)
    desk = Contender(
        DESK, lambda text: _rank(matcher.ask(text)), len(questions), prepared.first.ready, slow=False
    )
    contenders = [desk, *_build_contenders(build_strings(knowledge), len(questions))]
    standings = race(contenders, questions, prepared.warm_up, seed)
    return Level(len(knowledge.entries), standings, prepared.first, later)


def race(
    contenders: Sequence[Contender], questions: Sequence[Question], warm_up: int, seed: int
) -> list[Standing]:
    """Put the questions to the contenders; of the first `warm_up`, which don't count, slow ones get one."""
    dice, order = random.Random(seed), list(contenders)
    spent: dict[str, list[float]] = {one.name: [] for one in contenders}
    right: dict[str, int] = dict.fromkeys(spent, 0)
    gc.collect()
    gc.disable()
    try:
        for number, question in enumerate(questions, -warm_up):
            dice.shuffle(order)
            for one in order:
                if number < one.questions and not (one.slow and number < -1):
                    ms, codes = _time(partial(one.look_up, question.text), 1 if one.slow else ROUNDS)
                    if number >= 0:
                        spent[one.name].append(ms)
                        right[one.name] += codes[:1] != [] and codes[0] in question.expected
    finally:
        gc.enable()
    return [
        Standing(
            one.name,
            statistics.median(times),
            sorted(times)[round(0.99 * (len(times) - 1))],
            len(times),
            right[one.name] / len(times),
            one.built,
        )
        for one in contenders
        for times in [spent[one.name]]
    ]


def _time(action: Callable[[], Sequence[str]], times: int) -> tuple[float, Sequence[str]]:
    """Return the median milliseconds of an action, and what it returned last."""
    spent: list[float] = []
    found: Sequence[str] = ()
    for _ in range(times):
        start = time.perf_counter_ns()
        found = action()
        spent.append((time.perf_counter_ns() - start) / MS)
    return statistics.median(spent), found


def render(level: Level) -> str:
    """Return one size's contenders and starts."""
    ours = level.standings[0]
    head = ("ms a question", "p50", "p99", "p50, times ours", "questions", "right at 1", "built in s")
    rows: list[tuple[str, ...]] = [head]
    for one in level.standings:
        times = (f"{one.p50:.3f}", f"{one.p99:.3f}", f"{one.p50 / ours.p50:.2f}")
        rows.append((one.name, *times, str(one.questions), percent(one.right_at_1), f"{one.built:.2f}"))
    head = ("a fresh process", "imports, s", "ready, s", "first answer, ms", "MiB", "over imports", "most")
    starts: list[tuple[str, ...]] = [head]
    for name, start in (("first start, compiles", level.first), ("next start", level.later)):
        times = (f"{start.imports:.2f}", f"{start.ready:.2f}", f"{1000 * start.answer:.1f}")
        memory = (start.resident, start.resident - start.bare, start.peak)
        starts.append((name, *times, *(f"{mib:.0f}" for mib in memory)))
    return f"{level.entries} entries\n\n{align(rows)}\n\n{align(starts)}"


def _build_contenders(strings: Strings, questions: int) -> list[Contender]:
    few = max(FEWEST, SLOW_WORK // len(strings.texts))
    found = []
    for kind in PEERS:
        began = time.perf_counter()
        for peer in build_peers(strings, [kind] if kind.raced else []):
            built = time.perf_counter() - began
            asked = few if kind.reads_all else questions
            found.append(Contender(peer.name, peer.look_up, asked, built, slow=asked < questions))
    return found


def _choose_code(knowledge: Knowledge) -> str:
    return next(code for pack in knowledge.packs.values() for code in pack.entries)


def _rank(verdict: Verdict) -> list[str]:
    return [match.entry.code for match in (*verdict.matches, *verdict.runners_up)]
