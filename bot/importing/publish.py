"""Drafts that are made current: those that pass the linter, by the one word of their files that says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

import yaml

from bot.errors import Problem
from bot.knowledge.entry import Entry
from bot.knowledge.yaml_text import Loader

_WHOLE_LINE = re.compile(r"[ \t]*['\"]?status['\"]?[ \t]*:[ \t]*['\"]?draft['\"]?\s*")


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
    """Make drafts current in their files, all else as it is. Raises OSError.

    `folder` is the one that holds the knowledge folder, for an entry's path begins with the latter's name.
    """
    for path in sorted({entry.path for entry in entries}):
        file = folder / path
        mark, text = _part_mark(file.read_bytes().decode("utf-8"))
        changed = _publish_entries(text, {entry.line for entry in entries if entry.path == path})
        temporary = file.with_name(f".{file.name}.new")
        temporary.write_bytes((mark + changed).encode("utf-8"))
        temporary.replace(file)


def _part_mark(text: str) -> tuple[str, str]:
    """Return the byte order mark of a text, or "", and the rest."""
    return text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")


def _publish_entries(text: str, lines: Collection[int]) -> str:
    """Return a text in which the entries that begin on these lines (from 1) are current."""
    for start, stop in reversed(list(_find_statuses(text, lines))):
        line_start = text.rfind("\n", 0, start) + 1
        line_stop = text.find("\n", stop) + 1 or len(text)
        if _WHOLE_LINE.fullmatch(text, line_start, line_stop):
            text = text[:line_start] + text[line_stop:]
        else:  # beside a remark or another field, or the first field of a list's item
            text = f"{text[:start]}current{text[stop:]}"
    return text


def _find_statuses(text: str, lines: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield where the value of `status` stands in the entries that begin on these lines (from 1)."""
    for document in yaml.compose_all(text, Loader=Loader):
        for entry in document.value if isinstance(document, yaml.SequenceNode) else [document]:
            if entry.start_mark.line + 1 in lines:
                for key, value in entry.value:
                    if key.value == "status":
                        yield value.start_mark.index, value.end_mark.index
