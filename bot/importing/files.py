"""The files of an import: staged beside their places, then renamed into them."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from bot.importing.columns import LOCALIZED
from bot.importing.entry_yaml import write_entry, write_questions
from bot.importing.plan import TableSource
from bot.importing.rows import CodeRow

MOST_SINGLE_FILES = 200  # new entries up to which each has a file of its own
PER_FILE = 500_000  # characters of a file where there are more: 1.5 MB at most, below the bound of 4 MB
MOST_KEPT = 100  # files of rejected rows that are kept of one table
SOURCE = "source.csv"
"""The rows as the entries took them over: what the next import is compared with."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(slots=True)
class Staged:
    """New contents of files by their path below the pack's folder."""

    files: dict[str, str] = field(default_factory=dict)

    def add_new_entries(
        self, rows: Sequence[tuple[CodeRow, str]], origin: TableSource, taken: Iterable[str]
    ) -> None:
        """Stage drafts of rows with their families; `taken` are paths that stand already."""
        if len(rows) <= MOST_SINGLE_FILES:
            for row, family in rows:
                self.files[f"codes/{name_file(row.code)}.yaml"] = write_entry(row, family, origin)
            return
        present = set(taken)
        free = (name for n in count(1) if (name := f"codes/imported-{n}.yaml") not in present)
        for text in _gather((write_entry(row, family, origin) for row, family in rows), "---\n"):
            self.files[next(free)] = text

    def add_questions(self, rows: Iterable[CodeRow], names: Mapping[str, str], taken: Iterable[str]) -> None:
        """Stage the generated questions of all rows; a file of them that isn't needed any more is emptied."""
        stale = {name for name in taken if re.fullmatch(r"questions/imported(-\d+)?\.yaml", name)}
        self.files |= dict.fromkeys(stale, "[]\n")
        texts = _gather(write_questions([row], names) for row in rows)
        for number, text in enumerate(texts, 1):
            self.files[f"questions/imported{f'-{number}' if number > 1 else ''}.yaml"] = text


def name_file(code: str) -> str:
    """Return a code as the name of its file: signs that a path can't have become "_".

    >>> name_file("IOTDA.014016"), name_file("Missing%s")
    ('IOTDA.014016', 'Missing_s')
    """
    return _UNSAFE.sub("_", code)


def write_source(rows: Iterable[CodeRow]) -> str:
    """Return rows as the CSV that the next import is compared with."""
    listed = list(rows)
    languages = dict.fromkeys(
        language for row in listed for texts in (*row.texts.values(), row.steps) for language in texts
    )
    texts = [(name, language) for name in LOCALIZED for language in languages]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["code", "message", "family", *(f"{name}.{language}" for name, language in texts)])
    for row in listed:
        cells = [_get_text(row, name, language) for name, language in texts]
        writer.writerow([row.code, row.message, row.family, *cells])
    return stream.getvalue()


def read_source(text: str) -> dict[str, CodeRow]:
    """Return the rows of a text that write_source() wrote, by code."""
    rows: dict[str, CodeRow] = {}
    for number, cells in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2):
        texts: dict[str, dict[str, str]] = {}
        steps: dict[str, tuple[str, ...]] = {}
        for name, text_ in cells.items():
            label, mark, language = (name or "").partition(".")
            if not mark or not text_:
                continue
            if label == "steps":
                steps[language] = tuple(text_.splitlines())
            else:
                texts.setdefault(label, {})[language] = text_
        code = cells.get("code") or ""
        rows[code] = CodeRow(
            number, code, cells.get("message") or "", cells.get("family") or "", texts, steps, {}
        )
    return rows


def _gather(texts: Iterable[str], between: str = "") -> Iterator[str]:
    """Yield texts joined to as few as there are of PER_FILE characters each."""
    joined: list[str] = []
    size = 0
    for text in texts:
        if joined and size + len(text) > PER_FILE:
            yield between.join(joined)
            joined, size = [], 0
        joined.append(text)
        size += len(text)
    if joined:
        yield between.join(joined)


def find_free(path: Path, text: str) -> Path:
    """Return a path at which a text may be written: the one given, or one with a number where another stands.

    >>> find_free(Path("no-such-folder/errors.rejected.csv"), "").name
    'errors.rejected.csv'
    """
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, MOST_KEPT)))
    free = (each for each in names if not each.exists() or each.read_bytes() == text.encode())
    return next(free, names[-1])


def drop_present(pack: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Return the files without those that stand so below a pack's folder."""
    return {
        name: text
        for name, text in files.items()
        if not (pack / name).is_file() or (pack / name).read_text(encoding="utf-8") != text
    }


def put_files(pack: Path, files: Mapping[str, str]) -> None:
    """Write files below a pack's folder: all of them, or none where writing them fails. Raises OSError.

    A new pack appears by one rename. In one that stands, SOURCE is renamed last: the next import finishes one
    that was interrupted between two renames.
    """
    pack.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(mkdtemp(prefix=f".{pack.name}-", dir=pack.parent))
    try:
        for name, text in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if not pack.exists():
            stage.chmod(0o755)
            stage.rename(pack)
            return
        for name in sorted(files, key=lambda each: each == SOURCE):
            (pack / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).replace(pack / name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _get_text(row: CodeRow, name: str, language: str) -> str:
    if name == "steps":
        return "\n".join(row.steps.get(language, ()))
    return row.texts.get(name, {}).get(language, "")
