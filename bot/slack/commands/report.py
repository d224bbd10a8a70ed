"""`/fault report`: what was asked and what became of it. What a report holds stands in bot/reports."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer_context import AnswerContext
from bot.outbox.message import ResponseUrlMessage
from bot.outbox.slack_client import SlackClient
from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence
from bot.reports.periods import Period, read_span
from bot.reports.report_page import ReportPage
from bot.reports.report_store import ReportStore
from bot.slack.commands.call import CommandCall
from bot.slack.permissions import Act

SPANS = ("7d", "30d")


def answer_report(call: CommandCall) -> Reply | None:
    """Begin a report, which comes later; None where the text is a question."""
    if len(call.words) > 1 or any(word not in SPANS for word in call.words):
        return None
    if not call.may(Act.SEE_REPORT):
        return call.build_notice(ReportSentence.AUTHORS_ONLY)
    now = call.services.clock()
    span = read_span(call.words[0] if call.words else SPANS[0]) or 0.0
    wanted = _WantedReport(
        call.services.reports, call.desk, call.team, Period(now - span, now), call.response_url
    )
    call.send_later(wanted)
    return call.build_notice(ReportSentence.REPORT_BEGUN)


def list_report_forms(_call: CommandCall) -> tuple[str, ...]:
    """Return what may follow the word."""
    return SPANS


@dataclass(frozen=True, slots=True)
class _WantedReport:
    """A report for whoever asked, which is made when this is sent."""

    reports: ReportStore
    desk: AnswerContext
    team: str
    period: Period
    response_url: str

    def send(self, client: SlackClient) -> None:
        """Make the report and send it. Raises StoreError, or RefusedError if Slack refuses."""
        report = self.reports.build_report(self.team, self.period, self.desk.knowledge)
        reply = ReportPage(report, self.desk.knowledge, self.desk.language).build_reply()
        ResponseUrlMessage(reply, self.response_url).send(client)
