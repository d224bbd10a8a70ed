"""An evaluation's report as plain aligned text, or as JSON. Same report, same characters.

A table for authors and engineers, in English like the linter's rules.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from bot.authoring.figures import AskFigures, WatchFigures
from bot.authoring.outcome import Outcome
from bot.authoring.report import Report
from bot.knowledge.question import Question

WIDEST_TEXT = 72  # columns of a question's text in the list of confusions

ASK_COLUMNS = ("", "due", "right", "", "offered", "silent", "partial", "misoffered", "wrong", "no answer due",
               "kept", "false offer", "false answer")  # fmt: skip
WATCH_COLUMNS = ("", "posts", "due", "found", "partial", "missed", "wrong", "false replies",
                 "precision", "recall")  # fmt: skip
ASK_COUNTS = ("due", "right", "offered", "silent", "partial", "misoffered", "wrong", "undue", "kept",
              "false_offer", "false_answer")  # fmt: skip
ASK_RATES = ("right_rate", "coverage", "answer_precision", "false_answer_rate",
             "right_at_1", "in_top_3", "mrr")  # fmt: skip
WATCH_COUNTS = ("posts", "due", "found", "partial", "missed", "wrong", "false_reply", "replies")


def render_text(report: Report, show: int = 20) -> str:
    """Return the report as text, with at most `show` confusions; negative shows all."""
    parts: list[str] = []
    if report.unphrased:
        parts.append(f"phrases left out of {len(report.unphrased)} entries in turn")
    ask, languages, kinds = report.ask, report.by_language(), report.by_kind()
    if ask.due or ask.undue:
        parts.append("ask mode\n" + _ask_table("all", ask, languages))
        parts.append(_rates(ask))
        parts.append("ask mode, by kind\n" + _ask_table("", None, kinds))
    if report.careful.posts:
        parts.append("watch mode\n" + _watch_table(report, languages))
        parts.append("watch mode, by kind\n" + _watch_table(None, kinds))
    if report.borderline:
        good = sum(outcome.good for outcome in report.borderline)
        parts.append(f"borderline, in no figure above: {good} of {len(report.borderline)} good")
    if report.known:
        parts.append(f"known failures: {len(report.known)}, of which fail no more: {len(report.fixed)}")
    if report.skipped:
        first = report.skipped[0]
        parts.append(f"skipped, in no figure: {len(report.skipped)}; the first, {first.id}: {first.why}")
    if report.confusions:
        parts.append(_confusions(report.confusions, show))
    parts += [str(problem) for problem in report.fixed]
    return "\n\n".join(parts or ["no question was evaluated"]) + "\n"


def render_json(report: Report) -> str:
    """Return the report as JSON: figures, all confusions, known failures, skipped records."""
    figures = {
        "unphrased": list(report.unphrased),
        "ask": _ask_json(report.ask),
        "careful": _watch_json(report.careful),
        "eager": _watch_json(report.eager),
        "by_language": {name: _part_json(part) for name, part in report.by_language().items()},
        "by_kind": {name: _part_json(part) for name, part in report.by_kind().items()},
        "borderline": [_outcome_json(outcome) for outcome in report.borderline],
        "known_failures": [_outcome_json(outcome) for outcome in report.known],
        "fixed": [str(problem) for problem in report.fixed],
        "skipped": [{"path": s.path, "line": s.line, "id": s.id, "why": s.why} for s in report.skipped],
        "confusions": [_outcome_json(outcome) for outcome in report.confusions],
    }
    return _printable(json.dumps(figures, ensure_ascii=False, indent=2)) + "\n"


def percent(rate: float | None) -> str:
    """Return a rate with one digit after the point; a dash where nothing was measured.

    Rounded down, so that 100 % is only said of all: 99.96 % is told as 99.9 %.

    >>> percent(0.9996), percent(None)
    ('99.9 %', '-')
    """
    return "-" if rate is None else f"{int(rate * 1000 + 1e-9) / 10:.1f} %"


def _ask_table(title: str, whole: AskFigures | None, parts: Mapping[str, Report]) -> str:
    rows = [(title, whole)] if whole is not None else []
    rows += [(name, part.ask) for name, part in parts.items() if part.ask.due or part.ask.undue]
    return align([ASK_COLUMNS, *((name, *_ask_row(ask)) for name, ask in rows)])


def _ask_row(ask: AskFigures) -> tuple[str, ...]:
    marks = (ask.offered, ask.silent, ask.partial, ask.misoffered, ask.wrong)
    undue = (ask.undue, ask.kept, ask.false_offer, ask.false_answer)
    return (str(ask.due), str(ask.right), percent(ask.right_rate), *map(str, marks + undue))


def _rates(ask: AskFigures) -> str:
    return align([
        ("coverage", percent(ask.coverage), "answered, of the questions that have an answer"),
        ("answer precision", percent(ask.answer_precision), "right, of all answers"),
        ("false-answer rate", percent(ask.false_answer_rate), "answered, of the texts that need no answer"),
        ("right at 1", percent(ask.right_at_1), "ranking of entries, whether answered or not"),
        ("in top 3", percent(ask.in_top_3), ""),
        ("MRR", "-" if ask.mrr is None else f"{ask.mrr:.3f}", "mean reciprocal rank"),
    ], left=(0, 2))  # fmt: skip


def _watch_table(whole: Report | None, parts: Mapping[str, Report]) -> str:
    rows: list[tuple[str, ...]] = [WATCH_COLUMNS]
    named = [("", whole)] if whole is not None else []
    for name, part in [*named, *parts.items()]:
        for setting, watch in (("careful", part.careful), ("eager", part.eager)):
            if watch.posts:
                rows.append((f"{name} {setting}".strip(), *_watch_row(watch)))
    return align(rows)


def _watch_row(watch: WatchFigures) -> tuple[str, ...]:
    marks = (watch.found, watch.partial, watch.missed, watch.wrong, watch.false_reply)
    return (*map(str, (watch.posts, watch.due, *marks)), percent(watch.precision), percent(watch.recall))


def _confusions(confusions: Sequence[Outcome], show: int) -> str:
    shown = confusions if show < 0 else confusions[:show]
    rows = [
        (
            outcome.mark.replace("_", " ") + ("" if outcome.setting == "ask" else f" ({outcome.setting})"),
            (f"-{outcome.left_out} " if outcome.left_out else "") + (",".join(outcome.due) or "nothing"),
            "->",
            ",".join(outcome.got) or f"nothing ({outcome.reason})",
            f"{outcome.score:.1f}",
            _name(outcome.question),
            _shorten(outcome.question.text),
        )
        for outcome in shown
    ]
    left = len(confusions) - len(shown)
    title = f"confusions: {len(confusions)}" + (f", {left} not shown" if left else "")
    return f"{title}\n{align(rows, left=(0, 1, 2, 3, 5, 6))}" if rows else title


def align(rows: Iterable[Sequence[str]], left: Sequence[int] = (0,)) -> str:
    """Return rows of cells as lines of columns two spaces apart; Chinese characters take two columns.

    Args:
        rows: cells, as many in each row.
        left: the columns set flush left; the others are flush right.
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - _width(cell))
            cells.append(cell + gap if place in left else gap + cell)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _name(question: Question) -> str:
    """Name a question by its id; one that only has its place is named by file name and line."""
    place = f"{question.path}:{question.line}"
    return f"{PurePath(question.path).name}:{question.line}" if question.id in {"", place} else question.id


def _shorten(text: str) -> str:
    flat = " ".join("".join(letter if letter.isprintable() else " " for letter in _printable(text)).split())
    while _width(flat) > WIDEST_TEXT:
        flat = flat[: min(len(flat) - 2, WIDEST_TEXT)] + "…"
    return flat


def _printable(text: str) -> str:
    """Replace lone surrogates, which JSON can smuggle in and no terminal can print."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _part_json(part: Report) -> dict[str, object]:
    return {
        "ask": _ask_json(part.ask),
        "careful": _watch_json(part.careful),
        "eager": _watch_json(part.eager),
    }


def _rate(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)


def _ask_json(ask: AskFigures) -> dict[str, object]:
    counts = {name: getattr(ask, name) for name in ASK_COUNTS}
    return {**counts, **{name: _rate(getattr(ask, name)) for name in ASK_RATES}}


def _watch_json(watch: WatchFigures) -> dict[str, object]:
    counts = {name: getattr(watch, name) for name in WATCH_COUNTS}
    return {**counts, "precision": _rate(watch.precision), "recall": _rate(watch.recall)}


def _outcome_json(outcome: Outcome) -> dict[str, object]:
    question = outcome.question
    return {
        "id": question.id,
        "path": question.path,
        "line": question.line,
        "text": question.text,
        "setting": outcome.setting,
        "mark": outcome.mark,
        "expected": list(outcome.due),
        "got": list(outcome.got),
        "rank": outcome.rank,
        "score": round(outcome.score, 2),
        "rule": outcome.rule,
        "reason": outcome.reason,
        "left_out": outcome.left_out,
    }
