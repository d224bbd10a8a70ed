"""Who gives a command about a channel, where, and the desk that answers: what such commands have in common.

Called by the commands' listeners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.answer_context import AnswerContext
from bot.outbox.direct_sender import DirectSender
from bot.outbox.message import ChannelMessage, ResponseUrlMessage
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.slack.fallbacks import say_instead


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command as it was given; it is answered in the desk's own language, which the channel shares."""

    answers: AnswerContext
    team: str
    channel: str
    user: str
    response_url: str

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.answers.language

    def say(self, key: Sentence, **values: object) -> Reply:
        """Return a message that says one fixed sentence; values that people wrote are escaped."""
        return self.answers.replies.build_notice(key, self.language, **values)

    def announce(self, direct: DirectSender, client: WebClient, key: Sentence, **values: str) -> Reply:
        """Say in the channel who changed what; where the desk is no member, say how to invite it.

        The values are escaped already.
        """
        said = self.answers.replies.say(key, self.language, person=f"<@{self.user}>", **values)
        line = self.answers.replies.build_ready(said)
        invite = ResponseUrlMessage(self.say(Sentence.INVITE), self.response_url)
        direct.post(client, ChannelMessage(line, self.channel), fallback=say_instead(invite))
        return line


def read_slash_command(answers: AnswerContext, command: Mapping[str, Any]) -> SlashCommand:
    """Read the payload of a slash command; every part may be missing."""
    team, channel, user, url = (
        str(command.get(name) or "") for name in ("team_id", "channel_id", "user_id", "response_url")
    )
    return SlashCommand(answers, team, channel, user, url)
