"""Sheets of a workbook (xlsx, xlsm, xlsb, xls, ods) -> tables. A merged cell stands in each of its rows."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bot.errors import InputError
from bot.importing.table import Table, build_row, build_table
from bot.replies.sentences import ImportSentence

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a zip archive (xlsx, xlsb, ods) and an OLE file (xls) begin."""


def is_workbook(content: bytes) -> bool:
    """Say whether a file begins as workbooks do."""
    return content.startswith(MAGIC)


def read_workbook(content: bytes) -> tuple[Table, ...]:
    """Return the sheets in their order. Raises InputError (table_unreadable) for a broken workbook."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(_read_sheet(workbook, name) for name in workbook.sheet_names)
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(ImportSentence.TABLE_UNREADABLE, why=str(error)) from None


def _read_sheet(workbook: CalamineWorkbook, name: str) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    grid = [[_print(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged: dict[int, set[int]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        _spread(grid, top, left, bottom)
        for number in range(top + 1, min(bottom + 1, len(grid))):
            merged.setdefault(number, set()).add(left)
    return build_table(
        name, (build_row(number + 1, cells, merged.get(number, ())) for number, cells in enumerate(grid))
    )


def _spread(grid: list[list[str]], top: int, left: int, bottom: int) -> None:
    """Write the value of a merged range into each of its rows; along a row it stands once."""
    if top >= len(grid) or left >= len(grid[top]):
        return
    value = grid[top][left]
    for row in grid[top + 1 : bottom + 1]:
        if left < len(row) and not row[left]:
            row[left] = value


def _print(value: Any) -> str:
    """Return a cell's value as a person sees it: a whole number that is kept as a float has no ".0"."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
