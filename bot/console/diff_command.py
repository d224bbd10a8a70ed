"""`faultbook diff`: two states of the knowledge, what is different in them and in their answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from bot.authoring.answer_changes import KINDS, AnswerChange, list_answer_changes, list_variants
from bot.authoring.entry_changes import EntryChange, list_entry_changes
from bot.authoring.revisions import open_state
from bot.authoring.subject import find_questions
from bot.console.rest import tell_rest
from bot.console.session import Session
from bot.doctor.outside import open_existing
from bot.errors import InputError
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.load import load_knowledge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher, Verdict
from bot.replies.sentences import ConsoleSentence, ImportSentence
from bot.stores.ledger import list_questions

MOST_RECORDED = 2_000  # questions of the record that are asked again, the newest: seconds, not minutes
MOST_SHOWN = 50  # entries and answers that the text lists each; JSON has all of them


def compare(session: Session, old: str, new: str | None, fail_on: str, shape: str) -> tuple[str, bool]:
    """Return the difference in words, and whether it holds a kind of change that the caller fails on.

    Raises InputError for a state or a kind that isn't there, KnowledgeError for one that can't be read.
    """
    refused = [kind.strip() for kind in fail_on.split(",") if kind.strip()]
    unknown = [kind for kind in refused if kind not in KINDS]
    if unknown:
        known = ", ".join(KINDS)
        raise InputError(ConsoleSentence.USAGE_VALUE_WRONG, name="--fail-on", value=unknown[0], known=known)
    with ExitStack() as stack:
        before, _ = _load(session, stack, old)
        after, questions = _load(session, stack, new or str(session.root))
    language = session.choose_language("auto", "")
    entries = list_entry_changes(before, after, language)
    recorded = _read_record(session)
    texts = list(dict.fromkeys([*recorded, *list_variants(before), *list_variants(after)]))
    answers = tuple(list_answer_changes(Matcher(before), Matcher(after), questions, texts))
    counts = {"asked": len({*texts, *(each.text for each in questions)}), "recorded": len(recorded)}
    is_failed = any(answer.kind in refused for answer in answers)
    if shape == "json":
        built = {**counts, **_build_json(entries, answers)}
        return json.dumps(built, ensure_ascii=False, indent=2) + "\n", is_failed
    lines = _write_lines(session, entries, answers, counts, is_markdown=shape == "markdown")
    return "\n".join(lines) + "\n", is_failed


def _load(session: Session, stack: ExitStack, name: str) -> tuple[Knowledge, list[Question]]:
    """Return a state's knowledge and the golden questions of its packs."""
    root = stack.enter_context(open_state(name, session.root))
    knowledge = load_knowledge(root, session.settings.file_limit)
    by_pack, _ = find_questions(KnowledgeFiles(root, session.settings.file_limit), knowledge)
    return knowledge, [question for questions in by_pack.values() for question in questions]


def _read_record(session: Session) -> list[str]:
    """Return the questions whose texts the desk's database holds, the newest first; none without a database.

    Raises SettingError, StoreError.
    """
    database = open_existing(session.settings.database_url.reveal())
    if database is None:
        return []
    try:
        if not database.is_compatible():
            return []
        with database.read() as connection:
            return list(map(str, list_questions(connection, MOST_RECORDED)))
    finally:
        database.close()


def _write_lines(
    session: Session,
    entries: Sequence[EntryChange],
    answers: Sequence[AnswerChange],
    counts: Mapping[str, int],
    is_markdown: bool,
) -> Iterator[str]:
    if not entries and not answers:
        yield session.say(ImportSentence.DIFF_SAME)
        return
    kinds = Counter(entry.kind for entry in entries)
    by_kind = {kind: kinds[kind] for kind in ("added", "removed", "retired", "changed")}
    yield _head(session.say(ImportSentence.DIFF_ENTRIES, **by_kind), is_markdown)
    for entry in entries[:MOST_SHOWN]:
        mark = "- " if is_markdown else "  "
        yield f"{mark}{entry.kind}  {_quote(entry.entry_id, is_markdown)}  {entry.title}"
        for field in entry.fields:
            before, after = _quote(field.before, is_markdown), _quote(field.after, is_markdown)
            yield f"  {mark}{field.name}: {before} -> {after}"
    yield from tell_rest(session, len(entries), MOST_SHOWN)
    answered = Counter(answer.kind for answer in answers)
    yield _head(
        session.say(ImportSentence.DIFF_ANSWERS, **{kind: answered[kind] for kind in KINDS}, **counts),
        is_markdown,
    )
    ordered = sorted(answers, key=lambda answer: KINDS.index(answer.kind))
    if is_markdown and ordered:
        yield "| | text | before | after |\n|---|---|---|---|"
    for answer in ordered[:MOST_SHOWN]:
        cells = (answer.kind, answer.text, _describe(answer.before), _describe(answer.after))
        if is_markdown:
            yield f"| {' | '.join(map(_escape_cell, cells))} |"
        else:
            yield f"  {cells[0]:8}{cells[1]!r}: {cells[2]} -> {cells[3]}"
    yield from tell_rest(session, len(answers), MOST_SHOWN)


def _escape_cell(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").splitlines())


def _head(text: str, is_markdown: bool) -> str:
    return f"**{text}**\n" if is_markdown else text


def _quote(text: str, is_markdown: bool) -> str:
    line = " / ".join(text.splitlines())
    return f"`{line.replace('`', chr(39))}`" if is_markdown and line else line or "–"


def _describe(verdict: Verdict) -> str:
    """Return what a verdict answers, in few words."""
    codes = ", ".join(match.entry.id for match in verdict.matches)
    return f"{verdict.kind} {codes}".strip() if codes else f"{verdict.kind} ({verdict.reason})"


def _build_json(entries: Sequence[EntryChange], answers: Sequence[AnswerChange]) -> dict[str, Any]:
    return {
        "entries": [
            {
                "kind": entry.kind,
                "entry": entry.entry_id,
                "title": entry.title,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after}
                    for field in entry.fields
                ],
            }
            for entry in entries
        ],
        "answers": [
            {
                "kind": answer.kind,
                "text": answer.text,
                "expected": list(answer.expected) if answer.expected is not None else None,
                "before": _build_verdict(answer.before),
                "after": _build_verdict(answer.after),
            }
            for answer in answers
        ],
    }


def _build_verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind,
        "entries": [match.entry.id for match in verdict.matches],
        "reason": verdict.reason,
    }
