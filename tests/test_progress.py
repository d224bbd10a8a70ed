"""Progress: bars on a terminal while work is long, and nothing anywhere else."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from bot.console.progress import DELAY, ProgressBars


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Work:
    """Items that each take a second."""

    def __init__(self) -> None:
        self.now = 0.0

    def count(self) -> float:
        return self.now

    def do(self, items: Iterator[int]) -> list[int]:
        done = []
        for item in items:
            self.now += 1.0
            done.append(item)
        return done


def say(key: str) -> str:
    return f"<{key}>"


def test_long_work_on_a_terminal() -> None:
    """A long loop shows what it does and how far it is, and its bar is gone at the end."""
    stream, work = Terminal(), Work()
    with ProgressBars(stream, say, work.count) as bars:
        assert work.do(iter(bars(range(5), "progress_files"))) == [0, 1, 2, 3, 4]
        shown = stream.getvalue()
        assert "<progress_files>" in shown
        assert "/5" in shown
        assert shown.rstrip().endswith("\x1b[2K\x1b[?25h"), "the line is empty, and the cursor is back"


def test_loops_in_loops() -> None:
    """A loop within a loop has a bar of its own."""
    stream, work = Terminal(), Work()
    with ProgressBars(stream, say, work.count) as bars:
        for _ in bars(range(3), "outer"):
            work.do(iter(bars(range(3), "inner")))
    assert "<outer>" in stream.getvalue()
    assert "<inner>" in stream.getvalue()


def test_short_work() -> None:
    """A loop that is over within a moment shows nothing."""
    stream = Terminal()
    with ProgressBars(stream, say, lambda: DELAY / 2) as bars:
        assert list(bars("abc", "progress_files")) == ["a", "b", "c"]
    assert stream.getvalue() == ""


def test_no_terminal() -> None:
    """Where nobody looks on the items come as they are, and nothing is shown."""
    stream, work = io.StringIO(), Work()
    with ProgressBars(stream, say, work.count) as bars:
        items = list("abc")
        assert bars(items, "progress_files") is items
    assert stream.getvalue() == ""


def test_interrupted() -> None:
    """A loop that is left in the middle leaves no bar behind, and the cursor is back."""
    stream, work = Terminal(), Work()

    def interrupt(bars: ProgressBars) -> None:
        for item in bars(range(5), "progress_files"):
            work.now += 1.0
            if item == 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), ProgressBars(stream, say, work.count) as bars:
        interrupt(bars)
    assert "<progress_files>" in stream.getvalue()
    assert stream.getvalue().rfind("\x1b[?25h") > stream.getvalue().rfind("\x1b[?25l")
