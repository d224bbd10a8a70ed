"""Questions asked where no post is that the desk couldn't answer: one line of the ledger each, redacted.

Authors learn from them what the knowledge lacks. Called by the command's and the shortcut's listeners.
"""

from __future__ import annotations

from bot.delivery.record import PostKey, Record
from bot.listeners.outcome import Outcomes, open_case
from bot.listeners.reception import Reception, Sitting
from bot.listeners.redact import redact
from bot.replies.recall import Recall


class Unanswered:
    """Notes them."""

    def __init__(self, reception: Reception, record: Record, outcomes: Outcomes) -> None:
        self._reception = reception
        self._record = record
        self._outcomes = outcomes

    def note(
        self, sitting: Sitting, surface: str, recall: Recall, team: str, channel: str, text: str
    ) -> None:
        """Note a question, if it wasn't answered. Raises StoreError."""
        if recall.verdict.kind != "abstained":
            return
        post = PostKey(team, channel, "", "")
        case = open_case(self._reception, sitting, post, surface, recall, text=redact(text))
        self._record.note(self._outcomes.build_row(case, "told-alone"))
