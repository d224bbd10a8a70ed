"""`/fault packs`: which products' packs a channel asks. Every surface in it asks those alone.

Called by the command's listener.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from slack_sdk import WebClient

from bot.answer_context import AnswerContext
from bot.channels.settings import ChannelSettings
from bot.outbox.direct_sender import DirectSender
from bot.replies import ids
from bot.replies.mrkdwn import escape
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.slack.commands.slash_command import SlashCommand, read_slash_command

WORD = "packs"
ALL = "all"


class PacksCommand:
    """The command; `admins` are the user ids that may bind a channel, anybody if there are none."""

    def __init__(self, direct: DirectSender, channels: ChannelSettings, admins: frozenset[str]) -> None:
        self._direct = direct
        self._channels = channels
        self._admins = admins

    def answer(
        self, answers: AnswerContext, client: WebClient, text: str, command: dict[str, Any]
    ) -> Reply | None:
        """Return the answer to this command, or None where it is another."""
        first, *names = answers.read_words(text) or [""]
        if first != WORD:
            return None
        asked = read_slash_command(answers, command)
        return self._bind(client, asked, names) if names else self._tell(asked)

    def _bind(self, client: WebClient, asked: SlashCommand, names: Sequence[str]) -> Reply:
        packs = asked.answers.knowledge.packs
        known = {word: pack for pack in packs for word in asked.answers.read_words(pack)}
        names = [] if names == [ALL] else names
        unknown = [name for name in names if name not in known]
        if unknown:
            return asked.say(Sentence.PACK_UNKNOWN, pack=unknown[0], known=", ".join(packs))
        if self._admins and asked.user not in self._admins:
            return asked.say(Sentence.WATCH_REFUSED)
        chosen = sorted({known[name] for name in names})
        self._channels.bind(asked.team, asked.channel, chosen)
        key = Sentence.PACKS_CHANGED if chosen else Sentence.PACKS_LIFTED
        asked.announce(self._direct, client, key, packs=escape(_name(asked, chosen)))
        return self._tell(asked)

    def _tell(self, asked: SlashCommand) -> Reply:
        """Say which packs the channel asks, and which it was bound to that are gone."""
        knowledge = asked.answers.knowledge
        bound = self._channels.find(asked.team, asked.channel).packs
        scope = knowledge.choose_packs(bound)
        named = _name(asked, [pack.id for pack in knowledge.list_packs(scope)])
        key = Sentence.PACKS_ALL if scope is None else Sentence.PACKS_BOUND
        lines = [asked.say(key, packs=named, command=ids.COMMAND)]
        gone = [name for name in bound if name not in knowledge.packs]
        if gone:
            lost = Sentence.PACKS_GONE if len(gone) < len(bound) else Sentence.PACKS_NONE_LEFT
            lines.append(asked.say(lost, gone=", ".join(gone)))
        return asked.answers.replies.build_ready("\n".join(line.text for line in lines))


def _name(asked: SlashCommand, names: Iterable[str]) -> str:
    packs = asked.answers.knowledge.packs
    return ", ".join(f"{name} ({packs[name].title[asked.language]})" for name in names)
