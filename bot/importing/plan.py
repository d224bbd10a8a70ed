"""What an import would do: each row of a table against the pack's entries and the table imported before.

Three things are compared, text by text: what the table says now, what it said when the entry last took it
over (the base), and what the entry says. What the maker changed is told until the entry says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.importing.rows import CodeRow, SkippedRow
from bot.knowledge.entry import Entry
from bot.knowledge.pack import Family
from bot.knowledge.text_change import TextChange, list_text_changes

Effect = Literal["create", "update", "unchanged", "kept", "gone"]
EFFECTS: tuple[Effect, ...] = ("create", "update", "unchanged", "kept", "gone")
"""create: a new draft. update: a draft that nobody has edited takes the new texts. unchanged: the table says
nothing new. kept: it does, but the entry was edited or published. gone: the table lacks the code."""


PIPED = "-"
"""The name of a table that was piped in: any two have it."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where imported rows come from: the names of the file and of the sheet, if it has any."""

    file: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one code; `line` is 0 for one that is gone.

    `is_base` says that the next import is compared with this row.
    """

    effect: Effect
    code: str
    line: int
    changes: tuple[TextChange, ...] = ()
    row: CodeRow | None = None
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import would do, in the order of the table."""

    planned: tuple[Planned, ...]
    skipped: tuple[SkippedRow, ...] = ()

    def list_rows(self, effect: Effect) -> list[CodeRow]:
        """Return the rows that have this effect."""
        return [each.row for each in self.planned if each.effect == effect and each.row]

    def count(self, effect: Effect) -> int:
        """Return how many codes have an effect."""
        return sum(each.effect == effect for each in self.planned)


@dataclass(frozen=True, slots=True)
class PackState:
    """The pack as it stands: its entries by code, drafts included, its families, and the base rows by code.

    `read_entry` returns an entry as the row that says the same; `is_written` says whether a draft stands in
    its file as an import of a row wrote it.
    """

    read_entry: Callable[[Entry], CodeRow]
    is_written: Callable[[Entry, CodeRow], bool]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    rows: Mapping[str, CodeRow] = field(default_factory=dict)

    def name_family(self, written: str) -> str:
        """Return the id of the family that a table names by its id or a title; as written where none is."""
        for family in self.families.values():
            if written in (family.id, *family.title.values()):
                return family.id
        return written


def plan_import(
    rows: Iterable[CodeRow | SkippedRow], state: PackState, source: TableSource, *, is_settled: bool = False
) -> ImportPlan:
    """Return what importing the rows into a pack would do. What a person wrote is never overwritten.

    With `is_settled` what entries keep otherwise than the table has been decided: it isn't told again.
    """
    planned: list[Planned] = []
    skipped: list[SkippedRow] = []
    codes = {code.casefold(): code for code in (*state.entries, *state.rows)}
    met = set()
    for row in rows:
        if isinstance(row, SkippedRow):
            skipped.append(row)
            continue
        code = codes.get(row.code.casefold(), row.code)
        met.add(code)
        row = replace(row, code=code)  # in the letters of the entry
        planned.append(_plan_row(row, state.entries.get(code), state.rows.get(code), state, is_settled))
    gone = (Planned("gone", code, 0) for code in _find_gone(state, met, source))
    return ImportPlan((*planned, *gone), tuple(skipped))


def build_texts(row: CodeRow) -> dict[str, str]:
    """Return the texts that a row gives its entry, by name, in the order in which they are written.

    A short description is the title, too, where the table has no title.
    """
    texts = {"message": row.message, "family": row.family}
    titles = dict(row.texts.get("title", {}))
    descriptions = dict(row.texts.get("description", {}))
    for language, text in descriptions.items():
        titles.setdefault(language, shorten(text))
    for language, text in titles.items():
        if text != shorten(row.message):  # a message doesn't describe itself
            descriptions.setdefault(language, text)
    named = {"title": titles, "description": descriptions}
    named |= {name: dict(row.texts.get(name, {})) for name in ("cause", "customer")}
    for name, by_language in named.items():
        texts |= {f"{name}.{language}": text for language, text in by_language.items()}
    for language, steps in row.steps.items():
        texts[f"steps.{language}"] = "\n".join(steps)
    return {name: text for name, text in texts.items() if text}


def _find_gone(state: PackState, met: set[str], source: TableSource) -> Iterator[str]:
    """Yield the codes that a newer table lacks: one of the same name, or with half of an older one's codes.

    A pack may have several tables, and rows that were corrected apart: what those lack is not gone. Neither
    is what is retired already, or has no entry.
    """
    by_table: dict[tuple[str, str], list[str]] = {}
    for code in state.rows:
        entry = state.entries.get(code)
        if entry is not None:
            origin = entry.origin
            by_table.setdefault((origin.file, origin.sheet) if origin else ("", ""), []).append(code)
    for table, codes in by_table.items():
        missing = [code for code in codes if code not in met]
        is_newer = table == (source.file, source.sheet) and source.file != PIPED
        if is_newer or len(missing) <= len(codes) / 2:
            yield from (code for code in missing if state.entries[code].status != "retired")


def _plan_row(
    row: CodeRow, entry: Entry | None, before: CodeRow | None, state: PackState, is_settled: bool
) -> Planned:
    old = build_texts(before) if before else None
    new = build_texts(row)
    if entry is None:
        changes = list_text_changes(old, new) if old is not None else ()
        return Planned("create", row.code, row.line, changes, row, is_base=True)
    if old == new:
        return Planned("unchanged", entry.code, row.line, row=row)
    present = build_texts(state.read_entry(entry))
    if old is None:  # never imported: only what the row says is compared
        old = {name: text for name, text in present.items() if name in new}
    for texts in (old, new):
        texts["family"] = state.name_family(texts.get("family", "")) or entry.family
    told = list_text_changes(old, new)
    changes = tuple(each for each in told if present.get(each.name, "") != each.after)
    if not changes:
        is_base = (before is None or bool(told)) and state.is_written(entry, row)
        return Planned("unchanged", entry.code, row.line, row=row, is_base=is_base)
    is_untouched = before is not None and state.is_written(entry, before)
    effect: Effect = "update" if is_untouched else "kept"
    return Planned(effect, entry.code, row.line, changes, row, is_base=is_untouched or is_settled)


def shorten(text: str, most: int = 80) -> str:
    """Return a text, or its first clause where it is too long for a title."""
    if len(text) <= most:
        return text
    for stop in ("。", ". ", "；", "; ", "，", ", "):
        first = text.partition(stop)[0]
        if 0 < len(first) <= most:
            return first
    return f"{text[: most - 1]}…"
