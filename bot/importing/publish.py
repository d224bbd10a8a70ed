"""Drafts that are made current: those that pass the linter, by one changed line of their files."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from bot.errors import Problem
from bot.knowledge.entry import Entry

_STATUS = re.compile(r"^\s*(-\s+)?status:\s*([\"']?)draft\2\s*(?:#.*)?$")


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
    starts: dict[str, list[int]] = {}
    for entry in sorted(drafts, key=lambda each: each.line):
        starts.setdefault(entry.path, []).append(entry.line)
    published: list[Entry] = []
    lacking: list[tuple[Entry, tuple[Problem, ...]]] = []
    for entry in drafts:
        listed = starts.get(entry.path, [])
        place = bisect_right(listed, entry.line)
        start = (
            listed[place - 1] if place > 1 else 0
        )  # what is wrong with the file counts for its first entry
        stop = listed[place] if place < len(listed) else inf
        own = tuple(problem for problem in by_file.get(entry.path, ()) if start <= problem.line < stop)
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
        found = _STATUS.match(line.rstrip("\n")) if is_due else None
        if found:
            is_due = False
            if found[1]:  # the first field of a list's item: its line stays
                kept.append(line.replace("draft", "current", 1))
            continue
        kept.append(line)
    return kept
