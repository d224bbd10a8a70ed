"""How one verdict fares against what a question expects. Nothing is counted here: figures.py counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.question import Question
from bot.matching import Verdict

Setting = Literal["ask", "careful", "eager"]
Mark = Literal[
    "right", "offered", "silent", "partial", "misoffered", "wrong",
    "kept", "false_offer", "false_answer",
    "found", "missed", "false_reply",
]  # fmt: skip

MOST_CHOICES = 5  # a verdict's choices are two to five; more would be a list, not an offer
MOST_UNASKED = 1  # "choices holding exactly those, one more at most"
ANSWERED_WRONGLY: frozenset[Mark] = frozenset({"wrong", "partial", "false_answer", "false_reply"})
"""An answer was given that is not right; an offer, or silence, is no answer."""
GOOD: frozenset[Mark] = frozenset({"right", "kept", "found"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One verdict, judged.

    `due` are the codes that were due in this setting, `got` those the desk gave, in its order.
    `rank` counts from 1 where the first expected code stands among matches and runners-up; 0 if nowhere.
    `score` (0-100) is that of the best match, or of the best runner-up when the desk was silent.
    `left_out` is the code whose phrases the matcher did not have, or empty.
    """

    question: Question
    setting: Setting
    mark: Mark
    kind: str
    due: tuple[str, ...]
    got: tuple[str, ...]
    rank: int
    score: float
    rule: str
    reason: str
    left_out: str = ""

    @property
    def good(self) -> bool:
        """Say whether nothing about the verdict calls for fixing."""
        return self.mark in GOOD


def judge(question: Question, verdict: Verdict, setting: Setting, left_out: str = "") -> Outcome:
    """Judge one verdict on one question in one setting.

    In the careful setting nothing is due of a question that is due for eager channels only.
    """
    due = () if setting == "careful" and question.eager else question.expected
    got = tuple(match.entry.code for match in verdict.matches)
    mark = _mark_ask(question, verdict, got) if setting == "ask" else _mark_watch(question, due, got)
    ranked = verdict.matches + verdict.runners_up
    rank = next((place for place, match in enumerate(ranked, 1) if match.entry.code in question.expected), 0)
    return Outcome(
        question=question,
        setting=setting,
        mark=mark,
        kind=verdict.kind,
        due=due,
        got=got,
        rank=rank,
        score=max((match.score for match in verdict.matches or verdict.runners_up), default=0.0),
        rule=verdict.matches[0].evidence.rule if verdict.matches else "",
        reason=verdict.reason,
        left_out=left_out,
    )


def _mark_ask(question: Question, verdict: Verdict, got: tuple[str, ...]) -> Mark:
    expected, given = set(question.expected), set(got)
    if not expected:
        if verdict.kind == "abstained":
            return "kept"
        return "false_offer" if verdict.kind == "choices" else "false_answer"
    if verdict.kind == "abstained":
        return "silent"
    if verdict.kind == "choices":
        return _mark_choices(question, expected, given)
    if given == expected or (question.any_of and given and given <= expected):
        return "right"
    return "partial" if given and given < expected else "wrong"


def _mark_choices(question: Question, expected: set[str], given: set[str]) -> Mark:
    asked, unasked = given & expected, given - expected
    if not asked or len(given) > MOST_CHOICES:
        return "misoffered"
    if len(expected) == 1 or len(unasked) > MOST_UNASKED:
        return "offered"
    if asked == expected or (question.any_of and len(asked) > len(unasked)):
        return "right"
    return "offered"


def _mark_watch(question: Question, due: tuple[str, ...], got: tuple[str, ...]) -> Mark:
    expected, given = set(due), set(got)
    if not expected:
        return "false_reply" if given else "kept"
    if not given:
        return "missed"
    if given == expected or (question.any_of and given <= expected):
        return "found"
    return "partial" if given < expected else "wrong"
