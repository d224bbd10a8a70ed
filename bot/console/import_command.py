"""`faultbook import`: a table becomes drafts of a pack."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.console.intake import STDIN, read_bytes
from bot.console.rest import tell_rest
from bot.console.session import Session
from bot.errors import InputError
from bot.importing.columns import Column
from bot.importing.files import find_free
from bot.importing.importer import TableImport, prepare_import, write_rejected
from bot.importing.plan import EFFECTS, Effect, Planned
from bot.importing.rows import Reason, SkippedRow
from bot.knowledge.fields import LONGEST_TEXT
from bot.knowledge.folder import is_installed
from bot.knowledge.load import load_knowledge
from bot.replies.sentences import AuthoringSentence, ImportSentence, Sentence

REASONS: Mapping[Reason, Sentence] = {
    "code-missing": ImportSentence.ROW_CODE_MISSING,
    "code-malformed": ImportSentence.ROW_CODE_MALFORMED,
    "code-range": ImportSentence.ROW_CODE_RANGE,
    "code-list": ImportSentence.ROW_CODE_LIST,
    "code-twice": ImportSentence.ROW_CODE_TWICE,
    "family-missing": ImportSentence.ROW_FAMILY_MISSING,
    "text-too-long": ImportSentence.ROW_TEXT_LONG,
    "row-empty": ImportSentence.ROW_EMPTY,
}
EFFECTS_TOLD: Mapping[Effect, Sentence] = {
    "update": ImportSentence.IMPORT_UPDATED,
    "kept": ImportSentence.IMPORT_KEPT,
    "gone": ImportSentence.IMPORT_GONE,
}
MOST_SHOWN = 20  # changes and skipped rows that are listed each, unless all are wanted
ELLIPSIS = "…"
LONGEST_SHOWN = 60  # characters of a text in a change


def import_file(
    session: Session,
    path: str,
    pack: str,
    *,
    given: str = "",
    sheet: str = "",
    encoding: str = "",
    is_trial: bool = False,
    is_settled: bool = False,
    shows_all: bool = False,
) -> list[str]:
    """Import a file's table into a pack; return what was done, as lines.

    Raises InputError, KnowledgeError, OSError.
    """
    if is_installed(session.root):
        raise InputError(AuthoringSentence.NEW_INSTALLED, path=session.root)
    knowledge = load_knowledge(session.root, session.settings.file_limit, drafts=True)
    name = "-" if path == STDIN else Path(path).name
    content = read_bytes(path)
    today = datetime.now(UTC).date().isoformat()
    prepared = prepare_import(
        session.root, knowledge, pack, content, name, today,
        given=read_map(given), sheet=sheet, encoding=encoding, is_settled=is_settled,
    )  # fmt: skip
    most = len(prepared.table.rows) + len(prepared.state.rows) if shows_all else MOST_SHOWN
    lines = [*_describe(session, prepared), *_list_effects(session, prepared, most)]
    if is_trial:
        return [*lines, session.say(ImportSentence.IMPORT_DRY)]
    return [*lines, *_carry_out(session, prepared, path)]


def read_map(given: str) -> dict[str, str]:
    """Return what "code=B,message=C" says. Raises InputError."""
    pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
    if not all(name.strip() and column.strip() for name, _, column in pairs):
        raise InputError(ImportSentence.MAP_MALFORMED, given=given)
    return {name.strip(): column.strip() for name, _, column in pairs}


def _describe(session: Session, prepared: TableImport) -> Iterator[str]:
    table, layout = prepared.table, prepared.layout
    sheet = session.say(ImportSentence.IMPORT_SHEET, sheet=table.name) if table.name else ""
    yield session.say(ImportSentence.IMPORT_READ, rows=len(layout.rows), sheet=sheet)
    columns = sorted([*layout.columns, *layout.unread], key=lambda column: column.place)
    yield from (f"  {_describe_column(session, column)}" for column in columns)
    for name, other in prepared.others.items():
        told = {"name": name, "rows": len(other.rows) - 1, "quoted": shlex.quote(name)}
        yield session.say(ImportSentence.IMPORT_OTHER_TABLE, **told)


def _describe_column(session: Session, column: Column) -> str:
    if not column.field:
        return session.say(ImportSentence.IMPORT_UNREAD, letter=column.letter, heading=column.heading)
    field = ".".join(filter(None, (column.field, column.language)))
    return session.say(
        ImportSentence.IMPORT_COLUMN, letter=column.letter, heading=column.heading, field=field
    )


def _list_effects(session: Session, prepared: TableImport, most: int) -> Iterator[str]:
    plan = prepared.plan
    counts = {effect: plan.count(effect) for effect in EFFECTS}
    yield session.say(ImportSentence.IMPORT_COUNTS, **counts, skipped=len(plan.skipped))
    joined = (
        len(prepared.layout.rows) - sum(each.row is not None for each in plan.planned) - len(plan.skipped)
    )
    if joined:
        yield session.say(ImportSentence.IMPORT_JOINED, count=joined)
    told = [each for each in plan.planned if each.effect in EFFECTS_TOLD]
    for each in told[:most]:
        yield _say_effect(session, prepared, each)
        for change in each.changes:
            before, after = _shorten(change.before), _shorten(change.after)
            line = session.say(ImportSentence.IMPORT_CHANGE, name=change.name, before=before, after=after)
            yield f"    {line}"
    yield from tell_rest(session, len(told), most)
    for row in plan.skipped[:most]:
        yield session.say(ImportSentence.IMPORT_SKIPPED, line=row.line, why=_say_reason(session, row))
    yield from tell_rest(session, len(plan.skipped), most)


def _say_effect(session: Session, prepared: TableImport, planned: Planned) -> str:
    entry = prepared.state.entries[planned.code]
    key = EFFECTS_TOLD[planned.effect]
    if planned.effect == "gone" and entry.status == "draft":
        key = ImportSentence.IMPORT_GONE_DRAFT
    return session.say(key, code=planned.code, line=planned.line, path=f"{entry.path}:{entry.line}")


def _carry_out(session: Session, prepared: TableImport, path: str) -> Iterator[str]:
    plan, folder = prepared.plan, prepared.root / prepared.pack_id
    if plan.skipped:
        text = write_rejected(plan.skipped, prepared.layout, partial(_say_reason, session))
        stem = Path(path).stem if path != STDIN else prepared.pack_id
        rejected = find_free(Path(f"{stem}.rejected.csv"), text)
        rejected.write_text(text, encoding="utf-8", newline="")
        yield session.say(ImportSentence.IMPORT_REJECTED, path=rejected)
    written = prepared.write()
    if written:
        yield session.say(ImportSentence.IMPORT_WRITTEN, count=len(written), path=folder)
    else:
        yield session.say(ImportSentence.IMPORT_NOTHING if plan.planned else ImportSentence.IMPORT_NO_ENTRY)
    if plan.count("create") or plan.count("update"):
        yield session.say(ImportSentence.IMPORT_TRY, pack=prepared.pack_id)
    if any(each.effect == "kept" and not each.is_base for each in plan.planned):
        yield session.say(ImportSentence.IMPORT_SETTLE)
    if prepared.is_new_pack and written:
        yield session.say(ImportSentence.IMPORT_CHECK_PACK, path=folder / "pack.yaml")


def _say_reason(session: Session, row: SkippedRow) -> str:
    return session.say(REASONS[row.reason], text=_shorten(row.code), first=row.first, most=LONGEST_TEXT)


def _shorten(text: str) -> str:
    line = " / ".join(text.splitlines())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}{ELLIPSIS}"
