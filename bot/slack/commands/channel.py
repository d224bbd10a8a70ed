"""`/fault watch`, `/fault mute` and `/fault why`: what a channel's people say to the desk about the desk.

Anything else behind `/fault` is a question and command.py's part, which asks here first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from bot.answer_context import AnswerContext, AnswerContexts
from bot.channels.settings import ChannelSettings
from bot.outbox.decision_store import ChannelRow, DecisionStore, LedgerRow
from bot.outbox.direct_sender import DirectSender
from bot.posts.links import read_link
from bot.replies import ids
from bot.replies.notices import build_time
from bot.replies.plain import find_reason, find_rule
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.slack.commands.slash_command import SlashCommand, read_slash_command
from bot.watch_mode import WATCH_MODES

SPANS = {"hour": 3600.0, "day": 86400.0}
FOR_GOOD = 4102444800.0  # the year 2100, in epoch seconds

_MODE_TOLD = {"off": Sentence.MODE_OFF, "shadow": Sentence.MODE_SHADOW, "auto": Sentence.MODE_AUTO}
_SILENT_TOLD = {
    "not-watched": Sentence.SILENT_NOT_WATCHED,
    "bot-in-thread": Sentence.SILENT_BOT_IN_THREAD,
    "own-words": Sentence.SILENT_OWN_WORDS,
    "resolved": Sentence.SILENT_RESOLVED,
    "already-answered": Sentence.SILENT_ALREADY_ANSWERED,
    "muted": Sentence.SILENT_MUTED,
    "shadow": Sentence.SILENT_SHADOW,
    "internal-only": Sentence.SILENT_INTERNAL_ONLY,
}


class ChannelCommand:
    """The commands; `admins` are the user ids that may change a channel, anybody if there are none."""

    def __init__(
        self,
        contexts: AnswerContexts,
        decisions: DecisionStore,
        direct: DirectSender,
        channels: ChannelSettings,
        admins: frozenset[str],
    ) -> None:
        self._contexts = contexts
        self._decisions = decisions
        self._direct = direct
        self._channels = channels
        self._admins = admins

    def answer(
        self, answers: AnswerContext, client: WebClient, text: str, command: dict[str, Any]
    ) -> Reply | None:
        """Return the answer to one of these commands, or None where the text is a question."""
        first, *rest = answers.read_words(text) or [""]
        asked = read_slash_command(answers, command)
        if first == "watch" and (not rest or rest[0] in (*WATCH_MODES, "status")):
            return self._watch(client, asked, rest)
        if first == "mute" and (not rest or rest[0] in ("channel", "off", *SPANS)):
            return self._mute(client, asked, rest)
        if first == "why" and (not rest or read_link(text)):
            return self._why(asked, text)
        return None

    def _watch(self, client: WebClient, asked: SlashCommand, words: Sequence[str]) -> Reply:
        languages = _list_languages(asked.answers)
        setting = self._channels.find(asked.team, asked.channel)
        options = [word for word in words[1:] if word not in ("careful", "eager", *languages)]
        if not words or options:
            listed = ", ".join(asked.answers.knowledge.languages)
            return asked.say(Sentence.WATCH_USAGE, command=ids.COMMAND, languages=listed)
        if words[0] == "status":
            return self._tell_status(asked, setting)
        if self._admins and asked.user not in self._admins:
            return asked.say(Sentence.WATCH_REFUSED)
        language = next((languages[word] for word in words[1:] if word in languages), setting.language)
        changed = replace(
            setting,
            mode=WATCH_MODES[words[0]],
            eager="eager" in words or (setting.eager and "careful" not in words),
            language=language,
            changed_by=asked.user,
            changed_at=self._contexts.now(),
        )
        self._channels.set(changed)
        asked.announce(self._direct, client, Sentence.WATCH_CHANGED, **self._tell_setting(changed, asked))
        return self._tell_status(asked, changed)

    def _mute(self, client: WebClient, asked: SlashCommand, words: Sequence[str]) -> Reply:
        if not words or (words[0] == "channel" and words[1:] and words[1] not in (*SPANS, "off")):
            return asked.say(Sentence.MUTE_USAGE, command=ids.COMMAND)
        span = words[-1]
        if span == "off":
            until, key = 0.0, Sentence.CHANNEL_UNMUTED
        elif span in SPANS:
            until, key = self._contexts.now() + SPANS[span], Sentence.CHANNEL_MUTED
        else:
            until, key = FOR_GOOD, Sentence.CHANNEL_MUTED_FOR_GOOD
        self._channels.mute(asked.team, asked.channel, until)
        return asked.announce(self._direct, client, key, until=build_time(until), command=ids.COMMAND)

    def _why(self, asked: SlashCommand, text: str) -> Reply:
        link = read_link(text)
        if link is None:
            return asked.say(Sentence.WHY_USAGE, command=ids.COMMAND)
        channel, ts = link
        rows = self._decisions.find_ledger_rows(asked.team, channel, ts) if channel == asked.channel else ()
        if not rows:
            return asked.say(Sentence.WHY_UNKNOWN)
        spoken = [row for row in rows if row.action != "silent"]
        return self._tell_row(asked, spoken[-1] if spoken else rows[-1])

    def _tell_row(self, asked: SlashCommand, row: LedgerRow) -> Reply:
        say = asked.answers.replies.say
        if row.action != "silent" and row.kind != "abstained":
            rule = find_rule(row.rule)
            return asked.say(
                Sentence.WHY_ANSWERED,
                codes=self._list_codes(row.entries),
                rule=say(rule, asked.language) if rule else row.rule,
                score=f"{row.score:.0f}",
            )
        reason = _SILENT_TOLD.get(row.reason) or find_reason(row.reason)
        told = say(Sentence.WHY_SILENT, asked.language, reason=say(reason, asked.language))
        near = row.entries or row.runners_up
        if near:
            told = f"{told} {say(Sentence.WHY_NEAR, asked.language, codes=self._list_codes(near))}"
        return asked.answers.replies.build_ready(told)

    def _tell_status(self, asked: SlashCommand, setting: ChannelRow) -> Reply:
        shown = asked.answers.choose_language(setting.language)
        name = asked.answers.knowledge.languages[shown].name
        return asked.say(Sentence.WATCH_STATUS, shown=name, **self._tell_setting(setting, asked))

    def _tell_setting(self, setting: ChannelRow, asked: SlashCommand) -> dict[str, str]:
        say = asked.answers.replies.say
        evidence = Sentence.EAGER if setting.eager else Sentence.CAREFUL
        return {
            "mode": say(_MODE_TOLD[setting.mode], asked.language),
            "evidence": say(evidence, asked.language),
        }

    def _list_codes(self, names: Sequence[str]) -> str:
        return ", ".join(name.rpartition("/")[2] for name in names)


def _list_languages(answers: AnswerContext) -> dict[str, str]:
    """Return the languages' ids by what a person may type for them."""
    known, read = answers.knowledge.languages.values(), answers.read_words
    return {word: each.id for each in known for name in (each.id, each.name) for word in read(name)}
