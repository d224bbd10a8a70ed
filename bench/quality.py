"""How well the desk and its peers answer the same questions, and what silence costs each; speed stands apart.

A peer can only abstain by a threshold, so each gets its best one: the lowest that answers no quiet text.
Pure; called by bench/__main__.py and scale.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.peers import NAMED, Peer
from bot.authoring.evaluate import evaluate
from bot.authoring.figures import TOP
from bot.knowledge.entry import Question
from bot.matching import Matcher, fold

DESK = "faultbook"
DIGITS = re.compile(r"\d{3}")
KINDS = {
    "code": "code", "code-long": "code", "message": "message", "api-message": "message", "log": "log",
    "stack-trace": "log", "json": "JSON", "code-json": "JSON", "typo": "typo", "typo_en": "typo",
    "typo_zh": "typo", "traditional": "Traditional", "trad": "Traditional", "code-traditional": "Traditional",
    "pinyin": "pinyin", "mixed": "mixed", "fullwidth": "full-width", "code-fullwidth": "full-width",
}  # fmt: skip
"""Kinds of the question files, told in fewer; all others are phrases, or messages where they quote one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one contender.

    `rank` is the place of the first expected entry, 0 if it isn't found, without regard to silence. `kept`
    and `wrong`: answered right or otherwise when no quiet text may be answered.
    """

    question: Question
    rank: int
    kept: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts and rates (0 to 1) over some questions."""

    questions: int
    right_at_1: float
    in_top_3: float
    mrr: float
    kept: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Rates of one contender over all questions, those without a number, and by language and kind.

    `threshold` is a peer's own; None where a quiet text holds a documented number: nothing is kept then.
    """

    name: str
    threshold: float | None
    whole: Rates
    wordy: Rates
    by_language: Mapping[str, Rates]
    by_kind: Mapping[str, Rates]


@dataclass(frozen=True, slots=True)
class Compared:
    """All contenders on one set of questions, the desk first, and how many quiet texts that answers."""

    name: str
    questions: int
    quiet: int
    false_answers: int
    qualities: list[Quality]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer would answer: the rank of the right one, whether it is right, and its score."""

    rank: int
    right: bool
    score: float


def compare(
    name: str,
    matcher: Matcher,
    peers: Iterable[Peer],
    questions: Sequence[Question],
    quiet: Sequence[Question],
) -> Compared:
    """Measure the desk and its peers on one set of questions."""
    desk, false_answers = measure_desk(matcher, questions, quiet)
    qualities = [desk, *(measure_peer(peer, questions, quiet) for peer in peers)]
    return Compared(name, len(questions), len(quiet), false_answers, qualities)


def measure_peer(peer: Peer, questions: Sequence[Question], quiet: Sequence[Question]) -> Quality:
    """Measure one peer on questions with an answer and on texts without one."""
    answers = [_answer(question, peer) for question in questions]
    noise = [(text, _answer(text, peer).score) for text in quiet]

    def keep(loudest: float, wordy: bool = False) -> list[Asked]:
        return [
            Asked(
                question, one.rank, one.right and one.score > loudest, not one.right and one.score > loudest
            )
            for question, one in zip(questions, answers, strict=True)
            if not wordy or _is_wordy(question)
        ]

    loudest = max((score for _, score in noise), default=0.0)
    loudest_wordy = max((score for text, score in noise if _is_wordy(text)), default=0.0)
    return _sum_up(peer.name, loudest, keep(loudest), keep(loudest_wordy, wordy=True))


def measure_desk(
    matcher: Matcher, questions: Sequence[Question], quiet: Sequence[Question]
) -> tuple[Quality, int]:
    """Return the desk's quality on the same texts, and its false answers, which no threshold hides."""
    report = evaluate([*questions, *quiet], lambda asked: matcher.ask(asked.text))
    asked = [
        Asked(outcome.question, outcome.rank, outcome.mark == "right", outcome.mark == "wrong")
        for outcome in report.outcomes
        if outcome.due
    ]
    wordy = [one for one in asked if _is_wordy(one.question)]
    return _sum_up(DESK, 0.0, asked, wordy), report.ask.false_answer


def simplify_kinds(questions: Iterable[Question], messages: Mapping[str, str]) -> list[Question]:
    """Return the questions with one of KINDS' values, "message" or "phrase" for their kind.

    `messages` are the entries' own, by code.
    """
    told = []
    for question in questions:
        said = fold(question.text)
        quoted = (fold(messages.get(code, "")).strip(" .。!") for code in question.expected)
        plain = "message" if any(message and message in said for message in quoted) else "phrase"
        told.append(replace(question, kind=KINDS.get(question.kind, plain)))
    return told


def part_by(asked: Iterable[Asked], key: Callable[[Question], str]) -> dict[str, Rates]:
    """Return the rates of each group of questions, sorted by name."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[key(one.question)].append(one)
    return {name: rate(groups[name]) for name in sorted(groups)}


def rate(asked: Sequence[Asked]) -> Rates:
    """Return the rates over some questions; all 0 of none."""
    count = len(asked) or 1
    return Rates(
        questions=len(asked),
        right_at_1=sum(one.rank == 1 for one in asked) / count,
        in_top_3=sum(1 <= one.rank <= TOP for one in asked) / count,
        mrr=sum(1 / one.rank for one in asked if one.rank) / count,
        kept=sum(one.kept for one in asked) / count,
        wrong=sum(one.wrong for one in asked) / count,
    )


def _sum_up(name: str, loudest: float, asked: Sequence[Asked], wordy: Sequence[Asked]) -> Quality:
    return Quality(
        name=name,
        threshold=loudest if loudest < NAMED else None,
        whole=rate(asked),
        wordy=rate(wordy),
        by_language=part_by(asked, lambda question: question.language or "none"),
        by_kind=part_by(asked, lambda question: question.kind),
    )


def _answer(question: Question, peer: Peer) -> Answer:
    """Answer with all codes named in the text, else with the best entry."""
    ranked = peer.rank(question.text)
    expected = set(question.expected)
    named = {code for code, score in ranked if score == NAMED}
    given = named or {code for code, _ in ranked[:1]}
    right = bool(given) and (given == expected or (question.any_of and given <= expected))
    places = (place for place, (code, _) in enumerate(ranked, 1) if code in expected)
    return Answer(next(places, 0), right, ranked[0][1] if ranked else 0.0)


def _is_wordy(question: Question) -> bool:
    return not DIGITS.search(question.text)
