"""Entries as one table, in the formats that people keep tables in. All but JSON import as unchanged."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal

from bot.importing.table import FORMULA_MARKS
from bot.knowledge.entry import Entry

ExportFormat = Literal["csv", "json", "markdown", "html"]
LOCALIZED = ("title", "description", "cause", "customer", "situation")


def export_entries(entries: Iterable[Entry], languages: Collection[str], shape: ExportFormat) -> str:
    """Return the entries as a text in one of the formats, each as one row.

    Columns are the code, its pack, status, message and family, then each text in each language; steps are
    numbered lines of one cell. CSV begins with a byte order mark: without it spreadsheet programs misread it.
    """
    headings = list_headings(languages)
    rows = [build_export_row(entry, languages) for entry in entries]
    return _WRITERS[shape](headings, rows)


def list_headings(languages: Collection[str]) -> list[str]:
    """Return the names of the columns: "code", "title (en)"."""
    texts = [f"{field} ({language})" for field in (*LOCALIZED, "steps") for language in languages]
    return ["code", "pack", "status", "message", "family", *texts]


def build_export_row(entry: Entry, languages: Collection[str]) -> list[str]:
    """Return the cells of an entry, in the order of the headings."""
    texts = [_get_text(entry, field, language) for field in LOCALIZED for language in languages]
    steps = [_number_steps(entry, language) for language in languages]
    return [entry.code, entry.pack, entry.status, entry.message, entry.family, *texts, *steps]


def _get_text(entry: Entry, field: str, language: str) -> str:
    texts: Mapping[str, str] = getattr(entry, field)
    return texts.get(language, "")


def _number_steps(entry: Entry, language: str) -> str:
    steps = [text for step in entry.steps if (text := step.text.get(language, ""))]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV for spreadsheet programs."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_guard_formula(cell) for cell in row] for row in rows)
    return "\ufeff" + stream.getvalue()


def _guard_formula(cell: str) -> str:
    """Return a cell that no spreadsheet program runs as a formula; a negative number stays one."""
    is_number = cell[1:].isdecimal()
    return f"'{cell}" if cell[:1] in FORMULA_MARKS and not is_number else cell


def _write_json(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    listed = [dict(zip(headings, row, strict=True)) for row in rows]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def _write_markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *([_escape_cell(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _escape_cell(cell: str) -> str:
    for mark in "\\`*_<[|&":
        cell = cell.replace(mark, f"\\{mark}")
    return "<br>".join(cell.splitlines())


def _write_html(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def write_row(tag: str, cells: Iterable[str]) -> str:
        written = (html.escape(cell).replace("\n", "<br>") for cell in cells)
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in written) + "</tr>\n"

    head = write_row("th", headings)
    body = "".join(write_row("td", row) for row in rows)
    return f'<!doctype html>\n<meta charset="utf-8">\n<table>\n{head}{body}</table>\n'


_WRITERS: Mapping[ExportFormat, Callable[[Sequence[str], Sequence[Sequence[str]]], str]] = {
    "csv": write_csv,
    "json": _write_json,
    "markdown": _write_markdown,
    "html": _write_html,
}
