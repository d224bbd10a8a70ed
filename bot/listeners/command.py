"""`/fault TEXT`: the answer is the acknowledgement, and only who asked sees it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.listeners.channel_command import ChannelCommand
from bot.listeners.channels import Channels
from bot.listeners.doctor_command import DoctorCommand
from bot.listeners.packs_command import PacksCommand
from bot.listeners.reception import MOST_QUESTIONS, Reception, Sitting
from bot.listeners.unanswered import Unanswered
from bot.replies.reply import Reply


class Command:
    """The slash command."""

    def __init__(
        self,
        reception: Reception,
        channel_command: ChannelCommand,
        packs_command: PacksCommand,
        doctor_command: DoctorCommand,
        channels: Channels,
        unanswered: Unanswered,
    ) -> None:
        self._reception = reception
        self._channel_command = channel_command
        self._packs_command = packs_command
        self._doctor_command = doctor_command
        self._channels = channels
        self._unanswered = unanswered

    def handle(self, ack: Ack, client: WebClient, command: dict[str, Any]) -> None:
        """Answer in the acknowledgement: as a JSON body, for Slack takes no blocks in another."""
        text = str(command.get("text") or "")
        sitting = self._reception.open()
        reply = (
            self._channel_command.answer(sitting, client, text, command)
            or self._packs_command.answer(sitting, client, text, command)
            or self._doctor_command.answer(sitting, client, text, command)
            or self._answer(sitting, text, command)
        )
        ack(response_type="ephemeral", text=reply.text, blocks=list(reply.blocks))

    def _answer(self, sitting: Sitting, text: str, command: dict[str, Any]) -> Reply:
        if sitting.asks_for_help(text):
            return sitting.replies.build_usage()
        user = str(command.get("user_id") or "")
        if self._reception.count(f"{command.get('team_id')}/{user}") > MOST_QUESTIONS:
            return sitting.refuse(text)
        team, channel = str(command.get("team_id") or ""), str(command.get("channel_id") or "")
        recall = self._channels.limit(sitting, team, channel).ask(text, "command", user)
        self._unanswered.note(sitting, "command", recall, team, channel, text)
        return sitting.replies.build_reply(recall, asked=text, shareable=True)
