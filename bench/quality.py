"""How well the desk and its peers answer the same questions, and what silence costs each; speed stands apart.

A peer can only abstain by a threshold, so each gets its best one: the lowest that answers no quiet text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.peers import NAMED, Peer
from bot.authoring.evaluate import evaluate
from bot.authoring.figures import TOP
from bot.knowledge.entry import Question
from bot.matching.matcher import Matcher

DIGITS = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True)
class Quality:
    """Rates (0 to 1) of one contender.

    `right_at_1`, `in_top_3` and `mrr` rank without regard to silence. `kept` is what is still answered right
    when no quiet text may be answered, `wrong` what is answered otherwise then; `kept_wordy` is the same
    among texts without any number, where only the wording can tell.
    """

    name: str
    right_at_1: float
    in_top_3: float
    mrr: float
    kept: float
    wrong: float
    kept_wordy: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether what a peer would answer is right, and the score that a threshold would have to let through."""

    right: bool
    score: float


def measure_peer(peer: Peer, questions: Sequence[Question], quiet: Sequence[Question]) -> Quality:
    """Measure one peer on questions with an answer and on texts without one."""
    ranks: list[int] = []
    answers: list[Answer] = []
    for question in questions:
        ranked = peer.rank(question.text)
        places = (place for place, (code, _) in enumerate(ranked, 1) if code in question.expected)
        ranks.append(next(places, 0))
        answers.append(_answer(question, ranked))
    noise = [_answer(text, peer.rank(text.text)) for text in quiet]
    kept, wrong = _keep(answers, noise)
    kept_wordy, _ = _keep(
        [answer for answer, question in zip(answers, questions, strict=True) if _is_wordy(question)],
        [answer for answer, question in zip(noise, quiet, strict=True) if _is_wordy(question)],
    )
    count = len(ranks) or 1
    return Quality(
        name=peer.name,
        right_at_1=sum(rank == 1 for rank in ranks) / count,
        in_top_3=sum(1 <= rank <= TOP for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        kept=kept,
        wrong=wrong,
        kept_wordy=kept_wordy,
    )


def measure_desk(
    matcher: Matcher, questions: Sequence[Question], quiet: Sequence[Question]
) -> tuple[Quality, int]:
    """Return the desk's quality on the same texts, and its false answers, which no threshold hides."""
    report = evaluate([*questions, *quiet], lambda asked: matcher.ask(asked.text))
    wordy = [outcome for outcome in report.outcomes if outcome.due and _is_wordy(outcome.question)]
    ask = report.ask
    quality = Quality(
        name="faultbook",
        right_at_1=ask.right_at_1 or 0.0,
        in_top_3=ask.in_top_3 or 0.0,
        mrr=ask.mrr or 0.0,
        kept=ask.right_rate or 0.0,
        wrong=ask.wrong / (ask.due or 1),
        kept_wordy=sum(outcome.mark == "right" for outcome in wordy) / (len(wordy) or 1),
    )
    return quality, ask.false_answer


def _is_wordy(question: Question) -> bool:
    return not DIGITS.search(question.text)


def _answer(question: Question, ranked: Sequence[tuple[str, float]]) -> Answer:
    """Answer with all codes named in the text, else with the best entry."""
    named = {code for code, score in ranked if score == NAMED}
    given = named or {code for code, _ in ranked[:1]}
    expected = set(question.expected)
    right = bool(given) and (given == expected or (question.any_of and given <= expected))
    return Answer(right, ranked[0][1] if ranked else 0.0)


def _keep(answers: Sequence[Answer], noise: Sequence[Answer]) -> tuple[float, float]:
    """Return the shares answered right and wrong by the lowest threshold above all noise."""
    loudest = max((answer.score for answer in noise), default=0.0)
    over = [answer.right for answer in answers if answer.score > loudest]
    count = len(answers) or 1
    return sum(over) / count, (len(over) - sum(over)) / count
