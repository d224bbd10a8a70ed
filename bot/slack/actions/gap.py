"""The buttons of a gap: *Ignore*, its undoing, and *Ask an owner*, for those who may see gaps."""

from __future__ import annotations

from slack_bolt import Ack

from bot.answer_context import AnswerContext
from bot.outbox.decision_store import Decision, PostKey, Seen
from bot.outbox.message import ResponseUrlMessage
from bot.outbox.payload import build_post
from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence, Sentence
from bot.reports.gap_list import GapRow, OpenGap
from bot.reports.gap_page import GapPage
from bot.slack.gaps import GapMessage, build_page, find_gap
from bot.slack.payload import Click
from bot.slack.permissions import Act
from bot.slack.services import Services

ASKED = "owner:"  # begins the claim of a thread in which owners were asked about a gap, whose key follows


def handle_gap_ignore(ack: Ack, services: Services, received: Click) -> None:
    """Leave the gap out of the list, and show the list without it."""
    ack()
    if _may(services, received):
        services.gaps.ignore_gap(received.team_id, received.value, received.user.id)
        _show_change(services, received, ReportSentence.GAP_IGNORED)


def handle_gap_restore(ack: Ack, services: Services, received: Click) -> None:
    """Take that back, and show the list with the gap in it."""
    ack()
    if _may(services, received):
        services.gaps.restore_gap(received.team_id, received.value)
        _show_change(services, received, ReportSentence.GAP_RESTORED)


def handle_owner_ask(ack: Ack, services: Services, received: Click) -> None:
    """Mention the owners in the newest thread of the gap, once; tell whoever clicked where that is."""
    ack()
    if _may(services, received):
        desk = services.contexts.open_context()
        gap = find_gap(services, desk, received.team_id, received.value)
        notice = _ask_owners(services, desk, received, gap)
        services.send(ResponseUrlMessage(notice, received.response_url))


def _may(services: Services, received: Click) -> bool:
    """Say whether a person may see gaps, and tell whoever may not: a list stays when its reader lost that."""
    if services.permissions.allows(Act.SEE_GAPS, received.user.id):
        return True
    desk = services.contexts.open_context()
    notice = desk.replies.build_notice(ReportSentence.AUTHORS_ONLY, desk.language)
    services.send(ResponseUrlMessage(notice, received.response_url))
    return False


def _show_change(services: Services, received: Click, change: Sentence) -> None:
    desk, key = services.contexts.open_context(), received.value
    services.send(
        GapMessage(
            services, desk, received.team_id, received.response_url, replace=True, key=key, change=change
        )
    )


def _ask_owners(services: Services, desk: AnswerContext, received: Click, gap: OpenGap | None) -> Reply:
    """Have the owners asked, unless they were; return what to tell whoever clicked."""
    row = gap.thread if gap and gap.can_ask else None
    if gap is None or row is None:
        return desk.replies.build_notice(ReportSentence.OWNER_ASKED_NOWHERE, desk.language)
    page = build_page(services, desk)
    is_new = _post_once(
        services, row, ASKED + gap.group.key, _build_question(services, desk, received, gap, row)
    )
    key = ReportSentence.OWNER_ASKED_DONE if is_new else ReportSentence.OWNER_ASKED_ALREADY
    return desk.replies.build_ready(page.say(key, owners=page.name_owners(gap), thread=page.link_thread(gap)))


def _build_question(
    services: Services, desk: AnswerContext, received: Click, gap: OpenGap, row: GapRow
) -> Reply:
    """Return what is asked, in the language of the thread."""
    page = GapPage(desk.knowledge, desk.choose_language(row.language), services.builder.link_post)
    person = f"<@{received.user.id}>"
    what = page.name_subject(gap)
    return desk.replies.build_ready(
        page.say(ReportSentence.OWNER_ASKED, owners=page.name_owners(gap), person=person, what=what)
    )


def _post_once(services: Services, row: GapRow, claim: str, reply: Reply) -> bool:
    """Post to the thread of a row unless the claim stands there already; say whether it is posted now."""

    def decide(seen: Seen) -> Decision:
        if claim in seen.claims:
            return Decision(None)
        return Decision(None, (claim,), (build_post(reply, row.channel, row.root),))

    post = PostKey(row.team, row.channel, row.ts, row.root)
    return bool(services.decisions.record_decision(post, decide, names=(claim,)).sends)
