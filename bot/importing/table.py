"""A table as a file holds it: rows of cells, each row with its place. Nothing is interpreted here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_CELLS = 256
"""Cells of a row that are read: no table of error codes is wider, but a broken file may be."""

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing: nobody sees them."""

FORMULA_MARKS = ("=", "+", "@", "-", "\t")
"""With these begins what a spreadsheet program runs, unless an apostrophe stands before it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is the line of the file, or the number of the row in a sheet, from 1.

    `merged` are the places of cells that are merged with the one above, whose text stands in them, too.
    """

    line: int
    cells: tuple[str, ...]
    merged: frozenset[int] = frozenset()

    def get_cell(self, column: int) -> str:
        """Return the cell of a column, from 0; "" where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table; `name` is the sheet's name, or "" where the format has none."""

    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """The number of cells of the longest row."""
        return max((len(row.cells) for row in self.rows), default=0)


def build_row(line: int, cells: Iterable[str], merged: Iterable[int] = ()) -> Row:
    """Return a row of cleaned cells: white space around each is dropped, empty ones at the end are, too."""
    cleaned = [clean_cell(cell) for cell in cells][:MOST_CELLS]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    return Row(line, tuple(cleaned), frozenset(merged))


def build_table(name: str, rows: Iterable[Row]) -> Table:
    """Return a table of the rows that hold anything."""
    return Table(name, tuple(row for row in rows if row.cells))


def clean_cell(text: str) -> str:
    r"""Return a cell's text: no white space around it or its lines, single line ends, nothing unseen.

    The apostrophe that keeps a spreadsheet program from reading a formula is none of the text.

    >>> clean_cell(" 1. check\r\n  2. retry\xa0 "), clean_cell("'=on"), clean_cell("is '-35'\0\u202e")
    ('1. check\n2. retry', '=on', "is '-35'")
    """
    text = _UNSEEN.sub("", text).strip()
    if text[:1] == "'" and text[1:2] in FORMULA_MARKS:
        text = text[1:]
    lines = (line.replace("\xa0", " ").replace("\u3000", " ").strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def join_alike(tables: Sequence[Table], head: tuple[str, ...]) -> Table:
    """Return the tables that have a heading as one: a page may have a table for each of its sections."""
    first, *others = (table for table in tables if table.rows[0].cells == head)
    return Table(first.name, (*first.rows, *(row for table in others for row in table.rows[1:])))
