"""One import from a file's bytes to files of a pack: read, laid out, planned, written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.importing.admit import admit_rows, find_family, refuse_homeless
from bot.importing.columns import Headings, Layout, find_layout
from bot.importing.entry_yaml import write_entry
from bot.importing.files import SOURCE, Staged, put_files, read_source, write_source
from bot.importing.pack_draft import PackDraft, draft_pack
from bot.importing.plan import ImportPlan, PackState, TableSource, plan_import
from bot.importing.read_file import read_tables
from bot.importing.rows import CodeRow, SkippedRow, read_rows
from bot.importing.table import Table, pick_largest
from bot.knowledge.schema_files import build_modeline, put_schemas
from bot.knowledge.snapshot import Knowledge
from bot.replies.sentences import Sentence


@dataclass(frozen=True, slots=True)
class TableImport:
    """A table on its way into a pack: what was read, how it was understood, and what it would do."""

    root: Path
    pack_id: str
    table: Table
    layout: Layout
    plan: ImportPlan
    state: PackState
    knowledge: Knowledge
    origin: TableSource
    draft: PackDraft | None

    @property
    def is_new_pack(self) -> bool:
        """Say whether the pack isn't there yet."""
        return self.pack_id not in self.knowledge.packs

    @property
    def is_first(self) -> bool:
        """Say whether nothing was imported into the pack before."""
        return not self.state.rows

    def write(self) -> list[str]:
        """Write what the plan says; return the paths of the files below the pack's folder. Raises OSError."""
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
        self._stage_updates(staged)
        rows = {
            **self.state.rows,
            **{row.code: row for row in self.plan.list_rows("create", "update", "unchanged", "kept")},
        }
        for gone in (each.code for each in self.plan.planned if each.effect == "gone"):
            rows.pop(gone, None)
        staged.files[SOURCE] = write_source(rows.values())
        staged.add_questions(rows.values(), names, taken)
        files = {
            name: text
            if (pack / name).exists() and name.startswith("codes/")
            else self._add_modeline(name, text)
            for name, text in staged.files.items()
        }
        put_files(pack, files)
        put_schemas(self.root, self.knowledge.languages)
        return sorted(staged.files)

    def _add_modeline(self, name: str, text: str) -> str:
        return build_modeline(f"{self.pack_id}/{name}") + text

    def _stage_updates(self, staged: Staged) -> None:
        """Stage the drafts that take new texts, from the end of each file, so that lines stay true."""
        found = [(self.state.entries[row.code], row) for row in self.plan.list_rows("update")]
        for entry, row in sorted(found, key=lambda each: (each[0].path, -each[0].line)):
            name = entry.path.partition("/")[2].removeprefix(f"{self.pack_id}/")
            text = (self.root / self.pack_id / name).read_text(encoding="utf-8-sig")
            staged.replace_entry(name, text, entry.line, write_entry(row, entry.family, self.origin))


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
) -> TableImport:
    """Return an import of a file's largest table, or of the sheet named, into a pack that may be new.

    `knowledge` is the folder's with its drafts. Raises InputError for a file without a table, a sheet or a
    column that isn't there, and a pack's name that can't be a folder's.
    """
    if not pack_id.replace("-", "").isalnum() or not pack_id.isascii() or pack_id != pack_id.lower():
        raise InputError(Sentence.PACK_NAME_WRONG, name=pack_id)
    table = _choose_table(read_tables(content, encoding), sheet)
    layout = find_layout(
        table, _list_headings(knowledge), lambda text: knowledge.find_language(text, ""), given
    )
    absent = {word for language in knowledge.languages.values() for word in language.absent_cells}
    pack = knowledge.packs.get(pack_id)
    source = root / pack_id / SOURCE
    state = PackState(
        entries=pack.entries if pack else {},
        rows=read_source(source.read_text(encoding="utf-8")) if source.is_file() else {},
    )
    first = next(iter(knowledge.languages))
    rows = list(admit_rows(read_rows(layout, absent), lambda text: knowledge.find_language(text, first)))
    origin = TableSource(file, table.name)
    admitted = [row for row in rows if isinstance(row, CodeRow)]
    draft = draft_pack(root, knowledge, pack_id, state, admitted, origin, date) if admitted else None
    if pack and not draft:
        rows = [refuse_homeless(row, pack, state) for row in rows]
    plan = plan_import(rows, state, origin)
    return TableImport(root, pack_id, table, layout, plan, state, knowledge, origin, draft)


def write_rejected(rows: tuple[SkippedRow, ...], layout: Layout, say: Callable[[SkippedRow], str]) -> str:
    """Return rows that gave no entry as CSV to be corrected; `say` tells why."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = sorted([*layout.columns, *layout.unread], key=lambda column: column.place)
    writer.writerow(["line", "why", *(column.heading or column.letter for column in columns)])
    for row in rows:
        writer.writerow([str(row.line), say(row), *row.cells])
    return "\ufeff" + stream.getvalue()


def _choose_table(tables: tuple[Table, ...], sheet: str) -> Table:
    named = [table for table in tables if not sheet or table.name == sheet]
    table = pick_largest(named)
    if table is None:
        raise InputError(Sentence.SHEET_UNKNOWN, sheet=sheet, known=", ".join(each.name for each in tables))
    return table


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
