"""Contenders answer the same questions in turns: time, and right answers, of one run on one thread.

A busy moment of the machine hits all of them, so ratios hold where times don't. Called by scale.py.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.speed import MS, Times, sum_up
from bot.authoring.figures import TOP
from bot.knowledge.entry import Question

ROUNDS = 3  # per question, of which the median counts

LookUp = Callable[[str], Sequence[str]]
"""Codes for a text, best first."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to answer, how many questions it is given, and the seconds it took to build.

    One that `ranks` nothing is only timed. A slow one is given few questions, each once.
    """

    name: str
    look_up: LookUp
    questions: int
    built_s: float
    slow: bool = False
    ranks: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How one contender did; rates 0 to 1 over `questions`, None of one that ranks nothing."""

    times: Times
    questions: int
    right_at_1: float | None
    in_top_3: float | None
    built_s: float


def race(
    contenders: Sequence[Contender], questions: Sequence[Question], warm_up: int, seed: int
) -> list[Standing]:
    """Put the questions to the contenders, of which the first `warm_up` aren't counted.

    Slow ones get one of those. The collector of garbage rests meanwhile.
    """
    dice, order = random.Random(seed), list(contenders)
    spent: dict[str, list[float]] = {one.name: [] for one in contenders}
    ranks: dict[str, list[int]] = {one.name: [] for one in contenders}
    gc.collect()
    gc.disable()
    try:
        for number, question in enumerate(questions, -warm_up):
            dice.shuffle(order)
            for one in order:
                if number < one.questions and not (one.slow and number < -1):
                    ms, codes = _time(one, question.text)
                    if number >= 0:
                        spent[one.name].append(ms)
                        ranks[one.name].append(_find_rank(codes, question))
    finally:
        gc.enable()
    return [_sum_up(one, spent[one.name], ranks[one.name]) for one in contenders]


def _time(one: Contender, text: str) -> tuple[float, Sequence[str]]:
    """Return the median milliseconds of the rounds, and what was found."""
    spent = []
    for _ in range(1 if one.slow else ROUNDS):
        start = time.perf_counter_ns()
        codes = one.look_up(text)
        spent.append((time.perf_counter_ns() - start) / MS)
    return statistics.median(spent), codes


def _find_rank(codes: Sequence[str], question: Question) -> int:
    distinct = dict.fromkeys(codes)
    return next((rank for rank, code in enumerate(distinct, 1) if code in question.expected), 0)


def _sum_up(one: Contender, spent: Sequence[float], ranks: Sequence[int]) -> Standing:
    count = len(ranks)
    return Standing(
        times=sum_up(one.name, spent),
        questions=count,
        right_at_1=sum(rank == 1 for rank in ranks) / count if one.ranks else None,
        in_top_3=sum(1 <= rank <= TOP for rank in ranks) / count if one.ranks else None,
        built_s=one.built_s,
    )
