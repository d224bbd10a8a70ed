"""`/fault doctor`: an admin has the desk examined. What is looked at stands in bot/doctor.

Called by the command's listener; app.py hands the examination in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.answer_context import AnswerContext
from bot.outbox.direct_sender import DirectSender
from bot.outbox.message import Message, ResponseUrlMessage
from bot.replies.findings import Finding, list_findings, sort_findings
from bot.replies.mrkdwn import escape
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence

WORD = "doctor"

Examine = Callable[[], Sequence[Finding]]
"""Examines the desk; takes as long as Slack does."""


class DoctorCommand:
    """The command; `admins` are the user ids of those who may give it: where there are none, nobody may."""

    def __init__(self, direct: DirectSender, admins: frozenset[str], examine: Examine) -> None:
        self._direct = direct
        self._admins = admins
        self._examine = examine

    def answer(
        self, answers: AnswerContext, client: WebClient, text: str, command: dict[str, Any]
    ) -> Reply | None:
        """Return the answer to this command, or None where it is another. What is found comes later."""
        if answers.read_words(text) != [WORD]:
            return None
        build = answers.replies.build_notice
        if not self._admins:
            return build(Sentence.DOCTOR_NO_ADMINS, answers.language)
        if command.get("user_id") not in self._admins:
            return build(Sentence.DOCTOR_REFUSED, answers.language)
        address = str(command.get("response_url") or "")

        def build_fallback(_error: str, reference: str) -> Message:
            return ResponseUrlMessage(build(Sentence.FAILED, answers.language, reference=reference), address)

        self._direct.post(client, _Examined(self._examine, answers, address), fallback=build_fallback)
        return build(Sentence.DOCTOR_BEGUN, answers.language)


@dataclass(frozen=True, slots=True)
class _Examined:
    """What an examination finds, which takes place when this is sent."""

    examine: Examine
    answers: AnswerContext
    response_url: str

    def send(self, client: WebClient) -> None:
        """Examine the desk, and tell whoever asked. Raises RefusedError if Slack refuses."""
        found = self.examine()
        ResponseUrlMessage(self._build(found), self.response_url).send(client)

    def _build(self, found: Sequence[Finding]) -> Reply:
        replies, language = self.answers.replies, self.answers.language

        def say(key: str, **values: object) -> str:
            told = {name: escape(str(value)) for name, value in values.items()}
            return replies.say(Sentence(key), language, **told)

        *lines, summary = list_findings(sort_findings(found), say)
        return replies.build_report([summary, *lines])
