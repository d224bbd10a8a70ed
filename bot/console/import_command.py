"""`faultbook import` and `faultbook publish`: a table becomes drafts, drafts become entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.authoring.check import check, split_to_do
from bot.console.intake import STDIN, read_bytes
from bot.console.rest import tell_rest
from bot.console.session import Session
from bot.errors import InputError
from bot.importing.columns import Column
from bot.importing.importer import TableImport, prepare_import, write_rejected
from bot.importing.plan import EFFECTS, Planned
from bot.importing.publish import plan_publication, publish
from bot.importing.rows import Reason, SkippedRow
from bot.knowledge.fields import LONGEST_TEXT
from bot.knowledge.folder import is_installed
from bot.knowledge.load import load_knowledge
from bot.replies.sentences import Sentence

REASONS: Mapping[Reason, Sentence] = {
    "code-missing": Sentence.ROW_CODE_MISSING,
    "code-malformed": Sentence.ROW_CODE_MALFORMED,
    "code-range": Sentence.ROW_CODE_RANGE,
    "code-list": Sentence.ROW_CODE_LIST,
    "code-twice": Sentence.ROW_CODE_TWICE,
    "family-missing": Sentence.ROW_FAMILY_MISSING,
    "text-too-long": Sentence.ROW_TEXT_LONG,
    "row-empty": Sentence.ROW_EMPTY,
}
MOST_SHOWN = 20  # changes and skipped rows that are listed each
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
) -> list[str]:
    """Import a file's table into a pack; return what was done, as lines.

    Raises InputError, KnowledgeError, OSError.
    """
    if is_installed(session.root):
        raise InputError(Sentence.NEW_INSTALLED, path=session.root)
    knowledge = load_knowledge(session.root, session.settings.file_limit, drafts=True)
    name = "-" if path == STDIN else Path(path).name
    content = read_bytes(path)
    today = datetime.now(UTC).date().isoformat()
    prepared = prepare_import(
        session.root, knowledge, pack, content, name, today,
        given=read_map(given), sheet=sheet, encoding=encoding,
    )  # fmt: skip
    return [*_describe(session, prepared), *_carry_out(session, prepared, path, is_trial)]


def publish_drafts(session: Session, pack_id: str, codes: Collection[str]) -> tuple[list[str], bool]:
    """Publish the drafts of a pack that pass the linter, or those named.

    Return the report, and whether all of them passed.
    """
    if is_installed(session.root):
        raise InputError(Sentence.NEW_INSTALLED, path=session.root)
    knowledge = load_knowledge(session.root, session.settings.file_limit, drafts=True)
    if pack_id not in knowledge.packs:
        raise InputError(Sentence.PACK_UNKNOWN, pack=pack_id, known=", ".join(knowledge.packs))
    drafts = [entry for entry in knowledge.packs[pack_id].entries.values() if entry.status == "draft"]
    unknown = [code for code in codes if code not in {entry.code for entry in drafts}]
    if unknown:
        raise InputError(Sentence.PUBLISH_UNKNOWN, code=unknown[0], pack=pack_id)
    if not drafts:
        return [session.say(Sentence.PUBLISH_NONE, pack=pack_id)], True
    faults, _ = split_to_do(check(session.root, session.settings.file_limit, drafts=True))
    chosen = [entry for entry in drafts if not codes or entry.code in codes]
    plan = plan_publication(chosen, faults)
    publish(session.root.resolve().parent, plan.published)
    lines = [session.say(Sentence.PUBLISH_DONE, code=entry.code) for entry in plan.published[:MOST_SHOWN]]
    lines += tell_rest(session, len(plan.published), MOST_SHOWN)
    for entry, problems in plan.lacking[:MOST_SHOWN]:
        lines.append(session.say(Sentence.PUBLISH_LACKING, code=entry.code))
        lines += [f"    {problem}" for problem in problems]
    lines += tell_rest(session, len(plan.lacking), MOST_SHOWN)
    if plan.lacking:
        lines.append(session.say(Sentence.PUBLISH_NEXT, path=session.root / pack_id / "pack.yaml"))
    counts = {"published": len(plan.published), "lacking": len(plan.lacking)}
    return [*lines, session.say(Sentence.PUBLISH_COUNTS, **counts)], not plan.lacking


def read_map(given: str) -> dict[str, str]:
    """Return what "code=B,message=C" says. Raises InputError."""
    pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
    if not all(name.strip() and column.strip() for name, _, column in pairs):
        raise InputError(Sentence.MAP_MALFORMED, given=given)
    return {name.strip(): column.strip() for name, _, column in pairs}


def _describe(session: Session, prepared: TableImport) -> Iterator[str]:
    table, layout = prepared.table, prepared.layout
    sheet = session.say(Sentence.IMPORT_SHEET, sheet=table.name) if table.name else ""
    yield session.say(Sentence.IMPORT_READ, rows=len(layout.rows), sheet=sheet)
    columns = sorted([*layout.columns, *layout.unread], key=lambda column: column.place)
    yield from (_describe_column(session, column) for column in columns)


def _describe_column(session: Session, column: Column) -> str:
    if not column.field:
        return session.say(Sentence.IMPORT_UNREAD, letter=column.letter, heading=column.heading)
    field = ".".join(filter(None, (column.field, column.language)))
    return session.say(Sentence.IMPORT_COLUMN, letter=column.letter, heading=column.heading, field=field)


def _carry_out(session: Session, prepared: TableImport, path: str, is_trial: bool) -> Iterator[str]:
    plan = prepared.plan
    counts = {effect: plan.count(effect) for effect in EFFECTS}
    yield session.say(Sentence.IMPORT_COUNTS, **counts, skipped=len(plan.skipped))
    yield from _list_planned(
        session, [each for each in plan.planned if each.effect in ("update", "kept", "gone")]
    )
    for row in plan.skipped[:MOST_SHOWN]:
        yield session.say(Sentence.IMPORT_SKIPPED, line=row.line, why=_say_reason(session, row))
    yield from tell_rest(session, len(plan.skipped), MOST_SHOWN)
    if is_trial:
        yield session.say(Sentence.IMPORT_DRY)
        return
    if plan.skipped:
        rejected = Path(f"{Path(path).stem if path != STDIN else 'import'}.rejected.csv")
        text = write_rejected(plan.skipped, prepared.layout, partial(_say_reason, session))
        rejected.write_text(text, encoding="utf-8", newline="")
        yield session.say(Sentence.IMPORT_REJECTED, path=rejected)
    written = prepared.write()  # the table itself, where it is newer than the entries
    if not written:
        yield session.say(Sentence.IMPORT_NO_ENTRY)
        return
    if not plan.list_rows("create", "update") and not prepared.is_first:
        yield session.say(Sentence.IMPORT_NOTHING)
        return
    folder = session.root / prepared.pack_id
    yield session.say(Sentence.IMPORT_WRITTEN, count=len(written), path=folder, pack=prepared.pack_id)
    if prepared.is_new_pack:
        yield session.say(Sentence.IMPORT_CHECK_PACK, path=folder / "pack.yaml")


def _list_planned(session: Session, planned: Sequence[Planned]) -> Iterator[str]:
    keys = {
        "update": Sentence.IMPORT_UPDATED,
        "kept": Sentence.IMPORT_KEPT,
        "gone": Sentence.IMPORT_GONE,
    }
    for each in planned[:MOST_SHOWN]:
        yield session.say(keys[each.effect], code=each.code, line=each.line)
        for change in each.changes:
            before, after = _shorten(change.before), _shorten(change.after)
            yield session.say(Sentence.IMPORT_CHANGE, name=change.name, before=before, after=after)
    yield from tell_rest(session, len(planned), MOST_SHOWN)


def _say_reason(session: Session, row: SkippedRow) -> str:
    return session.say(REASONS[row.reason], first=row.first, most=LONGEST_TEXT)


def _shorten(text: str) -> str:
    line = " / ".join(text.splitlines())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}{ELLIPSIS}"
