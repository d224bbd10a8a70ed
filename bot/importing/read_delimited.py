"""Comma-, semicolon- or tab-separated text -> a table, each row with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bot.importing.cells import read_code
from bot.importing.table import Row, Table, build_row, build_table

DELIMITERS = ",;\t|"
SAMPLE = 65_536  # characters that the delimiter is told by
LONGEST_CELL = 1_000_000
REGULAR_SHARE = 0.95  # of the rows: the last of a sample may be cut


def find_delimiter(text: str) -> str:
    """Return the delimiter that parts most rows into the same number of cells, at least two; or ""."""
    best, best_share = "", 0.0
    sample = text[:SAMPLE]
    if len(text) > SAMPLE:
        sample = sample.rpartition("\n")[0]
    for delimiter in DELIMITERS:
        widths = [len(row.cells) for row in _read_rows(sample, delimiter) if row.cells]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        share = len(wide) / len(widths)
        if share > best_share and share > 0.5:
            best, best_share = delimiter, share
    return best


def is_regular(text: str) -> bool:
    """Say whether nearly all rows of a text, its first among them, have as many delimiters as the first.

    So a table is known for one whose cells hold what looks like another format.
    """
    delimiter = find_delimiter(text[:SAMPLE])
    if delimiter in ("", "|"):
        return False
    widths = [len(cells) for _, cells in _part_rows(text[:SAMPLE], delimiter) if any(cells)]
    alike = sum(width == widths[0] for width in widths)
    return len(widths) > 1 and widths[0] > 1 and alike >= REGULAR_SHARE * len(widths)


def read_delimited(text: str) -> tuple[Table, ...]:
    """Return the one table of a text, none where no delimiter parts it."""
    delimiter = find_delimiter(text)
    return (build_table("", _read_rows(text, delimiter)),) if delimiter else ()


def _read_rows(text: str, delimiter: str) -> Iterator[Row]:
    return (build_row(line, cells) for line, cells in _part_rows(text, delimiter))


def _part_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows, each with its line and its cells as they stand.

    A quote that nothing closes ends with its line: it joins no cells and no rows.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = list(io.StringIO(text, newline=""))
    place = 0

    def feed() -> Iterator[str]:
        nonlocal place
        while place < len(lines):
            place += 1
            yield lines[place - 1]

    reader = csv.reader(feed(), delimiter=delimiter)
    while place < len(lines):
        start = place
        try:
            cells = next(reader)
        except csv.Error:  # a NUL, or a cell without an end: the row is not readable, the next may be
            continue
        if _has_stray_quote(lines[start:place], cells, delimiter, lines[0].count(delimiter)):
            cells = [_strip_quotes(cell) for cell in lines[start].split(delimiter)]
            place = start + 1
            reader = csv.reader(feed(), delimiter=delimiter)
        yield start + 1, cells


def _has_stray_quote(taken: list[str], cells: list[str], delimiter: str, most: int) -> bool:
    """Say whether a quote of the first line joined cells, or lines that are rows of their own.

    `most` is the number of delimiters in the file's first line.
    """
    if taken[0].count('"') % 2 == 0:
        return False
    if len(taken) == 1:
        return any(delimiter in cell for cell in cells)
    return any(
        most <= line.count(delimiter) and read_code(line.partition(delimiter)[0]) for line in taken[1:]
    )


def _strip_quotes(cell: str) -> str:
    """Return a cell without the quotes around it, if both are there."""
    bare = cell.strip()
    is_quoted = len(bare) > 1 and bare[0] == bare[-1] == '"'
    return bare[1:-1].replace('""', '"') if is_quoted else bare
