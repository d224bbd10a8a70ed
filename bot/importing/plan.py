"""What an import would do: each row of a table against the pack's entries and the table imported before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.importing.rows import CodeRow, SkippedRow
from bot.knowledge.entry import Entry

Effect = Literal["create", "update", "unchanged", "kept", "gone"]
EFFECTS: tuple[Effect, ...] = ("create", "update", "unchanged", "kept", "gone")
"""create: a new draft. update: a draft that nobody has edited takes the new texts. unchanged: the row says
what it said. kept: the row changed, but the entry was edited or published. gone: the table lacks the code."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where imported rows come from: the names of the file and of the sheet, if it has any."""

    file: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class TextChange:
    """One cell that the table's maker changed; `name` is like "message" or "steps.zh"."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one code; `line` is 0 for one that is gone."""

    effect: Effect
    code: str
    line: int
    changes: tuple[TextChange, ...] = ()
    row: CodeRow | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import would do, in the order of the table."""

    planned: tuple[Planned, ...]
    skipped: tuple[SkippedRow, ...] = ()

    def list_rows(self, *effects: Effect) -> list[CodeRow]:
        """Return the rows that have one of these effects."""
        return [each.row for each in self.planned if each.effect in effects and each.row]

    def count(self, effect: Effect) -> int:
        """Return how many codes have an effect."""
        return sum(each.effect == effect for each in self.planned)


@dataclass(frozen=True, slots=True)
class PackState:
    """The pack as it stands: its entries by code, drafts included, and the rows imported last by code."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    rows: Mapping[str, CodeRow] = field(default_factory=dict)


def plan_import(rows: Iterable[CodeRow | SkippedRow], state: PackState, source: TableSource) -> ImportPlan:
    """Return what importing the rows into a pack would do. What a person wrote is never overwritten."""
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
        planned.append(_plan_row(row, state.entries.get(code), state.rows.get(code)))
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


def list_texts(entry: Entry) -> dict[str, str]:
    """Return the texts of an entry that an import may write, by name."""
    texts = {"message": entry.message, "family": entry.family}
    for name in ("title", "description", "cause", "customer"):
        by_language: Mapping[str, str] = getattr(entry, name)
        texts |= {f"{name}.{language}": text for language, text in by_language.items()}
    for language in {language: None for step in entry.steps for language in step.text}:
        texts[f"steps.{language}"] = "\n".join(step.text.get(language, "") for step in entry.steps)
    return {name: text for name, text in texts.items() if text.strip()}


def _find_gone(state: PackState, met: set[str], source: TableSource) -> Iterator[str]:
    """Yield the codes that a newer table lacks: one of the same name, or with half of an older one's codes.

    A pack may have several tables, and rows that were corrected apart: what those lack is not gone.
    """
    by_table: dict[tuple[str, str], list[str]] = {}
    for code in state.rows:
        origin = state.entries[code].origin if code in state.entries else None
        by_table.setdefault((origin.file, origin.sheet) if origin else ("", ""), []).append(code)
    for table, codes in by_table.items():
        missing = [code for code in codes if code not in met]
        if table == (source.file, source.sheet) or len(missing) <= len(codes) / 2:
            yield from missing


def _plan_row(row: CodeRow, entry: Entry | None, before: CodeRow | None) -> Planned:
    new = build_texts(row)
    old = build_texts(before) if before else None
    if entry is None:
        changes = tuple(_list_changes(old, new)) if old is not None else ()
        return Planned("create", row.code, row.line, changes, row)
    present = list_texts(entry)
    if old == new or _says_all(present, new):
        return Planned("unchanged", entry.code, row.line, row=row)
    if old is None:  # never imported: only what the row says is compared
        old = {name: text for name, text in present.items() if name in new}
        return Planned("kept", entry.code, row.line, tuple(_list_changes(old, new)), row)
    changes = tuple(_list_changes(old, new))
    is_untouched = entry.status == "draft" and _says_all(present, old)
    return Planned("update" if is_untouched else "kept", entry.code, row.line, changes, row)


def _says_all(present: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Say whether an entry has exactly the texts that a row would give it; the family may be another."""
    return {**present, "family": ""} == {**wanted, "family": ""}


def _list_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[TextChange]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name, "") != new.get(name, ""):
            yield TextChange(name, old.get(name, ""), new.get(name, ""))


def shorten(text: str, most: int = 80) -> str:
    """Return a text, or its first clause where it is too long for a title."""
    if len(text) <= most:
        return text
    for stop in ("。", ". ", "；", "; ", "，", ", "):
        first = text.partition(stop)[0]
        if 0 < len(first) <= most:
            return first
    return f"{text[: most - 1]}…"
