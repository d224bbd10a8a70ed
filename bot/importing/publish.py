"""Drafts that are made current: those that pass the linter, by one changed line of their files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Problem
from bot.knowledge.entry import Entry

_STATUS = re.compile(r"^status:\s*[\"']?draft[\"']?\s*$")


@dataclass(frozen=True, slots=True)
class Publication:
    """Which drafts are published, and what the others lack."""

    published: tuple[Entry, ...]
    lacking: tuple[tuple[Entry, tuple[Problem, ...]], ...]


def plan_publication(drafts: Sequence[Entry], problems: Iterable[Problem]) -> Publication:
    """Return which drafts have none of the problems that the folder would have if all were current."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
    starts = {path: sorted(entry.line for entry in drafts if entry.path == path) for path in by_file}
    published: list[Entry] = []
    lacking: list[tuple[Entry, tuple[Problem, ...]]] = []
    for entry in drafts:
        later = [line for line in starts.get(entry.path, ()) if line > entry.line]
        stop = later[0] if later else None
        own = tuple(
            problem
            for problem in by_file.get(entry.path, ())
            if problem.line >= entry.line and (stop is None or problem.line < stop)
        )
        if own:
            lacking.append((entry, own))
        else:
            published.append(entry)
    return Publication(tuple(published), tuple(lacking))


def publish(folder: Path, entries: Collection[Entry]) -> None:
    """Take the line `status: draft` from the entries' files, all else as it is. Raises OSError.

    `folder` is the one that holds the knowledge folder, for an entry's path begins with the latter's name.
    """
    for path in sorted({entry.path for entry in entries}):
        file = folder / path
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        starts = {entry.line for entry in entries if entry.path == path}
        kept = _drop_status(lines, starts)
        temporary = file.with_name(f".{file.name}.new")
        temporary.write_text("".join(kept), encoding="utf-8", newline="\n")
        temporary.replace(file)


def _drop_status(lines: Sequence[str], starts: Collection[int]) -> list[str]:
    kept: list[str] = []
    is_due = False
    for number, line in enumerate(lines, 1):
        if number in starts:
            is_due = True
        if is_due and _STATUS.match(line.rstrip("\n")):
            is_due = False
            continue
        kept.append(line)
    return kept
