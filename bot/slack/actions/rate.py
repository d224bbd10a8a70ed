"""The feedback buttons: a vote on an answer, saved on the click and acknowledged to whoever clicked alone.

A vote is shown and counted; it never changes what is answered.
"""

from __future__ import annotations

from slack_bolt import Ack

from bot.answer_context import AnswerContext
from bot.channels.gaps import build_not_it
from bot.outbox.message import PushModal
from bot.outbox.vote_store import VoteRow
from bot.replies.fixes import hash_step, list_steps
from bot.replies.recall import Recall, Shown, read_shown
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.replies.slack import HELPED, NOT_IT
from bot.slack.actions.show import send_alone, show_alone
from bot.slack.payload import Click
from bot.slack.rate_limiter import MOST_QUESTIONS
from bot.slack.services import Services

SURFACE = "vote"


def handle_answer_rate(ack: Ack, services: Services, received: Click) -> None:
    """Save the vote in place of the person's one before, and ask what may be added to it."""
    ack()
    desk, mark, value = services.contexts.open_context(), received.value[:1], received.value[1:]
    shown = read_shown(value) if mark in (HELPED, NOT_IT) else None
    if shown is None or not shown.entries or shown.language not in desk.knowledge.languages:
        show_alone(services, desk, received, None)
        return
    if services.limiter.count_question(received.team_id, received.user.id, SURFACE):
        refusal = desk.replies.build_notice(SlackSentence.VOTE_LIMIT, shown.language, count=MOST_QUESTIONS)
        _tell(services, desk, received, refusal, shown.language)
        return
    recall = desk.read_recall(value)
    answer = shown.answer or received.message_id
    vote = _build_vote(services, received, shown, answer, recall if mark == HELPED else None, mark)
    others = desk.feedback.list_others(recall) if recall else ()
    gap = build_not_it(vote.entry, tuple(other.verdict.matches[0].entry.id for other in others))
    services.votes.set_vote(vote, gap, shown.language)
    services.fixes.forget(vote.team, vote.entry)
    if mark == HELPED:
        reply = desk.feedback.build_helped(shown, answer, recall, is_step_told=vote.step > 0)
    else:
        reply = desk.feedback.build_not_it(shown, answer, recall)
    _tell(services, desk, received, reply, shown.language)


def _build_vote(
    services: Services, received: Click, shown: Shown, answer: str, recall: Recall | None, mark: str
) -> VoteRow:
    """Return the vote; `recall` is what helped: where it has one step, that is the one that fixed it."""
    entries = [match.entry for match in recall.verdict.matches] if recall else []
    steps = list_steps(entries[0], recall.audience) if recall and len(entries) == 1 else ()
    is_told = len(steps) == 1
    return VoteRow(
        team=received.team_id,
        answer=answer,
        person=received.user.id,
        channel=received.channel_id,
        root=received.thread_ts,
        ts=received.message_ts,
        surface="modal" if received.view_id else "alone" if received.is_private else "channel",
        entry=shown.entries[0],
        kind="helped" if mark == HELPED else "not-it",
        at=services.clock(),
        step=1 if is_told else 0,
        step_hash=hash_step(steps[0]) if is_told else "",
    )


def _tell(services: Services, desk: AnswerContext, received: Click, reply: Reply, language: str) -> None:
    """Tell the one who clicked; from a modal, in a modal on top of it."""
    if received.view_id:
        view = desk.replies.build_view(reply, language, received.metadata)
        services.send(PushModal(view, received.trigger_id))
    else:
        send_alone(services, received, reply)
