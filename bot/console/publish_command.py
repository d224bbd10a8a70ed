"""`faultbook publish`: drafts of a pack become current entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.authoring.check import check_drafts
from bot.console.paths import show_from_here
from bot.console.rest import tell_rest
from bot.console.session import Session
from bot.errors import InputError, Problem
from bot.importing.publish import plan_publication, publish
from bot.knowledge.entry import Entry
from bot.knowledge.folder import is_installed
from bot.knowledge.load import load_knowledge
from bot.replies.sentences import AuthoringSentence, ImportSentence

MOST_SHOWN = 20  # entries that are listed, unless all are wanted


def publish_drafts(
    session: Session, pack_id: str, codes: Collection[str], shows_all: bool = False
) -> tuple[list[str], bool]:
    """Publish the drafts of a pack that pass the linter, or those named.

    Return the report, and whether all of them passed.
    """
    if is_installed(session.root):
        raise InputError(AuthoringSentence.NEW_INSTALLED, path=session.root)
    knowledge = load_knowledge(session.root, session.settings.file_limit, drafts=True)
    if pack_id not in knowledge.packs:
        raise InputError(AuthoringSentence.PACK_UNKNOWN, pack=pack_id, known=", ".join(knowledge.packs))
    drafts = [entry for entry in knowledge.packs[pack_id].entries.values() if entry.status == "draft"]
    unknown = [code for code in codes if code not in {entry.code for entry in drafts}]
    if unknown:
        raise InputError(ImportSentence.PUBLISH_UNKNOWN, code=unknown[0], pack=pack_id)
    if not drafts:
        return [session.say(ImportSentence.PUBLISH_NONE, pack=pack_id)], True
    _, faults = check_drafts(session.root, session.settings.file_limit, session.track)
    chosen = [entry for entry in drafts if not codes or entry.code in codes]
    plan = plan_publication(chosen, faults)
    publish(session.root.resolve().parent, plan.published)
    most = len(chosen) if shows_all else MOST_SHOWN
    lines = [session.say(ImportSentence.PUBLISH_DONE, code=entry.code) for entry in plan.published[:most]]
    lines += tell_rest(session, len(plan.published), most)
    lines += _list_lacks(session, plan.lacking, most)
    if plan.lacking:
        lines.append(session.say(ImportSentence.PUBLISH_NEXT, path=session.root / pack_id / "pack.yaml"))
    counts = {"published": len(plan.published), "lacking": len(plan.lacking)}
    return [*lines, session.say(ImportSentence.PUBLISH_COUNTS, **counts)], not plan.lacking


def _list_lacks(
    session: Session, lacking: Sequence[tuple[Entry, Sequence[Problem]]], most: int
) -> Iterator[str]:
    """Yield what drafts lack: what several lack alike on one line, the rest draft by draft."""
    alike: dict[str, list[str]] = {}
    for entry, problems in lacking:
        for told in {_tell(problem) for problem in problems}:
            alike.setdefault(told, []).append(entry.code)
    for told, codes in sorted(alike.items(), key=lambda each: -len(each[1])):
        if len(codes) > 1:
            listed = ", ".join([*codes[:most], *["…"][: len(codes) > most]])
            yield session.say(
                ImportSentence.PUBLISH_LACKING_ALIKE, problem=told, count=len(codes), codes=listed
            )
    single = [
        (entry, own)
        for entry, problems in lacking
        if (own := [each for each in problems if len(alike[_tell(each)]) == 1])
    ]
    for entry, own in single[:most]:
        yield session.say(ImportSentence.PUBLISH_LACKING, code=entry.code)
        yield from (f"    {show_from_here(problem, session.root)}" for problem in own)
    yield from tell_rest(session, len(single), most)


def _tell(problem: Problem) -> str:
    return f"{problem.rule}: {problem.message}"
