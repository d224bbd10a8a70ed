"""What every listener works with. Bolt hands it to each as the argument `services`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer_context import AnswerContextFactory
from bot.channels.decisions import DecisionBuilder
from bot.channels.fixes import FixCounts
from bot.channels.notes import ChannelNotes
from bot.channels.settings import ChannelSettings
from bot.outbox.decision_store import DecisionStore
from bot.outbox.direct_sender import DirectSender
from bot.outbox.ledger_queue import LedgerQueue
from bot.outbox.message import Fallback, Message
from bot.outbox.slack_client import SlackClient
from bot.outbox.vote_store import VoteStore
from bot.replies.findings import Finding
from bot.reports.gap_store import GapStore
from bot.reports.report_store import ReportStore
from bot.slack.permissions import Permissions
from bot.slack.rate_limiter import RateLimiter

Examine = Callable[[], Sequence[Finding]]
"""Examines the desk; takes as long as Slack does."""


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the desk in Slack; `keeps_questions` also of those that were answered."""

    contexts: AnswerContextFactory
    limiter: RateLimiter
    channels: ChannelSettings
    decisions: DecisionStore
    builder: DecisionBuilder
    ledger_queue: LedgerQueue
    notes: ChannelNotes
    votes: VoteStore
    fixes: FixCounts
    direct: DirectSender
    client: SlackClient
    clock: Callable[[], float]
    permissions: Permissions
    examine: Examine
    reports: ReportStore
    gaps: GapStore
    keeps_questions: bool = False

    def send(self, message: Message, fallback: Fallback | None = None) -> None:
        """Send a message now, on another thread; `fallback` says what is sent instead if Slack refuses."""
        self.direct.post(self.client, message, fallback)
