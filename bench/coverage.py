"""Coverage against precision: what the desk answers, and how rightly, from a low to a high threshold.

The desk decides at each threshold by what it found once for a text, so that margins, choices and silence for
other reasons count as they do in use. Called by bench/__main__.py; pictures.py draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.authoring.evaluate import evaluate
from bot.authoring.rehearsal import Rehearsal
from bot.knowledge.entry import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import CHOSEN

THRESHOLDS = (30.0, 40.0, 50.0, 55.0, 60.0, 65.0, 70.0, 75.0, 80.0, 85.0, 90.0, 95.0, 101.0)
"""Scores from which one entry is the answer; at the last, only codes are answered."""


@dataclass(frozen=True, slots=True)
class Point:
    """At a threshold: the part of the questions that is answered, the right part of all answers (0 to 1)."""

    threshold: float
    coverage: float
    precision: float


def measure_coverage(
    knowledge: Knowledge, questions: Sequence[Question], quiet: Sequence[Question]
) -> list[Point]:
    """Return the points at THRESHOLDS and at the chosen one, by threshold; quiet texts' answers are wrong."""
    rehearsal = Rehearsal(knowledge)
    answers = sorted({*THRESHOLDS, CHOSEN.answer})
    return [_measure_at(answer, rehearsal, [*questions, *quiet]) for answer in answers]


def _measure_at(answer: float, rehearsal: Rehearsal, asked: Sequence[Question]) -> Point:
    thresholds = replace(CHOSEN, answer=answer, offer=min(CHOSEN.offer, answer))
    told = evaluate(asked, lambda question: rehearsal.ask_by(thresholds, question.text)).ask
    return Point(answer, told.coverage or 0.0, told.answer_precision or 1.0)
