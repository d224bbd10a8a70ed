"""The terminal: prints blocks, with rich where somebody looks on and bare where not; reads questions.

What is said comes from bot/replies; what it means for the run is cli.py's part. rich is imported only for
a terminal: a pipe needs no colour, and the import costs a quarter of a cold start.
"""

from __future__ import annotations

import contextlib
import locale
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from bot.replies.layout import Block, Line, Role

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDEST = 80
NARROWEST = 30
FRAME = 4  # cells that a frame takes of a line: two edges, two blanks
PROMPT = "faultbook> "

STYLES: dict[Role, str] = {
    "code": "not dim bold cyan",  # a panel's title is dim like its border unless it says otherwise
    "title": "not dim bold",
    "label": "bold green",
    "text": "",
    "number": "cyan",
    "mark": "yellow",
    "aside": "dim",
}


class Screen:
    """A stream that blocks are printed to."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._looked_at = stream.isatty()
        self.width = self._find_width()

    @property
    def room(self) -> int:
        """How many cells of text fit into a line, with a frame or without."""
        return self.width - FRAME

    def show(self, blocks: Iterable[Block]) -> None:
        """Print blocks, an empty line between them."""
        if self._looked_at:
            self._show_with_rich(blocks)
        else:
            written = ("\n".join(_write_plainly(block)) for block in blocks)
            self._stream.write("\n\n".join(written) + "\n")
        self._stream.flush()

    def _find_width(self) -> int:
        columns = WIDEST
        if self._looked_at:
            with contextlib.suppress(OSError):
                columns = os.get_terminal_size(self._stream.fileno()).columns or WIDEST
        return max(NARROWEST, min(columns, WIDEST))

    def _show_with_rich(self, blocks: Iterable[Block]) -> None:
        from rich.console import Console

        console = Console(file=self._stream, width=self.width, highlight=False, emoji=False, markup=False)
        for number, block in enumerate(blocks):
            if number:
                console.print()
            _print_richly(console, block)


def read_questions(stream: TextIO) -> Iterator[str | None]:
    """Yield what a person types, line by line, until an empty line or the end; None for what is no text."""
    # readline reads and echoes in the locale's encoding; elsewhere than in UTF-8 it would garble Chinese.
    if locale.getencoding().lower().replace("-", "") == "utf8":
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - its import gives input() a history and line editing
    while True:
        try:
            line = input(PROMPT) if stream.isatty() else next(stream, "")
        except EOFError:
            return
        except UnicodeDecodeError:
            yield None
            continue
        if not line.strip():
            return
        yield line


def _write_plainly(block: Block) -> Iterator[str]:
    if block.heading:
        heading = _join(block.heading)
        yield heading
        yield "-" * WIDEST
    for line in block.lines:
        yield _join(line)


def _join(line: Line) -> str:
    return "".join(piece.text for piece in line)


def _print_richly(console: Console, block: Block) -> None:
    from rich.panel import Panel
    from rich.text import Text

    body = Text("\n").join(_style(line) for line in block.lines)
    if block.heading:
        title = _style(block.heading)
        console.print(Panel(body, title=title, title_align="left", width=console.width, border_style="dim"))
    else:
        console.print(body)


def _style(line: Line) -> Text:
    from rich.text import Text

    text = Text(no_wrap=True, overflow="ignore")
    for piece in line:
        text.append(piece.text, style=STYLES[piece.role])
    return text
