"""Makes a pack from the rows of a table: a code, its message by language, and texts if there are any.

`python -m bench.packs CSV --code code --message en=message_en --message zh=message_zh OUT` writes the
knowledge folder OUT: languages, sentences and general terms are the shipped ones; there are no phrases and no
words of a trade. Called by bench/unseen.py.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.large_folder import write_folder
from bot.knowledge.entry import CodeShape, Entry, Family, Localized, Pack, Phrase, Step
from bot.knowledge.load import load_knowledge

SHIPPED = Path(__file__).parents[1] / "knowledge"
NAME = "imported"
FAMILY = "all"
DISTINCTIVE = 5  # digits from which a number is seldom anything else than a code
CODE_FIELDS = ("code", "errno", "errcode", "errorcode", "error_code")
MESSAGE_FIELDS = ("message", "msg", "error", "errmsg", "error_message", "reason", "detail")


class TableError(ValueError):
    """The table can't become a pack; the text says which row must be mended."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code of a table. Texts are by language; only the code must be given.

    `steps` has one step a line. A language without a message has none of its own to be found by.
    """

    code: str
    message: Localized = field(default_factory=dict)
    title: Localized = field(default_factory=dict)
    description: Localized = field(default_factory=dict)
    cause: Localized = field(default_factory=dict)
    steps: Localized = field(default_factory=dict)


TEXTS = ("message", "title", "description", "cause", "steps")


def read_rows(path: Path, code: str, columns: Mapping[str, Localized]) -> list[Row]:
    """Return the rows of a CSV file; `columns` gives by text of a row and by language the column's name.

    Raises TableError.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        named = [code, *(column for texts in columns.values() for column in texts.values())]
        missing = [column for column in named if column not in (table.fieldnames or ())]
        if missing:
            raise TableError(f"there is no column {', '.join(missing)}; the first line names the columns")
        return [
            Row(row[code].strip(), **{text: _pick(row, by) for text, by in columns.items()}) for row in table
        ]


def make_pack(rows: Iterable[Row], languages: Collection[str], name: str = NAME) -> Pack:
    """Return the pack of a table.

    An entry must have every text in every language: what a row lacks is filled with its message, which in
    turn is the first language's, or the code. Raises TableError.
    """
    entries: dict[str, Entry] = {}
    for row in rows:
        if not (row.code.isascii() and row.code.isdigit()):
            raise TableError(f"a code is made of digits: {row.code!r}")
        if row.code in entries:
            raise TableError(f"{row.code} has two rows")
        entries[row.code] = _make_entry(row, languages, name)
    if not entries:
        raise TableError("the table has no rows")
    sizes = [len(code) for code in entries]
    numbers = [int(code) for code in entries]
    return Pack(
        id=name,
        title=dict.fromkeys(languages, name),
        source_title=dict.fromkeys(languages, name),
        source_date="1970-01-01",
        shape=CodeShape((min(sizes), max(sizes)), DISTINCTIVE),
        families={
            FAMILY: Family(FAMILY, dict.fromkeys(languages, name), ((min(numbers), max(numbers)),)),
        },
        evidence=(),
        subjects=(),
        code_fields=CODE_FIELDS,
        message_fields=MESSAGE_FIELDS,
        http_like=frozenset(),
        never_watched=frozenset(),
        terms=(),
        entries=entries,
    )


def write_pack(rows: Iterable[Row], folder: Path, name: str = NAME, shipped: Path = SHIPPED) -> None:
    """Write the pack of a table into a new or empty knowledge folder. Raises TableError."""
    languages = tuple(load_knowledge(shipped).languages)
    pack = make_pack(rows, languages, name)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise TableError(f"{folder} is not empty")
    write_folder(pack, folder, shipped)


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add the options that tell which columns of a table are what."""
    parser.add_argument("--code", default="code", metavar="COLUMN", help="where the codes stand")
    for text in TEXTS:
        parser.add_argument(
            f"--{text}", action="append", default=[], type=_read_column, metavar="LANGUAGE=COLUMN"
        )


def list_columns(options: argparse.Namespace) -> dict[str, Localized]:
    """Return what read_rows() takes, from the options; without any the messages' columns are message_xx."""
    columns: dict[str, Localized] = {text: dict(getattr(options, text)) for text in TEXTS}
    if not columns["message"]:
        columns["message"] = {language: f"message_{language}" for language in ("en", "zh")}
    return columns


def _make_entry(row: Row, languages: Collection[str], pack: str) -> Entry:
    message = next(filter(None, (row.message.get(language) for language in languages)), row.code)
    messages = {language: row.message.get(language) or message for language in languages}
    title = {language: row.title.get(language) or messages[language] for language in languages}
    description = {language: row.description.get(language) or messages[language] for language in languages}
    # A message must stand in some string: where a title of its own takes its place, it becomes a phrase.
    phrases = tuple(
        Phrase(messages[language], language)
        for language in languages
        if messages[language] not in (message, title[language])
    )
    return Entry(
        pack=pack,
        code=row.code,
        message=message,
        family=FAMILY,
        title=title,
        description=description,
        cause={language: row.cause.get(language) or description[language] for language in languages},
        cause_basis="source",
        steps=tuple(_list_steps(row.steps, description)),
        customer=title,
        phrases=phrases,
    )


def _list_steps(steps: Localized, instead: Localized) -> Iterable[Step]:
    """Yield the steps; a language that has fewer of them than another takes the other's."""
    lines = {
        language: [line.strip() for line in text.splitlines() if line.strip()]
        for language, text in steps.items()
    }
    longest = max(lines.values(), key=len, default=[])
    for number, line in enumerate(longest):
        step = {language: (lines.get(language, [])[number : number + 1] or [line])[0] for language in instead}
        yield Step(step, "source")
    if not longest:
        yield Step(instead, "source")


def _pick(row: Mapping[str, str], columns: Localized) -> Localized:
    texts = {language: (row[column] or "").strip() for language, column in columns.items()}
    return {language: text for language, text in texts.items() if text}


def _read_column(option: str) -> tuple[str, str]:
    language, mark, column = option.partition("=")
    if not (language and mark and column):
        raise argparse.ArgumentTypeError(f"write it as en=column, not {option!r}")
    return language, column


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folder, and load it to see that it is sound."""
    parser = argparse.ArgumentParser(prog="python -m bench.packs", description="Make a pack from a table.")
    parser.add_argument("table", type=Path, metavar="CSV")
    parser.add_argument("out", type=Path, metavar="OUT", help="a knowledge folder to be made")
    parser.add_argument("--name", default=NAME, help="what the pack is called")
    add_columns(parser)
    options = parser.parse_args(arguments)
    try:
        rows = read_rows(options.table, options.code, list_columns(options))
        write_pack(rows, options.out, options.name)
    except (OSError, TableError) as error:
        print(f"{options.table}: {error}", file=sys.stderr)
        return 1
    count = sum(len(pack.entries) for pack in load_knowledge(options.out).packs.values())
    print(f"{options.out}: {count} entries")
    return 0


if __name__ == "__main__":
    sys.exit(main())
