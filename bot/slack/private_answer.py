"""Answers that one person alone sees, by the command or the shortcut: given though the database be down.

Each leaves a line in the ledger, written in the background. It holds the text, redacted, where a
question wasn't answered: authors learn from it what the knowledge lacks.
"""

from __future__ import annotations

from bot.answer_context import AnswerContext
from bot.matching import Verdict
from bot.outbox.decision_store import PostKey
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.slack.addressed_post import OVER_LIMIT, build_refusal, keep_text
from bot.slack.services import Services


def note_private_answer(
    services: Services, desk: AnswerContext, surface: str, recall: Recall, team: str, channel: str, text: str
) -> None:
    """Have a line written on an answer to one person."""
    kept = keep_text(services, recall.verdict, text)
    case = services.builder.open_case(desk, PostKey(team, channel, "", ""), surface, recall, text=kept)
    services.ledger_queue.put(services.builder.build_row(case, "told-alone"))


def refuse_over_limit(
    services: Services, desk: AnswerContext, surface: str, team: str, channel: str, user: str, text: str
) -> Reply | None:
    """Return the sentence for a person who asks too much, and have the reason noted; else None."""
    if not services.limiter.count_question(team, user, surface):
        return None
    recall = Recall(Verdict("abstained", reason=OVER_LIMIT), desk.find_language(text))
    case = services.builder.open_case(desk, PostKey(team, channel, "", ""), surface, recall, person=user)
    services.ledger_queue.put(services.builder.build_row(case, "silent", OVER_LIMIT))
    return build_refusal(desk, text)
