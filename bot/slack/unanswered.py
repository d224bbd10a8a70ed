"""Questions asked where no post is that the desk couldn't answer: one line of the ledger each, redacted.

Authors learn from them what the knowledge lacks. Called by the command's and the shortcut's listeners.
"""

from __future__ import annotations

from bot.answer_context import AnswerContext, AnswerContexts
from bot.channels.decisions import DecisionBuilder, open_case
from bot.outbox.decision_store import DecisionStore, PostKey
from bot.redaction import redact
from bot.replies.recall import Recall


class Unanswered:
    """Notes them."""

    def __init__(self, contexts: AnswerContexts, decisions: DecisionStore, outcomes: DecisionBuilder) -> None:
        self._contexts = contexts
        self._decisions = decisions
        self._outcomes = outcomes

    def note(
        self, answers: AnswerContext, surface: str, recall: Recall, team: str, channel: str, text: str
    ) -> None:
        """Note a question, if it wasn't answered. Raises StoreError."""
        if recall.verdict.kind != "abstained":
            return
        post = PostKey(team, channel, "", "")
        case = open_case(self._contexts, answers, post, surface, recall, text=redact(text))
        self._decisions.record_ledger_row(self._outcomes.build_row(case, "told-alone"))
