"""Questions asked where no post is that the desk couldn't answer: one line of the ledger each, redacted.

Authors learn from them what the knowledge lacks.
"""

from __future__ import annotations

from bot.answer_context import AnswerContext
from bot.outbox.decision_store import PostKey
from bot.redaction import redact
from bot.replies.recall import Recall
from bot.slack.services import Services


def note_unanswered(
    services: Services, desk: AnswerContext, surface: str, recall: Recall, team: str, channel: str, text: str
) -> None:
    """Note a question, if it wasn't answered. Raises StoreError."""
    if recall.verdict.kind == "abstained":
        post = PostKey(team, channel, "", "")
        case = services.builder.open_case(desk, post, surface, recall, text=redact(text))
        services.decisions.record_ledger_row(services.builder.build_row(case, "told-alone"))
