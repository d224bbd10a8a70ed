"""Fit the weights of measures on questions with known answers; each has the sign that a person would expect.

A text is a choice among its candidates and silence (conditional logit). Which string of an entry is its best
one depends on the weights, so candidates are found and weights fitted in turn. SciPy is needed here alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.authoring.figures import AskFigures, count_ask
from bot.authoring.outcome import judge
from bot.authoring.rehearsal import Rehearsal, rehearse
from bot.authoring.tune import FOLDS, GRID, SEED, Choice, choose, deal, find_hopeless
from bot.errors import InputError
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import HARD, MEASURES, MOODS, SPEAK_FOR, AskedText, Matcher, Measures, Weights
from bot.track import Track, track_silently

ROUNDS = 3
MOST = 12  # candidates of a text that count; what is farther behind changes nothing
SILENCE = 2.0  # what a text that needs no answer weighs beside one that has one
SHRINK = 0.02  # what the square of a weight costs: of two measures that tell the same both count
NO_WORDS = MOODS | {"other-system", "code-undocumented", "nothing-said"}
"""Reasons for silence that no score has a part in."""


class Sample(NamedTuple):
    """A question that words decide: the measures of its candidates, and which of them answer it."""

    question: Question
    measures: Sequence[Measures]
    right: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Held:
    """How questions fare that the weights were not fitted on."""

    name: str
    figures: AskFigures


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights and thresholds that all questions choose; how those held out fare, by entry, by author."""

    weights: Weights
    choice: Choice
    samples: int
    loss: float
    by_entry: Held
    by_author: tuple[Held, ...]
    figures: AskFigures


def fit_weights(
    knowledge: Knowledge,
    questions: Iterable[Question],
    folds: int = FOLDS,
    seed: int = SEED,
    track: Track = track_silently,
) -> Fitted:
    """Fit weights on the questions in ask mode. Raises InputError where SciPy is not installed."""
    asked = [question for question in questions if question.mode == "ask"]
    matcher = Matcher(knowledge)
    weights, samples, loss = _fit_in_turn(matcher, asked, track)
    choice = _choose(matcher.with_weights(weights), asked, track)
    matcher = matcher.with_thresholds(choice.thresholds)
    dealt = deal(asked, folds, seed)
    held: list[tuple[Question, Weights]] = []
    for fold in track(range(folds), "progress_folds"):
        home = {question for question, number in zip(asked, dealt, strict=True) if number == fold}
        taught = [sample for sample in samples if sample.question not in home]
        found, _ = _fit(taught, weights)
        held += ((question, found) for question in home)
    by_author = []
    for author in sorted({find_author(question) for question in asked}):
        taught = [sample for sample in samples if find_author(sample.question) != author]
        if taught and len(taught) < len(samples):
            found, _ = _fit(taught, weights)
            own = ((question, found) for question in asked if find_author(question) == author)
            by_author.append(Held(author, _count(matcher, own)))
    return Fitted(
        weights=weights,
        choice=choice,
        samples=len(samples),
        loss=loss,
        by_entry=Held("entry", _count(matcher, held)),
        by_author=tuple(by_author),
        figures=_count(matcher, ((question, weights) for question in asked)),
    )


def find_author(question: Question) -> str:
    """Return the set that a question is of: the golden questions of all packs are one."""
    path = Path(question.path)
    return path.parent.name if path.parent.name == "questions" else path.stem


def _fit_in_turn(
    matcher: Matcher, questions: Sequence[Question], track: Track
) -> tuple[Weights, list[Sample], float]:
    weights, loss = matcher.weights, 0.0
    samples: list[Sample] = []
    for _ in track(range(ROUNDS), "progress_rounds"):
        samples = list(_gather(matcher.with_weights(weights), questions))
        weights, loss = _fit(samples, weights)
    return weights, samples, loss


def _gather(matcher: Matcher, questions: Iterable[Question]) -> Iterator[Sample]:
    """Yield the questions that words decide, but for those of which no right candidate was found."""
    for question in questions:
        asked = matcher.read(question.text)
        candidates = asked.candidates[:MOST]
        right = [candidate.unit.code in question.expected for candidate in candidates]
        if candidates and any(right) == bool(question.expected) and _is_by_words(matcher, asked):
            yield Sample(question, [candidate.measures for candidate in candidates], right)


def _is_by_words(matcher: Matcher, asked: AskedText) -> bool:
    verdict = matcher.decide(asked)
    by_code = verdict.unknown or any(match.evidence.rule == "code" for match in verdict.matches)
    return not by_code and verdict.reason not in NO_WORDS


def _fit(samples: Sequence[Sample], start: Weights) -> tuple[Weights, float]:
    """Return the weights under which the right choices are likeliest, and the loss that is left."""
    try:
        import numpy as np
        from scipy.optimize import minimize
    except ImportError as error:
        raise InputError("tune_needs_scipy") from error

    measures = np.array([one for sample in samples for one in sample.measures])
    right = np.array([one for sample in samples for one in sample.right])
    sizes = np.array([len(sample.measures) for sample in samples])
    home = np.repeat(np.arange(len(samples)), sizes)
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    is_due = np.array([any(sample.right) for sample in samples])
    counts = np.where(is_due, 1.0, SILENCE)

    def weigh(values):  # type: ignore[no-untyped-def] # arrays, of which NumPy's types say little
        scores = values[0] + measures @ values[1:]
        highest = np.maximum(np.maximum.reduceat(scores, first), 0)  # silence scores 0
        odds, silence = np.exp(scores - highest[home]), np.exp(-highest)
        due = np.where(right, odds, 0.0)
        total = np.add.reduceat(odds, first) + silence
        good = np.where(is_due, np.add.reduceat(due, first), silence)
        loss = (counts * (np.log(total) - np.log(good))).sum() + SHRINK * (values[1:] ** 2).sum()
        slope = counts[home] * (odds / total[home] - np.where(is_due[home], due / good[home], 0.0))
        shrink = 2 * SHRINK * np.concatenate(([0.0], values[1:]))
        return loss, np.concatenate(([slope.sum()], measures.T @ slope)) + shrink

    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for name in MEASURES:
        hard = HARD.get(name)
        bounds.append((hard, hard) if hard else (0, None) if name in SPEAK_FOR else (None, 0))
    lows, highs = zip(*bounds, strict=True)
    begin = np.clip(
        [start.base, *start.values],
        [-np.inf if low is None else low for low in lows],
        [np.inf if high is None else high for high in highs],
    )
    found = minimize(weigh, begin, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
    base, *values = (round(float(value), 3) for value in found.x)
    return Weights(base, tuple(values)), float(found.fun)


def _choose(matcher: Matcher, questions: Sequence[Question], track: Track) -> Choice:
    """Return the thresholds that the questions choose, those apart that none of them saves."""
    marks = rehearse(Rehearsal(matcher), questions, GRID, track)
    hopeless = find_hopeless(marks, len(questions))
    return choose(marks, [place for place in range(len(questions)) if place not in hopeless], GRID)


def _count(matcher: Matcher, asked: Iterable[tuple[Question, Weights]]) -> AskFigures:
    """Return how questions fare, each by weights of its own."""
    matchers: dict[Weights, Matcher] = {}
    outcomes = []
    for question, weights in asked:
        if weights not in matchers:
            matchers[weights] = matcher.with_weights(weights)
        outcomes.append(judge(question, matchers[weights].ask(question.text), "ask"))
    return count_ask(outcomes)


def render_weights(fitted: Fitted, paths: Sequence[Path], seed: int, today: str) -> str:
    """Return the file of weights: what they are, and where they come from."""
    told = {
        "date": today,
        "command": " ".join(["faultbook tune --weights bot/matching/weights.json", *_list_files(paths, str)]),
        "seed": seed,
        "files": dict(zip(_list_files(paths, str), _list_files(paths, _sum_up), strict=True)),
        "questions": fitted.samples,
        "loss": round(fitted.loss, 1),
        "held_out": {held.name: _tell(held.figures) for held in (fitted.by_entry, *fitted.by_author)},
        "thresholds": asdict(fitted.choice.thresholds),
        "base": fitted.weights.base,
        "weights": dict(zip(MEASURES, fitted.weights.values, strict=True)),
    }
    return json.dumps(told, indent=2) + "\n"


def _list_files(paths: Sequence[Path], tell: Callable[[Path], str]) -> list[str]:
    here = Path.cwd()
    return [
        tell(path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path)
        for path in paths
    ]


def _sum_up(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]


def _tell(figures: AskFigures) -> dict[str, int]:
    names = (
        "due",
        "right",
        "offered",
        "silent",
        "misoffered",
        "wrong",
        "undue",
        "kept",
        "false_offer",
        "false_answer",
    )
    return {name: getattr(figures, name) for name in names}
