"""Rows of a table -> what each says of a code, cleaned; what can't be read is told with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.importing.cells import fold_cell, is_list, is_range, read_code, split_steps
from bot.importing.columns import LOCALIZED, Layout
from bot.importing.table import Row

Reason = Literal[
    "code-missing", "code-malformed", "code-range", "code-list", "code-twice", "family-missing",
    "text-too-long", "row-empty",
]  # fmt: skip
"""Why a row gives no entry."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What one row says of a code; texts by field and language, steps already parted.

    `cells` are the letters of the columns by field ("message", "title.en"), for the entry's origin; `written`
    is the row as it stands in the table.
    """

    line: int
    code: str
    message: str
    family: str
    texts: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, str]
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that gives no entry, and why; `first` is the line that has the code already.

    `code` is what stands where its code is due.
    """

    line: int
    cells: tuple[str, ...]
    reason: Reason
    first: int = 0
    code: str = ""


def read_rows(layout: Layout, absent: Collection[str]) -> Iterator[CodeRow | SkippedRow]:
    """Yield what the rows say, in their order.

    `absent` are texts that stand for nothing ("N/A", 无), folded. A row whose code is left empty, or merged
    with the cell above it, goes on with that row, and one without a family belongs to that one's; one whose
    code is "N/A" has none. A code that stands there again with the same texts is passed over.
    """
    seen: dict[str, CodeRow] = {}
    column = layout.find_column("family")
    family = ""
    for row in _join_rows(layout, absent):
        if column:
            family = row.get_cell(column.place) or family
            row = _set_cell(row, column.place, family)
        found = _read_row(row, layout)
        if isinstance(found, CodeRow):
            first = seen.setdefault(found.code.casefold(), found)
            if first is not found:
                if _list_contents(first) != _list_contents(found):
                    yield SkippedRow(row.line, row.cells, "code-twice", first.line)
                continue
        yield found


def _join_rows(layout: Layout, absent: Collection[str]) -> Iterator[Row]:
    """Yield the rows without absent texts, those without a code joined to the one above cell by cell."""
    column = layout.find_column("code")
    place = column.place if column else 0
    open_row: Row | None = None
    for written in layout.rows:
        cells = ("" if fold_cell(cell).casefold() in absent else cell for cell in written.cells)
        row = Row(written.line, tuple(cells))
        goes_on = place in written.merged or not written.get_cell(place).strip()
        if open_row is not None and goes_on:
            width = max(len(open_row.cells), len(row.cells))
            pairs = [(open_row.get_cell(n), row.get_cell(n)) for n in range(width)]
            joined = tuple("\n".join(filter(None, dict.fromkeys(pair))) for pair in pairs)
            open_row = Row(open_row.line, joined)
            continue
        if open_row is not None:
            yield open_row
        open_row = row
    if open_row is not None:
        yield open_row


def _set_cell(row: Row, place: int, text: str) -> Row:
    cells = [*row.cells, *[""] * (place + 1 - len(row.cells))]
    return Row(row.line, (*cells[:place], text, *cells[place + 1 :]))


def _read_row(row: Row, layout: Layout) -> CodeRow | SkippedRow:
    cells: dict[tuple[str, str], str] = {}
    letters: dict[str, str] = {}
    for column in layout.columns:
        text = row.get_cell(column.place)
        if text:
            cells[column.field, column.language] = text
            letters[".".join(filter(None, (column.field, column.language)))] = column.letter
    written = cells.get(("code", ""), "")
    code = read_code(written)
    if not code:
        return SkippedRow(row.line, row.cells, _tell_reason(written, cells), code=written)
    texts: dict[str, dict[str, str]] = {field: {} for field in LOCALIZED if field != "steps"}
    steps: dict[str, tuple[str, ...]] = {}
    for (field, language), text in cells.items():
        if field == "steps":
            steps[language] = tuple(split_steps(text))
        elif field in texts:
            texts[field][language] = " ".join(text.splitlines())
    return CodeRow(
        line=row.line,
        code=code,
        message=" ".join(cells.get(("message", ""), "").splitlines()),
        family=cells.get(("family", ""), ""),
        texts=texts,
        steps=steps,
        cells=letters,
        written=row.cells,
    )


def _tell_reason(written: str, cells: Mapping[tuple[str, str], str]) -> Reason:
    if not written:
        return "code-missing" if cells else "row-empty"
    if is_range(written):
        return "code-range"
    return "code-list" if is_list(written) else "code-malformed"


def _list_contents(row: CodeRow) -> tuple[object, ...]:
    return (row.message, row.family, row.texts, row.steps)
