"""`/fault doctor`: an admin has the desk examined. What is looked at stands in bot/doctor.

Called by the command's listener; app.py hands the examination in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import Message, Responded
from bot.listeners.reception import Sitting
from bot.replies.findings import Finding, list_findings, sort_findings
from bot.replies.mrkdwn import escape
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence

WORD = "doctor"

Examine = Callable[[], Sequence[Finding]]
"""Examines the desk; takes as long as Slack does."""


class DoctorCommand:
    """The command; `admins` are the user ids of those who may give it: where there are none, nobody may."""

    def __init__(self, courier: Courier, admins: frozenset[str], examine: Examine) -> None:
        self._courier = courier
        self._admins = admins
        self._examine = examine

    def answer(self, sitting: Sitting, client: WebClient, text: str, command: dict[str, Any]) -> Reply | None:
        """Return the answer to this command, or None where it is another. What is found comes later."""
        if sitting.read_words(text) != [WORD]:
            return None
        build = sitting.replies.build_notice
        if not self._admins:
            return build(Sentence.DOCTOR_NO_ADMINS, sitting.language)
        if command.get("user_id") not in self._admins:
            return build(Sentence.DOCTOR_REFUSED, sitting.language)
        address = str(command.get("response_url") or "")

        def apologise(_error: str, reference: str) -> Message:
            return Responded(build(Sentence.FAILED, sitting.language, reference=reference), address)

        self._courier.post(client, _Examined(self._examine, sitting, address), apology=apologise)
        return build(Sentence.DOCTOR_BEGUN, sitting.language)


@dataclass(frozen=True, slots=True)
class _Examined:
    """What an examination finds, which takes place when this is sent."""

    examine: Examine
    sitting: Sitting
    response_url: str

    def send(self, client: WebClient) -> None:
        """Examine the desk, and tell whoever asked. Raises RefusedError if Slack refuses."""
        found = self.examine()
        Responded(self._build(found), self.response_url).send(client)

    def _build(self, found: Sequence[Finding]) -> Reply:
        replies, language = self.sitting.replies, self.sitting.language

        def say(key: str, **values: object) -> str:
            told = {name: escape(str(value)) for name, value in values.items()}
            return replies.say(Sentence(key), language, **told)

        *lines, summary = list_findings(sort_findings(found), say)
        return replies.build_report([summary, *lines])
