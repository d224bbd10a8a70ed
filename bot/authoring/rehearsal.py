"""The same questions decided by many thresholds: what is found for a text is found once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from bot.authoring.outcome import Mark, Outcome, judge
from bot.knowledge.question import Question
from bot.matching import Matcher, Thresholds, Verdict
from bot.track import Track, track_silently


class Rehearsal:
    """A matcher that decides by any thresholds, and keeps what it found for each text: that stays."""

    def __init__(self, matcher: Matcher) -> None:
        """Find by a matcher."""
        self._matcher = matcher
        self._read = cache(matcher.read)

    def ask_by(self, thresholds: Thresholds, text: str) -> Verdict:
        """Return the verdict that a matcher with these thresholds gives."""
        return self._matcher.with_thresholds(thresholds).decide(self._read(text))

    def judge_by(self, thresholds: Thresholds, question: Question) -> Outcome:
        """Return how a question fares with these thresholds."""
        return judge(question, self.ask_by(thresholds, question.text), "ask")


@dataclass(frozen=True, slots=True)
class Grid:
    """The thresholds that are tried: each answer with each offer and each margin, in rising order."""

    answers: tuple[float, ...]
    offers: tuple[float, ...]
    margins: tuple[float, ...]

    @property
    def lines(self) -> tuple[tuple[float, float], ...]:
        """Each pair of offer and margin."""
        return tuple(product(self.offers, self.margins))


Marks = dict[tuple[float, float], tuple[tuple[Mark, ...], ...]]
"""By offer and margin: for each question its mark at each answer threshold of the grid."""


def rehearse(
    rehearsal: Rehearsal, questions: Sequence[Question], grid: Grid, track: Track = track_silently
) -> Marks:
    """Return how every question fares by every thresholds of the grid.

    One that fares alike at all corners of the grid fares so within: a verdict only gives more entries as the
    margin grows, and fewer as answer and offer do.
    """
    corners = [
        Thresholds(*corner) for corner in product(*(axis[:: len(axis) - 1 or 1] for axis in _list_axes(grid)))
    ]
    rows: list[dict[tuple[float, float], tuple[Mark, ...]]] = []
    for question in track(questions, "progress_questions"):
        met = {rehearsal.judge_by(corner, question).mark for corner in corners}
        if len(met) == 1:
            rows.append(dict.fromkeys(grid.lines, tuple(met) * len(grid.answers)))
        else:
            rows.append({line: _judge_line(rehearsal, question, grid.answers, *line) for line in grid.lines})
    return {line: tuple(row[line] for row in rows) for line in grid.lines}


def _list_axes(grid: Grid) -> tuple[tuple[float, ...], ...]:
    return grid.answers, grid.offers, grid.margins


def _judge_line(
    rehearsal: Rehearsal, question: Question, answers: Sequence[float], offer: float, margin: float
) -> tuple[Mark, ...]:
    """Return a question's marks at rising answer thresholds.

    A verdict changes once at most on the way, where its best score falls below: that place is bisected.
    """

    def mark(place: int) -> Mark:
        return rehearsal.judge_by(Thresholds(answers[place], offer, margin), question).mark

    low, high = 0, len(answers) - 1
    first, last = mark(low), mark(high)
    if first != last:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if mark(middle) == first else (low, middle)
    return (first,) * high + (last,) * (len(answers) - high)


def judge_all(
    rehearsal: Rehearsal, questions: Iterable[Question], thresholds: Thresholds
) -> tuple[Outcome, ...]:
    """Return how all questions fare with one set of thresholds."""
    return tuple(rehearsal.judge_by(thresholds, question) for question in questions)
