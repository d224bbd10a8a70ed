"""`faultbook eval` and `faultbook tune`: question files become figures, thresholds, or weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.authoring.evaluate import evaluate, leave_phrases_out, render_json, render_text
from bot.authoring.fit import fit_weights, render_weights
from bot.authoring.question_files import QuestionSet, find_question_files, load_question_files
from bot.authoring.report import Report
from bot.authoring.tune import FOLDS, SEED, tune
from bot.authoring.tuning import render_curve, render_fit, render_tuning
from bot.console.intake import find_path
from bot.console.session import Session
from bot.errors import InputError
from bot.replies.sentences import AuthoringSentence, ConsoleSentence

SHOWN = 20  # confusions that an evaluation lists
FEWEST_FOLDS, MOST_FOLDS = 2, 20
HIGHEST = 999_999_999
LONGEST_SHOWN = 40  # characters of a wrong value that a message repeats


def evaluate_answers(
    session: Session,
    files: Sequence[str],
    leave_out: bool,
    most: str | None,
    fail_under: str | None,
    as_json: bool,
) -> tuple[str, list[str]]:
    """Return how the questions in the files fare, and the reasons why that is not good enough.

    It is not if a question is answered wrongly, if a known failure fails no more, or if fewer than
    `fail_under` per cent of the outcomes are good. `most` and `fail_under` are as they were typed. Raises
    InputError naming a wrong value or file.
    """
    least = None if fail_under is None else _read_percent("--fail-under", fail_under)
    show = -1 if most == "-1" else _read_number("--show", most, SHOWN, 0, HIGHEST, known=f"-1, 0–{HIGHEST}")
    desk = session.desk
    questions = _load(session, files)
    if leave_out:
        report = leave_phrases_out(session.knowledge, questions, session.track)
    else:
        report = evaluate(
            questions, lambda asked: desk.ask(asked.text, asked.mode, asked.eager), session.track
        )
    text = render_json(report) if as_json else render_text(report, show)
    return text, list(_find_shortcomings(session, report, least))


def _find_shortcomings(session: Session, report: Report, least: float | None) -> Iterator[str]:
    if least is None and report.answered_wrongly and not report.unphrased:
        yield session.say(AuthoringSentence.EVAL_ANSWERED_WRONGLY, count=report.answered_wrongly)
    if report.fixed:
        yield session.say(AuthoringSentence.EVAL_FIXED, count=len(report.fixed))
    rate = report.good_rate
    if least is not None and rate is not None and rate * 100 < least:
        yield session.say(AuthoringSentence.EVAL_UNDER, rate=f"{rate * 100:.1f} %", least=f"{least:g} %")


def _read_percent(name: str, written: str) -> float:
    """Return a share of a hundred that was typed. Raises InputError unless it is a number from 0 to 100."""
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", written) and float(written) <= 100:
        return float(written)
    raise InputError(ConsoleSentence.USAGE_VALUE_WRONG, name=name, value=_shorten(written), known="0–100")


def tune_thresholds(
    session: Session, files: Sequence[str], folds: str | None, seed: str | None, curve: str | None
) -> str:
    """Return what the questions in the files choose, in words; write the curve where one is asked for.

    Raises InputError naming a wrong value or file.
    """
    count = _read_number("--folds", folds, FOLDS, FEWEST_FOLDS, MOST_FOLDS)
    number = _read_number("--seed", seed, SEED, 0, HIGHEST)
    tuning = tune(session.knowledge, _load(session, files).questions, count, number, track=session.track)
    if curve is not None:
        find_path(curve).write_text(render_curve(tuning), encoding="utf-8")
    return render_tuning(tuning)


def tune_weights(
    session: Session, files: Sequence[str], folds: str | None, seed: str | None, target: str
) -> str:
    """Fit weights on the questions in the files, write them to a file, and return how those held out fare.

    Raises InputError naming a wrong value or file, or what is not installed.
    """
    count = _read_number("--folds", folds, FOLDS, FEWEST_FOLDS, MOST_FOLDS)
    number = _read_number("--seed", seed, SEED, 0, HIGHEST)
    paths = _find_files(session, files)
    fitted = fit_weights(session.knowledge, _load(session, files).questions, count, number, session.track)
    today = datetime.now(UTC).date().isoformat()
    find_path(target).write_text(render_weights(fitted, paths, number, today), encoding="utf-8")
    return render_fit(fitted)


def _find_files(session: Session, files: Sequence[str]) -> Sequence[Path]:
    return [find_path(name) for name in files] or find_question_files(session.root)


def _load(session: Session, files: Sequence[str]) -> QuestionSet:
    """Return the questions in the files, or in those of the packs where none is named."""
    return load_question_files(
        _find_files(session, files), {entry.code for entry in session.knowledge.entries}
    )


def _read_number(
    name: str, written: str | None, default: int, least: int, most: int, known: str | None = None
) -> int:
    """Return a number that was typed, if it was. Raises InputError with what it can be."""
    if written is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", written) or not least <= int(written) <= most:
        raise InputError(
            ConsoleSentence.USAGE_VALUE_WRONG,
            name=name,
            value=_shorten(written),
            known=known or f"{least}–{most}",
        )
    return int(written)


def _shorten(written: str) -> str:
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"
