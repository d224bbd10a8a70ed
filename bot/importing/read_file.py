"""Bytes of any file that may hold a table -> its tables: which format it is, the contents tell."""

from __future__ import annotations

from bot.errors import InputError
from bot.importing.decode import decode_text
from bot.importing.read_delimited import is_regular, read_delimited
from bot.importing.read_html import looks_like_html, read_html
from bot.importing.read_markdown import read_loose_text, read_markdown
from bot.importing.read_workbook import is_workbook, read_workbook
from bot.importing.table import Table
from bot.replies.sentences import ImportSentence

LARGEST = 200_000_000  # bytes


def read_tables(content: bytes, encoding: str = "") -> tuple[Table, ...]:
    """Return the tables of a file that hold at least two rows, in their order.

    Raises InputError: table_too_large, table_unreadable (a broken workbook), encoding_unknown,
    table_missing (no table is found).
    """
    if len(content) > LARGEST:
        raise InputError(ImportSentence.TABLE_TOO_LARGE, most=LARGEST // 1_000_000)
    if is_workbook(content):
        tables = read_workbook(content)
    else:
        text, _ = decode_text(content, encoding)
        tables = _read_text(text)
    found = tuple(table for table in tables if len(table.rows) > 1)
    if not found:
        raise InputError(ImportSentence.TABLE_MISSING)
    return found


def _read_text(text: str) -> tuple[Table, ...]:
    """Return the tables of a text: by its marks, else of the format that makes most rows of it."""
    pages = read_html(text) if looks_like_html(text) else ()
    is_page = any(len(table.rows) > 1 for table in pages)
    if not (is_page and text.lstrip().startswith("<")) and is_regular(text):
        return read_delimited(text)
    if is_page:
        return pages
    marked = read_markdown(text) if "|" in text else ()
    return marked or max(read_delimited(text), read_loose_text(text), key=_count_cells)


def _count_cells(tables: tuple[Table, ...]) -> int:
    """Return how many rows hold at least two cells: what was torn apart wrongly has fewer."""
    return sum(len(row.cells) > 1 for table in tables for row in table.rows)
