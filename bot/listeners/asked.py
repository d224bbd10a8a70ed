"""Who gives a command about a channel, where, and the desk that answers: what such commands have in common.

Called by the commands' listeners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import Posted, Responded
from bot.listeners.apology import say_instead
from bot.listeners.reception import Sitting
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it was given; it is answered in the desk's own language, which the channel shares."""

    sitting: Sitting
    team: str
    channel: str
    user: str
    response_url: str

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.sitting.language

    def say(self, key: Sentence, **values: object) -> Reply:
        """Return a message that says one fixed sentence; values that people wrote are escaped."""
        return self.sitting.replies.build_notice(key, self.language, **values)

    def announce(self, courier: Courier, client: WebClient, key: Sentence, **values: str) -> Reply:
        """Say in the channel who changed what; where the desk is no member, say how to invite it.

        The values are escaped already.
        """
        said = self.sitting.replies.say(key, self.language, person=f"<@{self.user}>", **values)
        line = self.sitting.replies.build_ready(said)
        invite = Responded(self.say(Sentence.INVITE), self.response_url)
        courier.post(client, Posted(line, self.channel), apology=say_instead(invite))
        return line


def read_asked(sitting: Sitting, command: Mapping[str, Any]) -> Asked:
    """Read the payload of a slash command; every part may be missing."""
    team, channel, user, url = (
        str(command.get(name) or "") for name in ("team_id", "channel_id", "user_id", "response_url")
    )
    return Asked(sitting, team, channel, user, url)
