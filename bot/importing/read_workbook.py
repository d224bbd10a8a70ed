"""Sheets of a workbook (xlsx, xlsm, xlsb, xls, ods) -> tables. A merged cell stands in each of its rows."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from bot.errors import InputError
from bot.importing.table import Table, build_row, build_table
from bot.replies.sentences import ImportSentence

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a zip archive (xlsx, xlsb, ods) and an OLE file (xls) begin."""
MOST_UNPACKED = 1_000_000_000  # bytes of an archive's parts
MOST_IN_SHEET = 20_000_000  # of a sheet, empty ones included: the library keeps a place for each
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"""<c\s[^<>]{0,99}?r=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_CHUNK, _LONGEST_CELL = 1_000_000, 200  # bytes read at a time, and those of a cell's beginning, at most


def is_workbook(content: bytes) -> bool:
    """Say whether a file begins as workbooks do."""
    return content.startswith(MAGIC)


def read_workbook(content: bytes) -> tuple[Table, ...]:
    """Return the sheets in their order.

    Raises InputError: table_unreadable for a broken workbook, or one with a cell far out; table_too_large.
    """
    _refuse_large(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(_read_sheet(workbook, name) for name in workbook.sheet_names)
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(ImportSentence.TABLE_UNREADABLE, why=str(error)) from None


def _refuse_large(content: bytes) -> None:
    """Raise InputError for an archive that unpacks to too much, or has a sheet of too many cells.

    Without memory for it the library ends the process; one cell in the last row and column is enough.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise InputError(ImportSentence.TABLE_TOO_LARGE, most=MOST_UNPACKED // 1_000_000)
            for part in parts:
                if _SHEET.fullmatch(part.filename):
                    with archive.open(part) as sheet:
                        rows, columns = _find_extent(sheet)
                    if rows * columns > MOST_IN_SHEET:
                        why = f"{part.filename}: {rows:,} × {columns:,}"
                        raise InputError(ImportSentence.TABLE_UNREADABLE, why=why)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return  # no archive, or a broken one: the library says what is wrong


def _find_extent(sheet: IO[bytes]) -> tuple[int, int]:
    """Return the last row and the last column that have a cell."""
    rows = columns = 0
    kept = b""
    while chunk := sheet.read(_CHUNK):
        read = kept + chunk
        for letters, row in _CELL.findall(read):
            column = 0
            for letter in letters:
                column = 26 * column + letter - ord("A") + 1
            rows, columns = max(rows, int(row)), max(columns, column)
        kept = read[-_LONGEST_CELL:]
    return rows, columns


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
