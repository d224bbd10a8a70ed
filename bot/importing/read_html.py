"""Tables of an HTML page -> tables. A cell that spans rows stands in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.importing.table import MOST_CELLS, Row, Table, build_row, build_table

MOST_SPANNED = 1_000  # rows that one cell may span


def looks_like_html(text: str) -> bool:
    """Say whether a text holds the table of a page."""
    return "<table" in text.lower()


def read_html(text: str) -> tuple[Table, ...]:
    """Return the innermost tables of a page, in their order; a row's line is its number among their rows."""
    tree = LexborHTMLParser(text)
    for node in tree.css("script, style"):
        node.decompose()
    for node in tree.css("br"):
        node.replace_with("\n")
    innermost = [node for node in tree.css("table") if not node.css_first("td table, th table")]
    numbers = count(1)
    return tuple(build_table("", _read_rows(node, numbers)) for node in innermost)


def _read_rows(table: LexborNode, numbers: Iterator[int]) -> Iterator[Row]:
    spanning: dict[int, tuple[str, int]] = {}  # by column: the text, and in how many rows it still stands
    for number, node in zip(numbers, table.css("tr"), strict=False):
        cells: list[str] = []
        merged = [place for place, (text, _) in spanning.items() if text]
        for cell in node.css("td, th"):
            _take_spanning(cells, spanning)
            text = _read_text(cell)
            rows = _read_span(cell, "rowspan", MOST_SPANNED)
            for place in range(_read_span(cell, "colspan", MOST_CELLS)):
                if rows > 1:
                    spanning[len(cells)] = (text if not place else "", rows - 1)
                cells.append(text if not place else "")
        _take_spanning(cells, spanning)
        yield build_row(number, cells, merged)


def _take_spanning(cells: list[str], spanning: dict[int, tuple[str, int]]) -> None:
    """Add what spans down from rows above to where the row stands now."""
    while len(cells) in spanning:
        text, left = spanning.pop(len(cells))
        if left > 1:
            spanning[len(cells)] = (text, left - 1)
        cells.append(text)


def _read_text(cell: LexborNode) -> str:
    """Return a cell's text; blocks inside it stand on lines of their own."""
    for block in cell.css("p, li, div"):
        block.insert_after("\n")
    return cell.text(deep=True)


def _read_span(cell: LexborNode, name: str, most: int) -> int:
    given = cell.attributes.get(name) or ""
    return min(max(int(given), 1), most) if given.isdecimal() and len(given) < 6 else 1
