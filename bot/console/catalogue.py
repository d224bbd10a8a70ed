"""`faultbook list`, `search` and `export`: what is documented, as lines or as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from bot.authoring.rules_texts import spread_texts
from bot.console.session import Session
from bot.importing.export import ExportFormat, export_entries
from bot.knowledge.entry import Entry, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.matching import fold
from bot.replies.sentences import ImportSentence


def list_entries(session: Session, packs: Sequence[str], drafts: bool, lang: str | None) -> str:
    """Return the entries of the packs, or of all, a line each: its id, its status, its title."""
    knowledge = _load(session, drafts)
    return _write_lines(_choose(session, knowledge, packs), _choose_language(session, lang))


def search_entries(session: Session, words: str, drafts: bool, lang: str | None) -> str:
    """Return the entries that hold all of the words, without regard to case, width and script."""
    wanted = fold(words).split()
    found = [
        entry
        for entry in _load(session, drafts).entries
        if all(word in text for text in [_gather(entry)] for word in wanted)
    ]
    if not found:
        return session.say(ImportSentence.SEARCH_NOTHING) + "\n"
    return _write_lines(found, _choose_language(session, lang))


def export_table(session: Session, packs: Sequence[str], drafts: bool, shape: str) -> str:
    """Return the entries of the packs, or of all, as a table in one of the formats."""
    knowledge = _load(session, drafts)
    entries = _choose(session, knowledge, packs)
    return export_entries(entries, knowledge.languages, cast("ExportFormat", shape))


def _load(session: Session, drafts: bool) -> Knowledge:
    session.drafts = drafts
    return session.knowledge


def _choose(session: Session, knowledge: Knowledge, packs: Sequence[str]) -> list[Entry]:
    chosen = session.check_packs(packs) or tuple(knowledge.packs)
    return [entry for name in chosen for entry in knowledge.packs[name].entries.values()]


def _choose_language(session: Session, lang: str | None) -> str:
    return session.choose_language(lang or "auto", "")


def _gather(entry: Entry) -> str:
    """Return all texts of an entry, folded, its code and phrases among them."""
    texts = [text for _, text in spread_texts(entry)]
    return fold("\n".join([entry.code, *texts, *entry.strings]))


def _write_lines(entries: Iterable[Entry], language: str) -> str:
    listed = [
        (entry.id, "" if entry.status == "current" else f"[{entry.status}]", pick_text(entry.title, language))
        for entry in entries
    ]
    width = max((len(entry_id) for entry_id, _, _ in listed), default=0)
    return "".join(
        "  ".join(filter(None, (i.ljust(width), status, title))) + "\n" for i, status, title in listed
    )
