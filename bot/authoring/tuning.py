"""What tuning came to, as plain aligned text, and the coverage-precision curve as JSON.

Tables for engineers, in English like an evaluation's.
"""

from __future__ import annotations

import json

from bot.authoring.figures import AskFigures
from bot.authoring.fit import Fitted
from bot.authoring.render import align, percent
from bot.authoring.tune import Choice, Tuning
from bot.matching import MEASURES

COLUMNS = ("", "answer", "", "offer", "", "margin", "", "due", "right", "offered", "silent",
           "misoffered", "wrong", "no answer due", "kept", "false offer", "false answer")  # fmt: skip
WIDEST = 60  # characters of a hopeless question's text


def render_tuning(tuning: Tuning) -> str:
    """Return what each fold chose and how it fared, what all chose together, and what is in use."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for number, fold in enumerate(tuning.folds, 1):
        rows.append((f"without fold {number}", *_tell_choice(fold.choice), *_count(fold.held_out)))
    rows.append(("all", *_tell_choice(tuning.choice), *_count(tuning.chosen)))
    used = tuning.used
    cells = (f"{used.answer:g}", "", f"{used.offer:g}", "", f"{used.margin:g}", "")
    rows.append(("in use", *cells, *_count(tuning.in_use)))
    parts = [
        align(rows),
        "chosen in each row by the questions of all other folds, and counted on that fold's own;\n"
        "in brackets how far a threshold may move and do as well, the other two as they are",
    ]
    wrong = tuning.choice.worst
    if wrong:
        parts.append(f"no thresholds do without a wrong or false answer: {wrong} with those chosen")
    if tuning.hopeless:
        lines = [f"answered wrongly by all thresholds, and left out of the choice: {len(tuning.hopeless)}"]
        lines += (f"  {' '.join(question.text.split())[:WIDEST]}" for question in tuning.hopeless)
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def render_fit(fitted: Fitted) -> str:
    """Return how questions held out fare, the thresholds, and what each measure is worth."""
    rows: list[tuple[str, ...]] = [("", *COLUMNS[7:])]
    rows.append(("entries held out", *_count(fitted.by_entry.figures)))
    rows += ((f"{held.name} held out", *_count(held.figures)) for held in fitted.by_author)
    rows.append(("all", *_count(fitted.figures)))
    cells = _tell_choice(fitted.choice)
    thresholds = list(zip(("answer", "offer", "margin"), cells[::2], cells[1::2], strict=True))
    weights = [("base", f"{fitted.weights.base:g}")]
    weights += ((name, f"{value:g}") for name, value in zip(MEASURES, fitted.weights.values, strict=True))
    return f"{align(rows)}\n\n{align(thresholds)}\n\n{align(weights)}\n"


def render_curve(tuning: Tuning) -> str:
    """Return the curve as JSON: figures at each answer threshold, offer and margin as chosen; rates 0 to 1.

    `coverage` is the part of the questions that is answered, rightly or not, `precision` the part of the
    answers that is right; null where nothing was answered.
    """
    chosen = tuning.choice.thresholds
    points = [
        {
            "answer": point.answer,
            "coverage": point.figures.coverage,
            "precision": point.figures.answer_precision,
            "right": point.figures.right,
            "wrong": point.figures.wrong + point.figures.partial,
            "false_answers": point.figures.false_answer,
        }
        for point in tuning.curve
    ]
    curve = {
        "questions": tuning.chosen.due,
        "texts_without_answer": tuning.chosen.undue,
        "chosen": {"answer": chosen.answer, "offer": chosen.offer, "margin": chosen.margin},
        "points": points,
    }
    return json.dumps(curve, indent=2) + "\n"


def _tell_choice(choice: Choice) -> tuple[str, ...]:
    chosen = (choice.thresholds.answer, choice.thresholds.offer, choice.thresholds.margin)
    return tuple(
        cell
        for value, (low, high) in zip(chosen, choice.ranges, strict=True)
        for cell in (f"{value:g}", f"({low:g}-{high:g})")
    )


def _count(figures: AskFigures) -> tuple[str, ...]:
    right = f"{figures.right} ({percent(figures.right_rate)})"
    counts = (figures.offered, figures.silent, figures.misoffered, figures.wrong + figures.partial)
    quiet = (figures.undue, figures.kept, figures.false_offer, figures.false_answer)
    return (str(figures.due), right, *map(str, (*counts, *quiet)))
