"""A post with its verdict, on which a decision is made."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer_context import AnswerContext
from bot.matching import Verdict
from bot.outbox.decision_store import PostKey
from bot.redaction import EMPTY, Redacted
from bot.replies.note import NO_NOTES, Notes
from bot.replies.recall import Audience


@dataclass(frozen=True, slots=True)
class Case:
    """One post with its verdict, as it was met: `at` in epoch seconds, `latency_ms` from its arrival.

    `desk` gave the verdict, and has the words for it. `notes` are to stand first in an answer, `remark` last.
    `person` is the user id of whoever put the post to the desk, or wrote it.
    """

    desk: AnswerContext
    post: PostKey
    verdict: Verdict
    surface: str
    by_bot: bool
    language: str
    audience: Audience
    at: float
    latency_ms: float
    text: Redacted = EMPTY
    remark: str = ""
    notes: Notes = NO_NOTES
    person: str = ""

    @property
    def name(self) -> str:
        """The claim of the post as such; a thread that was read for it is answered apart."""
        return f"{'thread' if self.surface == 'thread' else 'post'}:{self.post.ts}"

    @property
    def names(self) -> tuple[str, ...]:
        """All that an answer may claim: the post as such, and the entries that it shows."""
        return (self.name, *(match.entry.id for match in self.verdict.matches))
