"""Comma-, semicolon- or tab-separated text -> a table, each row with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bot.importing.table import Row, Table, build_row, build_table

DELIMITERS = ",;\t|"
SAMPLE = 65_536  # characters that the delimiter is told by
LONGEST_CELL = 1_000_000


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


def read_delimited(text: str) -> tuple[Table, ...]:
    """Return the one table of a text, none where no delimiter parts it."""
    delimiter = find_delimiter(text)
    return (build_table("", _read_rows(text, delimiter)),) if delimiter else ()


def _read_rows(text: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a NUL, or a cell without an end: the row is not readable, the next may be
            line = reader.line_num + 1
            continue
        yield build_row(line, cells)
        line = reader.line_num + 1
