"""Choose the thresholds by a procedure that anybody can repeat: cross-validated by entry, no number by hand.

Right answers are to be as many as can be; a wrong answer, or one to a text that needs none, costs COST of
them. Deciding anew is rehearsal.py's part, printing tuning.py's.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.authoring.figures import AskFigures, count_ask
from bot.authoring.outcome import ANSWERED_WRONGLY
from bot.authoring.rehearsal import Grid, Marks, Rehearsal, judge_all, rehearse
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import CHOSEN, Matcher, Thresholds
from bot.track import Track, track_silently

GRID = Grid(
    answers=tuple(map(float, range(50, 86))),
    offers=tuple(map(float, range(40, 61, 5))),
    margins=tuple(map(float, range(17))),
)
"""Scores to try. Below 50 a score says that half of what an entry means is missing in the text."""
FOLDS, SEED = 5, 1
COST = 10  # right answers that one wrong or false answer costs: it does the harm of as many silences
LEVEL = 0.0025  # of the questions: thresholds that are worse by no more do as well as the best ones


@dataclass(frozen=True, slots=True)
class Choice:
    """What a set of questions chooses: thresholds, and how far each may go with the others as they are.

    `ranges` are (lowest, highest) of answer, offer and margin that do as well; `right` and `worst` count
    the answers there.
    """

    thresholds: Thresholds
    ranges: tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
    right: int
    worst: int


@dataclass(frozen=True, slots=True)
class Fold:
    """What the other folds chose, and how this one fares with it."""

    choice: Choice
    held_out: AskFigures


@dataclass(frozen=True, slots=True)
class Point:
    """The figures at one answer threshold, the other thresholds as chosen."""

    answer: float
    figures: AskFigures


@dataclass(frozen=True, slots=True)
class Tuning:
    """The outcome of tuning: what each fold and all questions together chose, beside what is in use.

    `hopeless` are the questions that are answered wrongly by all thresholds alike; they choose nothing.
    """

    folds: tuple[Fold, ...]
    choice: Choice
    chosen: AskFigures
    used: Thresholds
    in_use: AskFigures
    hopeless: tuple[Question, ...]
    curve: tuple[Point, ...]


def tune(
    knowledge: Knowledge,
    questions: Iterable[Question],
    folds: int = FOLDS,
    seed: int = SEED,
    grid: Grid = GRID,
    track: Track = track_silently,
) -> Tuning:
    """Choose thresholds by the questions in ask mode; those without an answer must get none.

    Each fold holds the questions of its own entries. `seed` deals the entries, and the questions that no
    entry answers; the choice of all questions together doesn't depend on it.
    """
    asked = [question for question in questions if question.mode == "ask"]
    rehearsal = Rehearsal(Matcher(knowledge))
    marks = rehearse(rehearsal, asked, grid, track)
    hopeless = find_hopeless(marks, len(asked))
    dealt = deal(asked, folds, seed)
    validated: list[Fold] = []
    for fold in track(range(folds), "progress_folds"):
        taught = [place for place in range(len(asked)) if dealt[place] != fold and place not in hopeless]
        held = [question for question, home in zip(asked, dealt, strict=True) if home == fold]
        choice = choose(marks, taught, grid)
        validated.append(Fold(choice, count_ask(judge_all(rehearsal, held, choice.thresholds))))
    choice = choose(marks, [place for place in range(len(asked)) if place not in hopeless], grid)
    chosen, used = choice.thresholds, CHOSEN
    curve = tuple(
        Point(
            answer,
            count_ask(
                judge_all(rehearsal, asked, Thresholds(answer, min(chosen.offer, answer), chosen.margin))
            ),
        )
        for answer in track(grid.answers, "progress_thresholds")
    )
    return Tuning(
        folds=tuple(validated),
        choice=choice,
        chosen=count_ask(judge_all(rehearsal, asked, chosen)),
        used=used,
        in_use=count_ask(judge_all(rehearsal, asked, used)),
        hopeless=tuple(asked[place] for place in sorted(hopeless)),
        curve=curve,
    )


def deal(questions: Sequence[Question], folds: int, seed: int) -> list[int]:
    """Return the fold of each question: that of its first entry, or its own where no entry answers it."""

    def draw(name: str) -> bytes:
        return hashlib.sha256(f"{seed} {name}".encode()).digest()

    homes = {question.expected[0] if question.expected else question.text for question in questions}
    answered = {question.expected[0] for question in questions if question.expected}
    dealt: dict[str, int] = {}
    for group in (answered, homes - answered):
        dealt |= {name: place % folds for place, name in enumerate(sorted(group, key=draw))}
    return [dealt[question.expected[0] if question.expected else question.text] for question in questions]


def choose(marks: Marks, places: Sequence[int], grid: Grid) -> Choice:
    """Return the thresholds with the most right answers, less COST for each wrong and false one.

    Of those that do as well, but for LEVEL, the ones from which every threshold can move furthest either way:
    the middle of the plateau, where a text like those seen is least likely to tip over.
    """
    moved = [place for place in places if len({mark for line in marks.values() for mark in line[place]}) > 1]
    first = next(iter(marks.values()))
    still = Counter(first[place][0] for place in set(places) - set(moved))
    tallies: dict[tuple[int, int, int], tuple[int, int]] = {}
    for row, offer in enumerate(grid.offers):
        for column, margin in enumerate(grid.margins):
            line = marks[offer, margin]
            for place, answer in enumerate(grid.answers):
                if answer >= offer:
                    counted = still + Counter(line[question][place] for question in moved)
                    worst = sum(counted[mark] for mark in ANSWERED_WRONGLY)
                    tallies[place, row, column] = (worst, counted["right"])
    worths = {spot: right - COST * worst for spot, (worst, right) in tallies.items()}
    least = max(worths.values()) - LEVEL * len(places)
    plateau = {spot for spot, worth in worths.items() if worth >= least}
    middle = max(sorted(plateau), key=lambda spot: _measure_room(spot, plateau))
    axes = (grid.answers, grid.offers, grid.margins)
    answer, offer, margin = (values[place] for values, place in zip(axes, middle, strict=True))
    lows, highs = zip(*(_find_ends(middle, axis, plateau) for axis in range(3)), strict=True)
    answers, offers, margins = (
        (values[low], values[high]) for values, low, high in zip(axes, lows, highs, strict=True)
    )
    worst, right = tallies[middle]
    return Choice(Thresholds(answer, offer, margin), (answers, offers, margins), right, worst)


def _measure_room(spot: tuple[int, int, int], plateau: set[tuple[int, int, int]]) -> tuple[int, int]:
    """Return how far the tightest threshold can move both ways, then all of them together, in steps."""
    rooms = []
    for axis in range(3):
        low, high = _find_ends(spot, axis, plateau)
        rooms.append(min(spot[axis] - low, high - spot[axis]))
    return min(rooms), sum(rooms)


def _find_ends(spot: tuple[int, int, int], axis: int, plateau: set[tuple[int, int, int]]) -> tuple[int, int]:
    """Return the lowest and highest place on one axis that a plateau reaches without a gap."""

    def move(step: int) -> int:
        place = list(spot)
        while tuple(place) in plateau:
            place[axis] += step
        return place[axis] - step

    return move(-1), move(1)


def find_hopeless(marks: Marks, count: int) -> frozenset[int]:
    """Return the places of the questions that no thresholds of the grid save from a wrong answer."""
    return frozenset(
        place
        for place in range(count)
        if all(mark in ANSWERED_WRONGLY for line in marks.values() for mark in line[place])
    )
