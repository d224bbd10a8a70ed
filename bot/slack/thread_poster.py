"""Answers that a person has posted to a thread by a button: recorded and claimed like any other."""

from __future__ import annotations

from bot.answer_context import AnswerContext
from bot.channels.once import answer_once
from bot.outbox.decision_store import PostKey
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.slack.notes import find_due_notes
from bot.slack.services import Services


def post_to_thread(
    services: Services, desk: AnswerContext, post: PostKey, surface: str, recall: Recall, sharer: str = ""
) -> Reply | None:
    """Post an answer, once in its thread; return the reply for one person if it stands there already.

    `post.ts` names the click or modal that it comes from, so that a repeated delivery posts nothing.
    """
    notes = find_due_notes(services, post.team, post.channel, recall.verdict)
    case = services.builder.open_case(desk, post, surface, recall, notes=notes)
    return answer_once(services.decisions, services.builder, case, recall, sharer)
