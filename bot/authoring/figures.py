"""Counts and rates over outcomes. No verdict is judged here (outcome.py), nothing printed (report.py).

A rate is None where nothing was there to be measured; 1.0 is everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.authoring.outcome import Outcome, Setting

TOP = 3  # "in top 3", as the peers in the bench are measured


def share(part: float, whole: int) -> float | None:
    """Return part of whole as a rate from 0 to 1, or None of nothing."""
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class AskFigures:
    """What ask mode did: on `due` questions with an answer, and on `undue` texts that need none."""

    due: int
    right: int
    offered: int
    silent: int
    partial: int
    misoffered: int
    wrong: int
    undue: int
    kept: int
    false_offer: int
    false_answer: int
    answered: int
    answered_right: int
    first: int
    top: int
    reciprocal: float

    @property
    def right_rate(self) -> float | None:
        """Right among the questions that have an answer."""
        return share(self.right, self.due)

    @property
    def right_at_1(self) -> float | None:
        """Questions whose best entry, answered or not, is an expected one."""
        return share(self.first, self.due)

    @property
    def in_top_3(self) -> float | None:
        """Questions with an expected entry among the best three."""
        return share(self.top, self.due)

    @property
    def mrr(self) -> float | None:
        """Mean of 1 / rank of the first expected entry (0 where it isn't ranked)."""
        return share(self.reciprocal, self.due)

    @property
    def coverage(self) -> float | None:
        """Answered, rightly or not, among the questions that have an answer."""
        return share(self.answered - self.false_answer, self.due)

    @property
    def answer_precision(self) -> float | None:
        """Right among all answers, those to texts that need none included."""
        return share(self.answered_right, self.answered)

    @property
    def false_answer_rate(self) -> float | None:
        """Answered among the texts that need no answer."""
        return share(self.false_answer, self.undue)


@dataclass(frozen=True, slots=True)
class WatchFigures:
    """What watch mode did in one setting: `due` posts wanted a reply, the other `posts` wanted silence."""

    posts: int
    due: int
    found: int
    partial: int
    missed: int
    wrong: int
    false_reply: int

    @property
    def replies(self) -> int:
        """Posts that got a reply, right or not."""
        return self.found + self.partial + self.wrong + self.false_reply

    @property
    def precision(self) -> float | None:
        """Right replies among all replies."""
        return share(self.found, self.replies)

    @property
    def recall(self) -> float | None:
        """Right replies among the posts that wanted one."""
        return share(self.found, self.due)


def count_ask(outcomes: Iterable[Outcome]) -> AskFigures:
    """Count the ask-mode outcomes; the others are passed over."""
    asked = [outcome for outcome in outcomes if outcome.setting == "ask"]
    due = [outcome for outcome in asked if outcome.due]
    marks = Counter(outcome.mark for outcome in asked)
    answers = [outcome for outcome in asked if outcome.kind == "answered"]
    return AskFigures(
        due=len(due),
        right=marks["right"],
        offered=marks["offered"],
        silent=marks["silent"],
        partial=marks["partial"],
        misoffered=marks["misoffered"],
        wrong=marks["wrong"],
        undue=len(asked) - len(due),
        kept=marks["kept"],
        false_offer=marks["false_offer"],
        false_answer=marks["false_answer"],
        answered=len(answers),
        answered_right=sum(outcome.mark == "right" for outcome in answers),
        first=sum(outcome.rank == 1 for outcome in due),
        top=sum(1 <= outcome.rank <= TOP for outcome in due),
        reciprocal=sum(1 / outcome.rank for outcome in due if outcome.rank),
    )


def count_watch(outcomes: Iterable[Outcome], setting: Setting) -> WatchFigures:
    """Count the outcomes of one watch setting, careful or eager; the others are passed over."""
    watched = [outcome for outcome in outcomes if outcome.setting == setting]
    marks = Counter(outcome.mark for outcome in watched)
    return WatchFigures(
        posts=len(watched),
        due=sum(bool(outcome.due) for outcome in watched),
        found=marks["found"],
        partial=marks["partial"],
        missed=marks["missed"],
        wrong=marks["wrong"],
        false_reply=marks["false_reply"],
    )
