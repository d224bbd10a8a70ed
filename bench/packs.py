"""Packs made by a program, and their folders: from a table's rows, a code and its message by language.

`python -m bench.packs CSV --code code --message en=message_en --message zh=message_zh OUT` writes the folder
OUT. Languages, sentences and general terms are the shipped ones; there are no words of a trade.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot.knowledge.codes import CodeSet, CodeShape
from bot.knowledge.entry import Entry, Localized, Phrase, Step
from bot.knowledge.fields import LONGEST_TITLE, count_in_slack
from bot.knowledge.load import load_knowledge
from bot.knowledge.pack import Family, Pack
from bot.shorten import keep_start

SHIPPED = Path(__file__).parents[1] / "knowledge"
NAME, FAMILY = "imported", "all"
DISTINCTIVE = 10_000  # from which a number is seldom anything else than a code
CODE_FIELDS = ("code", "errno", "errcode", "errorcode", "error_code", "错误码")
MESSAGE_FIELDS = ("message", "msg", "error", "errmsg", "error_message", "reason", "detail", "错误信息")
MESSAGE_COLUMNS = {"en": "message_en", "zh": "message_zh"}
ENTRIES_PER_FILE = 1000
SHARED = ("languages.yaml", "terms.yaml", "messages")


class TableError(ValueError):
    """The table can't become a pack; the text says which row must be mended."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code of a table, its message by language, of which one may lack, and phrases if there are any."""

    code: str
    message: Localized = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()


def read_rows(path: Path, code: str, messages: Localized) -> list[Row]:
    """Return the rows of a CSV file; `messages` gives the column's name by language. Raises TableError."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        missing = [column for column in (code, *messages.values()) if column not in (table.fieldnames or ())]
        if missing:
            raise TableError(f"there is no column {', '.join(missing)}; the first line names the columns")
        return [Row(row[code].strip(), _pick(row, messages)) for row in table]


def make_pack(rows: Iterable[Row], languages: Collection[str], name: str = NAME) -> Pack:
    """Return the pack of a table. Raises TableError."""
    entries: dict[str, Entry] = {}
    for row in rows:
        if not (row.code.isascii() and row.code.isdigit()):
            raise TableError(f"a code is made of digits: {row.code!r}")
        if row.code in entries:
            raise TableError(f"{row.code} has two rows")
        entries[row.code] = _make_entry(row, languages, name)
    if not entries:
        raise TableError("the table has no rows")
    title = dict.fromkeys(languages, name)
    sizes, numbers = [len(code) for code in entries], [int(code) for code in entries]
    return Pack(
        id=name,
        title=title,
        source_title=title,
        source_date="1970-01-01",
        shape=CodeShape((min(sizes), max(sizes)), CodeSet(((DISTINCTIVE, max(DISTINCTIVE, *numbers)),))),
        families={FAMILY: Family(FAMILY, title, CodeSet(((min(numbers), max(numbers)),)))},
        evidence=(),
        subjects=(),
        own_things=(),
        code_fields=CODE_FIELDS,
        message_fields=MESSAGE_FIELDS,
        http_like=frozenset(),
        never_watched=frozenset(),
        terms=(),
        entries=entries,
    )


def write_pack(rows: Iterable[Row], folder: Path, name: str = NAME, shipped: Path = SHIPPED) -> None:
    """Write the pack of a table into a new or empty knowledge folder. Raises TableError."""
    pack = make_pack(rows, tuple(load_knowledge(shipped).languages), name)
    if folder.exists() and any(folder.iterdir()):
        raise TableError(f"{folder} is not empty")
    write_folder(pack, folder, shipped)


def write_folder(pack: Pack, folder: Path, shipped: Path = SHIPPED) -> None:
    """Write a pack that has no words of its own; an entry is one line of JSON, which is YAML, too."""
    codes = folder / pack.id / "codes"
    codes.mkdir(parents=True)
    for name in SHARED:
        source = shipped / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    [family] = pack.families.values()
    about = {
        "title": pack.title,
        "source": {"date": pack.source_date, "title": pack.source_title},
        "code": {"digits": pack.shape.digits, "distinctive": [str(pack.shape.distinctive)]},
        "evidence": [],
        "code_fields": pack.code_fields,
        "message_fields": pack.message_fields,
        "families": {FAMILY: {"title": family.title, "codes": [str(family.codes)]}},
    }
    _write_lines(folder / pack.id / "pack.yaml", [json.dumps(about, ensure_ascii=False)])
    entries = iter(pack.entries.values())
    while batch := list(islice(entries, ENTRIES_PER_FILE)):
        lines = ["- " + json.dumps(_describe_entry(entry), ensure_ascii=False) for entry in batch]
        _write_lines(codes / f"{batch[0].code}.yaml", lines)


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add the options that tell which columns of a table are what."""
    parser.add_argument("--code", default="code", metavar="COLUMN", help="where the codes stand")
    told = "where a language's messages stand (en=message_en, zh=message_zh)"
    parser.add_argument(
        "--message", action="append", default=[], type=_read_column, metavar="LANGUAGE=COLUMN", help=told
    )


def list_columns(options: argparse.Namespace) -> Localized:
    """Return the messages' columns by language, from the options."""
    return dict(options.message) or MESSAGE_COLUMNS


def _make_entry(row: Row, languages: Collection[str], pack: str) -> Entry:
    """Return the entry, each text of which is the message: its language's, the first one's, or the code."""
    message = next(filter(None, (row.message.get(language) for language in languages)), row.code)
    texts = {language: row.message.get(language) or message for language in languages}
    return Entry(
        pack=pack,
        code=row.code,
        message=message,
        family=FAMILY,
        title={language: _shorten(text) for language, text in texts.items()},
        description=texts,
        cause=texts,
        cause_basis="source",
        steps=(Step(texts, "source"),),
        customer=texts,
        phrases=row.phrases,
    )


def _shorten(text: str) -> str:
    """Return as much of a text as Slack lets a title have: some messages are longer."""
    fits = (keep_start(text, most) for most in range(LONGEST_TITLE, 0, -1))
    return next(title for title in fits if count_in_slack(title) <= LONGEST_TITLE)


def _describe_entry(entry: Entry) -> Mapping[str, object]:
    phrases: dict[str, list[str]] = {}
    for phrase in entry.phrases:
        phrases.setdefault(phrase.language, []).append(phrase.text)
    return {
        "code": entry.code,
        "message": entry.message,
        "family": entry.family,
        "title": entry.title,
        "description": entry.description,
        "cause": {"basis": entry.cause_basis, **entry.cause},
        "steps": [{"basis": step.basis, **step.text} for step in entry.steps],
        "customer": entry.customer,
        "phrases": phrases,
    }


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
