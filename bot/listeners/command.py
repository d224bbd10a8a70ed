"""`/fault TEXT`: the answer is the acknowledgement, and only who asked sees it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.listeners.channel_command import ChannelCommand
from bot.listeners.reception import MOST_QUESTIONS, Reception
from bot.replies.reply import Reply


class Command:
    """The slash command."""

    def __init__(self, reception: Reception, channel_command: ChannelCommand) -> None:
        self._reception = reception
        self._channel_command = channel_command

    def handle(self, ack: Ack, client: WebClient, command: dict[str, Any]) -> None:
        """Answer in the acknowledgement: as a JSON body, for Slack takes no blocks in another."""
        text = str(command.get("text") or "")
        reply = self._channel_command.answer(client, text, command) or self._answer(text, command)
        ack(response_type="ephemeral", text=reply.text, blocks=list(reply.blocks))

    def _answer(self, text: str, command: dict[str, Any]) -> Reply:
        reception = self._reception
        if reception.asks_for_help(text):
            return reception.replies.build_usage()
        user = str(command.get("user_id") or "")
        if reception.count(f"{command.get('team_id')}/{user}") > MOST_QUESTIONS:
            return reception.refuse(text)
        return reception.replies.build_reply(reception.ask(text, "command", user), asked=text, shareable=True)
