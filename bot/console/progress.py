"""How far a long work is, on standard error where that is a terminal. A short work shows nothing.

rich is imported only once there is something to show.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Item = TypeVar("Item")

DELAY = 0.7  # seconds of work before anything is shown


class ProgressBars:
    """Bars of progress, one for each loop under way; a `Track`. Used in a `with`, which removes them."""

    def __init__(
        self, stream: TextIO, say: Callable[[str], str], timer: Callable[[], float] = time.monotonic
    ) -> None:
        """`say` returns the sentence of a key; `timer` counts seconds."""
        self._stream = stream
        self._say = say
        self._timer = timer
        self._stack = ExitStack()
        self._progress: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def __call__(self, items: Collection[Item], what: str) -> Iterable[Item]:
        """Go through the items, and show how many are done; where nobody looks on, go through them alone."""
        return self._show(items, what) if self._stream.isatty() else items

    def _show(self, items: Collection[Item], what: str) -> Iterator[Item]:
        began = self._timer()
        bar: TaskID | None = None
        for done, item in enumerate(items):
            if bar is None and self._timer() - began >= DELAY:
                bar = self._open().add_task(self._say(what), total=len(items))
            if bar is not None:
                self._open().update(bar, completed=done)
            yield item
        if bar is not None:
            self._remove(bar)

    def _remove(self, bar: TaskID) -> None:
        progress = self._open()
        progress.remove_task(bar)
        if not progress.tasks:  # whatever is printed next has the terminal for itself
            self._stack.close()
            self._progress = None

    def _open(self) -> Progress:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(file=self._stream),
                transient=True,
            )
            self._stack.enter_context(self._progress)
        return self._progress
