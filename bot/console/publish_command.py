"""`faultbook publish`: drafts of a pack become current entries."""

from __future__ import annotations

from collections.abc import Collection

from bot.authoring.check import check_drafts
from bot.console.rest import tell_rest
from bot.console.session import Session
from bot.errors import InputError
from bot.importing.publish import plan_publication, publish
from bot.knowledge.folder import is_installed
from bot.knowledge.load import load_knowledge
from bot.replies.sentences import Sentence

MOST_SHOWN = 20  # entries that are listed, unless all are wanted


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
    _, faults = check_drafts(session.root, session.settings.file_limit, session.track)
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
