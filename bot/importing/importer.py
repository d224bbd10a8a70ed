"""One import from a file's bytes to files of a pack: read, laid out, planned, written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.errors import InputError
from bot.importing.admit import admit_rows, find_family, refuse_homeless
from bot.importing.columns import Headings, Layout, find_layout
from bot.importing.entry_rows import DraftFiles, build_entry_row
from bot.importing.entry_yaml import write_entry
from bot.importing.export import write_csv
from bot.importing.files import SOURCE, Staged, drop_present, put_files, read_source, write_source
from bot.importing.pack_draft import PackDraft, draft_pack
from bot.importing.plan import ImportPlan, PackState, TableSource, plan_import
from bot.importing.read_file import read_tables
from bot.importing.rows import CodeRow, SkippedRow, read_rows
from bot.importing.table import Table, join_alike
from bot.knowledge.schema_files import build_modeline, put_schemas
from bot.knowledge.snapshot import Knowledge
from bot.replies.sentences import ImportSentence


@dataclass(frozen=True, slots=True)
class TableImport:
    """A table on its way into a pack: what was read, how it was understood, and what it would do.

    `others` are the tables with codes that stand in the file, too, by their names.
    """

    root: Path
    pack_id: str
    table: Table
    layout: Layout
    plan: ImportPlan
    state: PackState
    knowledge: Knowledge
    origin: TableSource
    draft: PackDraft | None
    drafts: DraftFiles
    others: Mapping[str, Table]

    @property
    def is_new_pack(self) -> bool:
        """Say whether the pack isn't there yet."""
        return self.pack_id not in self.knowledge.packs

    def write(self) -> list[str]:
        """Write what the plan says; return the paths of the files that are new or others than before, below
        the pack's folder. Raises OSError.
        """
        staged = Staged()
        names = {key: language.code_name for key, language in self.knowledge.languages.items()}
        families: Mapping[str, str]
        created = self.plan.list_rows("create")
        if self.draft:
            staged.files["pack.yaml"], families = self.draft.text, self.draft.family_ids
        elif self.is_new_pack:
            return []
        else:
            families = {row.code: find_family(self.knowledge.packs[self.pack_id], row) for row in created}
        pack = self.root / self.pack_id
        taken = {path.relative_to(pack).as_posix() for path in pack.rglob("*.yaml")}
        staged.add_new_entries([(row, families[row.code]) for row in created], self.origin, taken)
        rows = self._list_base()
        if rows or self.state.rows:
            staged.files[SOURCE] = write_source(rows)
            staged.add_questions(rows, names, taken)
        updated = ((self.state.entries[row.code], row) for row in self.plan.list_rows("update"))
        files = drop_present(
            pack,
            {
                **{name: self._add_modeline(name, text) for name, text in staged.files.items()},
                **self.drafts.replace(
                    (entry, write_entry(row, entry.family, self.origin)) for entry, row in updated
                ),
            },
        )
        if files:
            put_files(pack, files)
            put_schemas(self.root, self.knowledge.languages)
        return sorted(files)

    def _list_base(self) -> list[CodeRow]:
        """Return the rows that the next import is compared with; a row without an entry is none of them."""
        taken = {each.row.code: each.row for each in self.plan.planned if each.is_base and each.row}
        kept = {code: row for code, row in self.state.rows.items() if code in self.state.entries}
        return list({**kept, **taken}.values())

    def _add_modeline(self, name: str, text: str) -> str:
        return build_modeline(f"{self.pack_id}/{name}") + text


def prepare_import(
    root: Path,
    knowledge: Knowledge,
    pack_id: str,
    content: bytes,
    file: str,
    date: str,
    *,
    given: Mapping[str, str] | None = None,
    sheet: str = "",
    encoding: str = "",
    is_settled: bool = False,
) -> TableImport:
    """Return an import of a file's largest table, or of the sheet named, into a pack that may be new.

    `knowledge` is the folder's with its drafts. Raises InputError for a file without a table, a sheet or a
    column that isn't there, and a pack's name that can't be a folder's.
    """
    if not pack_id.replace("-", "").isalnum() or not pack_id.isascii() or pack_id != pack_id.lower():
        raise InputError(ImportSentence.PACK_NAME_WRONG, name=pack_id)
    tables = _name_tables(read_tables(content, encoding))
    name, table = _choose_table(tables, sheet)
    find_columns = partial(
        find_layout,
        headings=_list_headings(knowledge),
        find_language=lambda text: knowledge.find_language(text, ""),
    )
    layout = find_columns(table, given=given)

    def has_codes(other: Table) -> bool:
        with contextlib.suppress(InputError):
            return bool(find_columns(other).columns)
        return False

    absent = {word for language in knowledge.languages.values() for word in language.absent_cells}
    pack = knowledge.packs.get(pack_id)
    source = root / pack_id / SOURCE
    first = next(iter(knowledge.languages))
    find_language = partial(knowledge.find_language, default=first)
    drafts = DraftFiles(root / pack_id)
    state = PackState(
        read_entry=lambda entry: build_entry_row(entry, absent, find_language),
        is_written=drafts.is_written,
        entries=pack.entries if pack else {},
        families=pack.families if pack else {},
        rows=read_source(source.read_text(encoding="utf-8")) if source.is_file() else {},
    )
    rows = list(admit_rows(read_rows(layout, absent), find_language))
    origin = TableSource(file, table.name or sheet)
    admitted = [row for row in rows if isinstance(row, CodeRow)]
    draft = draft_pack(root, knowledge, pack_id, state, admitted, origin, date) if admitted else None
    if pack and not draft:
        rows = [refuse_homeless(row, pack, state) for row in rows]
    plan = plan_import(rows, state, origin, is_settled=is_settled)
    others = {other: each for other, each in tables.items() if other != name and has_codes(each)}
    return TableImport(root, pack_id, table, layout, plan, state, knowledge, origin, draft, drafts, others)


def write_rejected(rows: tuple[SkippedRow, ...], layout: Layout, say: Callable[[SkippedRow], str]) -> str:
    """Return rows that gave no entry as CSV to be corrected; `say` tells why."""
    columns = sorted([*layout.columns, *layout.unread], key=lambda column: column.place)
    headings = ["line", "why", *(column.heading or column.letter for column in columns)]
    return write_csv(headings, ([str(row.line), say(row), *row.cells] for row in rows))


def _name_tables(tables: Sequence[Table]) -> dict[str, Table]:
    """Return the tables of a file by name: the sheet's, or a number from 1 for those of a page.

    Those of a page that have the same headings are one.
    """
    if any(table.name for table in tables):
        return {table.name: table for table in tables}
    firsts = dict.fromkeys(table.rows[0].cells for table in tables)
    return {str(number): join_alike(tables, head) for number, head in enumerate(firsts, 1)}


def _choose_table(tables: Mapping[str, Table], sheet: str) -> tuple[str, Table]:
    """Return the table of a name, or the one with most rows, the first of several."""
    if sheet and sheet not in tables:
        raise InputError(ImportSentence.SHEET_UNKNOWN, sheet=sheet, known=", ".join(tables))
    return max(
        ((name, table) for name, table in tables.items() if sheet in ("", name)),
        key=lambda each: len(each[1].rows),
    )


def _list_headings(knowledge: Knowledge) -> Headings:
    """Return the words of headings of all languages."""
    fields: dict[str, list[str]] = {}
    for language in knowledge.languages.values():
        for name, words in language.headings.items():
            fields.setdefault(name, []).extend(words)
    names = {
        key: [key, language.name.casefold(), *language.heading_names]
        for key, language in knowledge.languages.items()
    }
    return Headings(fields, names)
