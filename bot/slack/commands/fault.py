"""`/fault TEXT`: the answer is the acknowledgement, and only who asked sees it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answer_context import MOST_QUESTIONS, AnswerContext, AnswerContexts
from bot.channels.settings import ChannelSettings
from bot.replies.reply import Reply
from bot.slack.commands.channel import ChannelCommand
from bot.slack.commands.doctor import DoctorCommand
from bot.slack.commands.packs import PacksCommand
from bot.slack.unanswered import Unanswered


class Command:
    """The slash command."""

    def __init__(
        self,
        contexts: AnswerContexts,
        channel_command: ChannelCommand,
        packs_command: PacksCommand,
        doctor_command: DoctorCommand,
        channels: ChannelSettings,
        unanswered: Unanswered,
    ) -> None:
        self._contexts = contexts
        self._channel_command = channel_command
        self._packs_command = packs_command
        self._doctor_command = doctor_command
        self._channels = channels
        self._unanswered = unanswered

    def handle(self, ack: Ack, client: WebClient, command: dict[str, Any]) -> None:
        """Answer in the acknowledgement: as a JSON body, for Slack takes no blocks in another."""
        text = str(command.get("text") or "")
        answers = self._contexts.open()
        reply = (
            self._channel_command.answer(answers, client, text, command)
            or self._packs_command.answer(answers, client, text, command)
            or self._doctor_command.answer(answers, client, text, command)
            or self._answer(answers, text, command)
        )
        ack(response_type="ephemeral", text=reply.text, blocks=list(reply.blocks))

    def _answer(self, answers: AnswerContext, text: str, command: dict[str, Any]) -> Reply:
        if answers.asks_for_help(text):
            return answers.replies.build_usage()
        user = str(command.get("user_id") or "")
        if self._contexts.count(f"{command.get('team_id')}/{user}") > MOST_QUESTIONS:
            return answers.refuse(text)
        team, channel = str(command.get("team_id") or ""), str(command.get("channel_id") or "")
        recall = self._channels.limit(answers, team, channel).ask(text, "command", user)
        self._unanswered.note(answers, "command", recall, team, channel, text)
        return answers.replies.build_reply(recall, asked=text, shareable=True)
