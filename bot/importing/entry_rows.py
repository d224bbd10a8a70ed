"""Entries of a pack as rows of a table: what each says, and whether a draft is as its row was written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.importing.admit import fit_titles
from bot.importing.cells import fold_cell, split_steps
from bot.importing.columns import LOCALIZED
from bot.importing.entry_yaml import write_entry
from bot.importing.plan import TableSource
from bot.importing.rows import CodeRow
from bot.importing.table import clean_cell
from bot.knowledge.entry import Entry, Step


def build_entry_row(entry: Entry, absent: Collection[str], find_language: Callable[[str], str]) -> CodeRow:
    """Return the row that an import reads of an entry's export; `absent` are texts that stand for nothing."""

    def read_line(text: str) -> str:
        return "" if fold_cell(text).casefold() in absent else " ".join(clean_cell(text).splitlines())

    texts: dict[str, Mapping[str, str]] = {
        name: {language: line for language, text in getattr(entry, name).items() if (line := read_line(text))}
        for name in LOCALIZED
        if name != "steps"
    }
    languages = dict.fromkeys(language for step in entry.steps for language in step.text)
    row = CodeRow(
        line=entry.line,
        code=entry.code,
        message=read_line(entry.message),
        family=entry.family,
        texts=texts,
        steps={language: _read_steps(entry.steps, language) for language in languages},
        cells={},
    )
    return fit_titles(row, find_language)


class DraftFiles:
    """The files below a pack's folder in which its drafts stand."""

    def __init__(self, pack: Path) -> None:
        self._pack = pack
        self._lines: dict[str, tuple[str, ...]] = {}

    def is_written(self, entry: Entry, row: CodeRow) -> bool:
        """Say whether an entry is a draft that stands in its file letter by letter as a row was written.

        Whatever a person adds, be it a remark, is thereby known.
        """
        origin = entry.origin
        if entry.status != "draft" or origin is None:
            return False
        lines, start = self._read_lines(self.find_name(entry)), entry.line - 1
        stop = _find_stop(lines, start)
        placed = replace(row, line=origin.line, cells=origin.cells)
        written = write_entry(placed, entry.family, TableSource(origin.file, origin.sheet))
        return "".join(lines[start:stop]) == written

    def find_name(self, entry: Entry) -> str:
        """Return the path of an entry's file below the pack's folder."""
        return entry.path.partition("/")[2].removeprefix(f"{entry.pack}/")

    def replace(self, texts: Iterable[tuple[Entry, str]]) -> dict[str, str]:
        """Return the files with other texts for entries that are written so, by path; the rest stays."""
        changed: dict[str, list[str]] = {}
        # From the end of each file, so that the lines of the others stay true.
        for entry, text in sorted(texts, key=lambda each: -each[0].line):
            name = self.find_name(entry)
            lines = changed.setdefault(name, list(self._read_lines(name)))
            start = entry.line - 1
            lines[start : _find_stop(lines, start)] = [text]
        return {name: "".join(lines) for name, lines in changed.items()}

    def _read_lines(self, name: str) -> tuple[str, ...]:
        if name not in self._lines:
            text = (self._pack / name).read_text(encoding="utf-8-sig")
            self._lines[name] = tuple(text.splitlines(keepends=True))
        return self._lines[name]


def _find_stop(lines: Sequence[str], start: int) -> int:
    """Return the number of the line that ends the document in which a line stands."""
    return next((n for n in range(start + 1, len(lines)) if lines[n].rstrip() == "---"), len(lines))


def _read_steps(steps: Iterable[Step], language: str) -> tuple[str, ...]:
    """Return steps as an import reads them from a cell in which they are numbered lines."""
    texts = (clean_cell(f"1. {text}") for step in steps if (text := step.text.get(language, "")))
    return tuple(part for text in texts for part in split_steps(text))
