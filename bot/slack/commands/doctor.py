"""`/fault doctor`: an admin has the desk examined. What is looked at stands in bot/doctor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer_context import AnswerContext
from bot.outbox.message import ResponseUrlMessage
from bot.outbox.slack_client import SlackClient
from bot.replies.findings import Finding, list_findings, sort_findings
from bot.replies.mrkdwn import escape
from bot.replies.reply import Reply
from bot.replies.sentences import SENTENCES, DoctorSentence
from bot.slack.commands.call import CommandCall
from bot.slack.permissions import Act
from bot.slack.services import Examine


def answer_doctor(call: CommandCall) -> Reply | None:
    """Begin an examination, whose findings come later; None where the text is a question.

    Where no admins are named nobody may: the findings are the operator's.
    """
    if call.words:
        return None
    if not call.services.permissions.list_named(Act.EXAMINE):
        return call.build_notice(DoctorSentence.DOCTOR_NO_ADMINS)
    if not call.may(Act.EXAMINE):
        return call.build_notice(DoctorSentence.DOCTOR_REFUSED)
    call.send_later(_Examination(call.services.examine, call.desk, call.response_url))
    return call.build_notice(DoctorSentence.DOCTOR_BEGUN)


@dataclass(frozen=True, slots=True)
class _Examination:
    """What an examination finds, which takes place when this is sent."""

    examine: Examine
    desk: AnswerContext
    response_url: str

    def send(self, client: SlackClient) -> None:
        """Examine the desk, and tell whoever asked. Raises RefusedError if Slack refuses."""
        found = self.examine()
        ResponseUrlMessage(self._build_report(found), self.response_url).send(client)

    def _build_report(self, found: Sequence[Finding]) -> Reply:
        replies, language = self.desk.replies, self.desk.language

        def say(key: str, **values: object) -> str:
            escaped = {name: escape(str(value)) for name, value in values.items()}
            return replies.say(SENTENCES[key], language, **escaped)

        *lines, summary = list_findings(sort_findings(found), say)
        return replies.build_report([summary, *lines])
