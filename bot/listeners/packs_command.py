"""`/fault packs`: which products' packs a channel asks. Every surface in it asks those alone.

Called by the command's listener.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import Posted, Responded
from bot.listeners.apology import say_instead
from bot.listeners.channels import Channels
from bot.listeners.reception import Sitting
from bot.replies import ids
from bot.replies.mrkdwn import escape
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence

WORD = "packs"
ALL = "all"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who gives the command where, and the desk that answers it."""

    sitting: Sitting
    team: str
    channel: str
    user: str
    response_url: str


class PacksCommand:
    """The command; `admins` are the user ids that may bind a channel, anybody if there are none."""

    def __init__(self, courier: Courier, channels: Channels, admins: frozenset[str]) -> None:
        self._courier = courier
        self._channels = channels
        self._admins = admins

    def answer(self, sitting: Sitting, client: WebClient, text: str, command: dict[str, Any]) -> Reply | None:
        """Return the answer to this command, or None where it is another."""
        first, *names = sitting.read_words(text) or [""]
        if first != WORD:
            return None
        asked = _Asked(
            sitting=sitting,
            team=str(command.get("team_id") or ""),
            channel=str(command.get("channel_id") or ""),
            user=str(command.get("user_id") or ""),
            response_url=str(command.get("response_url") or ""),
        )
        return self._bind(client, asked, names) if names else self._tell(asked)

    def _bind(self, client: WebClient, asked: _Asked, names: Sequence[str]) -> Reply:
        packs = asked.sitting.knowledge.packs
        known = {word: pack for pack in packs for word in asked.sitting.read_words(pack)}
        names = [] if names == [ALL] else names
        unknown = [name for name in names if name not in known]
        if unknown:
            return self._say(Sentence.PACK_UNKNOWN, asked, pack=unknown[0], known=", ".join(packs))
        if self._admins and asked.user not in self._admins:
            return self._say(Sentence.WATCH_REFUSED, asked)
        chosen = sorted({known[name] for name in names})
        self._channels.bind(asked.team, asked.channel, chosen)
        self._announce(client, asked, chosen)
        return self._tell(asked)

    def _tell(self, asked: _Asked) -> Reply:
        """Say which packs the channel asks, and which it was bound to that are gone."""
        knowledge = asked.sitting.knowledge
        bound = self._channels.find(asked.team, asked.channel).packs
        scope = knowledge.choose_packs(bound)
        named = self._name(asked, [pack.id for pack in knowledge.list_packs(scope)])
        key = Sentence.PACKS_ALL if scope is None else Sentence.PACKS_BOUND
        lines = [self._say(key, asked, packs=named, command=ids.COMMAND)]
        gone = [name for name in bound if name not in knowledge.packs]
        if gone:
            lost = Sentence.PACKS_GONE if len(gone) < len(bound) else Sentence.PACKS_NONE_LEFT
            lines.append(self._say(lost, asked, gone=", ".join(gone)))
        return asked.sitting.replies.build_ready("\n".join(line.text for line in lines))

    def _announce(self, client: WebClient, asked: _Asked, chosen: Sequence[str]) -> None:
        """Say in the channel who changed it; where the desk is no member, say how to invite it."""
        replies, language = asked.sitting.replies, asked.sitting.language
        key = Sentence.PACKS_CHANGED if chosen else Sentence.PACKS_LIFTED
        said = replies.say(key, language, person=f"<@{asked.user}>", packs=escape(self._name(asked, chosen)))
        invite = Responded(self._say(Sentence.INVITE, asked), asked.response_url)
        line = Posted(replies.build_ready(said), asked.channel)
        self._courier.post(client, line, apology=say_instead(invite))

    def _name(self, asked: _Asked, names: Iterable[str]) -> str:
        packs, language = asked.sitting.knowledge.packs, asked.sitting.language
        return ", ".join(f"{name} ({packs[name].title[language]})" for name in names)

    def _say(self, key: Sentence, asked: _Asked, **values: object) -> Reply:
        return asked.sitting.replies.build_notice(key, asked.sitting.language, **values)
