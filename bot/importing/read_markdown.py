"""Tables of a Markdown page -> tables, and a text that only looks like one -> rows that begin with a code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.importing.table import Row, Table, build_row, build_table

BEGINS_ROW = re.compile(
    r"\|?\s*(?P<code>-?\d{2,18}|0x[0-9A-Fa-f]{2,16}|[A-Z][A-Z0-9]*[._-]?[A-Z0-9._-]{1,40})(?=[\s|])"
)
"""A line that begins with what can be a code; any other belongs to the row above."""


def read_markdown(text: str) -> tuple[Table, ...]:
    """Return the tables of a page in their order, by GitHub's rules; a row's line is the file's."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tables: list[list[Row]] = []
    cells: list[str] = []
    line = 0
    for token in tokens:
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            cells, line = [], (token.map[0] + 1) if token.map else line + 1
        elif token.type == "inline" and tables and token.level >= 4:
            cells.append(_print(token.children or []))
        elif token.type == "tr_close":
            tables[-1].append(build_row(line, cells))
    return tuple(build_table("", rows) for rows in tables)


def read_loose_text(text: str) -> tuple[Table, ...]:
    """Return the one table of a text whose rows have no bars or run over lines, as copied from a page.

    Each line that begins with a code begins a row. Where a row has bars they part its cells; else white space
    does, and a cell of several words ends where the script changes.
    """
    lines = text.splitlines()
    first = next((number for number, line in enumerate(lines) if BEGINS_ROW.match(line.strip())), None)
    if first is None:
        return ()
    heading = next((n for n in range(first - 1, -1, -1) if len(_part(lines[n])) > 1), None)
    rows: list[tuple[int, str]] = [] if heading is None else [(heading + 1, lines[heading])]
    width = len(_part(lines[heading])) if heading is not None else 0
    for number, line in enumerate(lines[first:], first + 1):
        if BEGINS_ROW.match(line.strip()):
            rows.append((number, line))
        elif line.strip() and not set(line) <= set("|-: "):
            begun, so_far = rows[-1]
            if width and so_far.rstrip().endswith("|") and len(_part_row(so_far, width)) >= width:
                break  # the row is closed: what follows is the page's, not the table's
            rows[-1] = (begun, f"{so_far}\n{line}")
    return (build_table("", (build_row(n, _part_row(row, width)) for n, row in rows)),)


def _print(children: Sequence[Token]) -> str:
    """Return the text of a cell without its marks; `<br>` and a soft break begin a line."""
    return "".join(_print_token(child) for child in children)


def _print_token(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak") or (
        token.type == "html_inline" and token.content.lower().startswith("<br")
    ):
        return "\n"
    return token.content if token.type in ("text", "code_inline") else ""


def _part_row(row: str, width: int) -> list[str]:
    cells = row.strip().strip("|").split("|")
    if len(cells) > 1:
        return cells
    return _part(cells[0]) if width < 3 else list(_part_by_script(cells[0], width))


def _part(line: str) -> list[str]:
    if "|" in line:
        return [cell for cell in line.strip().strip("|").split("|") if cell.strip()]
    wide = re.split(r"\t+| {2,}|\u3000+", line.strip())
    return wide if len(wide) > 2 else line.split()


def _part_by_script(row: str, width: int) -> Iterator[str]:
    """Part "401 request auth error. 请求认证错误 1.…" into code, words, words of another script, the rest."""
    code, _, rest = row.strip().partition(" ")
    yield code
    for _ in range(width - 2):
        words = re.match(r"(?:[^\s\u3400-\u9fff]+\s+)+(?=[^\s]*[\u3400-\u9fff])|\S+\s*", rest)
        if words is None:
            return
        yield words[0]
        rest = rest[words.end() :]
    yield rest
