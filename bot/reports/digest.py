"""The weekly digest: a report in a channel, once over all processes, late rather than twice.

A claim of the slot in the database is the promise, written with the message in one transaction. Of a time
before a channel was set up there is no digest: the first slot is claimed in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.answer_context import AnswerContextFactory
from bot.channels.settings import ChannelSettings
from bot.digest_schedule import DigestSchedule, Slot
from bot.outbox.decision_store import Decision, DecisionStore, PostKey, Seen, Send
from bot.outbox.payload import build_post
from bot.replies.sentences import ReportSentence
from bot.reports.periods import DAY, Period
from bot.reports.report_page import ReportPage
from bot.reports.report_store import ReportStore

CLAIM = "digest:"  # begins the claim of a slot, whose name follows
LASTS = 6 * DAY  # seconds that a digest may wait for Slack, or for a process that serves

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Digest:
    """Posts what is due; StoreError tells that the database failed."""

    schedules: Sequence[DigestSchedule]
    find_team: Callable[[], str]  # the workspace, "" while Slack has not told
    reports: ReportStore
    contexts: AnswerContextFactory
    channels: ChannelSettings
    decisions: DecisionStore
    clock: Callable[[], float]

    def post_due(self) -> int:
        """Have every digest posted that is due and was not; return how many that were."""
        team = self.find_team()
        return sum(self._post(team, schedule) for schedule in self.schedules) if team else 0

    def _post(self, team: str, schedule: DigestSchedule) -> bool:
        slot = schedule.find_latest_slot(self.clock())
        post, claim = PostKey(team, schedule.channel, "", ""), CLAIM + slot.name
        claims = self.decisions.find_claims(post)
        if claim in claims:
            return False
        is_first = not any(name.startswith(CLAIM) for name in claims)
        sends = () if is_first else self._build(team, schedule, slot)

        def decide(seen: Seen) -> Decision:
            return Decision(None) if claim in seen.claims else Decision(None, (claim,), sends)

        decision = self.decisions.record_decision(post, decide, names=(claim,))
        if decision.claims:
            fields = {"channel": schedule.channel, "slot": slot.name, "posted": bool(decision.sends)}
            _log.info("a digest was due", extra=fields)
        return bool(decision.sends)

    def _build(self, team: str, schedule: DigestSchedule, slot: Slot) -> tuple[Send, ...]:
        """Return the digest of the week before a slot; none of a week without events."""
        desk = self.contexts.open_context()
        report = self.reports.build_report(team, Period(slot.at - 7 * DAY, slot.at), desk.knowledge)
        if report.is_empty:
            return ()
        language = desk.choose_language(self.channels.find_setting(team, schedule.channel).language)
        page = ReportPage(report, desk.knowledge, language, schedule.zone)
        send = build_post(page.build_reply(ReportSentence.DIGEST_OPENING), schedule.channel)
        return (replace(send, lasts=LASTS),)
