"""`/fault watch`: whether the desk reads a channel's posts, what it takes as evidence, its language there."""

from __future__ import annotations

from dataclasses import replace

from bot.answer_context import AnswerContext
from bot.outbox.decision_store import ChannelRow
from bot.replies import ids
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.slack.commands.call import CommandCall
from bot.slack.permissions import Act
from bot.watch_mode import WATCH_MODES

STATUS = "status"
EVIDENCE = ("careful", "eager")

_MODE_SENTENCES = {
    "off": SlackSentence.MODE_OFF,
    "shadow": SlackSentence.MODE_SHADOW,
    "auto": SlackSentence.MODE_AUTO,
}


def answer_watch(call: CommandCall) -> Reply | None:
    """Set the channel, or tell how it is set; None where the text is no such command."""
    words, languages = call.words, _list_languages(call.desk)
    first, others = words[:1], words[1:]
    if any(word not in (*WATCH_MODES, STATUS) for word in first) or (STATUS in first and others):
        return None
    if any(word not in (*EVIDENCE, *languages) for word in others):
        return None
    if call.is_direct:
        return call.build_notice(SlackSentence.NOTHING_TO_WATCH, command=ids.COMMAND, word="watch")
    if not first:
        listed = ", ".join(call.desk.knowledge.languages)
        return call.build_notice(SlackSentence.WATCH_USAGE, command=ids.COMMAND, languages=listed)
    setting = call.services.channels.find_setting(call.team, call.channel)
    if first == (STATUS,):
        return _build_status(call, setting)
    if not call.may(Act.SET_CHANNEL):
        return call.build_notice(SlackSentence.WATCH_REFUSED)
    changed = replace(
        setting,
        mode=WATCH_MODES[first[0]],
        eager="eager" in others or (setting.eager and "careful" not in others),
        language=next((languages[word] for word in others if word in languages), setting.language),
        changed_by=call.user,
        changed_at=call.services.clock(),
    )
    call.services.channels.change_setting(changed)
    call.announce(SlackSentence.WATCH_CHANGED, **_word_setting(call, changed))
    return _build_status(call, changed)


def list_watch_forms(call: CommandCall) -> list[str]:
    """Return what may follow the word."""
    options = ("", *EVIDENCE, *_list_languages(call.desk))
    return [
        *(f"{mode} {option}".strip() for mode in reversed(list(WATCH_MODES)) for option in options),
        STATUS,
    ]


def _build_status(call: CommandCall, setting: ChannelRow) -> Reply:
    language = call.desk.choose_language(setting.language)
    name = call.desk.knowledge.languages[language].name
    return call.build_notice(SlackSentence.WATCH_STATUS, shown=name, **_word_setting(call, setting))


def _word_setting(call: CommandCall, setting: ChannelRow) -> dict[str, str]:
    evidence = SlackSentence.EAGER if setting.eager else SlackSentence.CAREFUL
    return {"mode": call.word(_MODE_SENTENCES[setting.mode]), "evidence": call.word(evidence)}


def _list_languages(desk: AnswerContext) -> dict[str, str]:
    """Return the languages' ids by what a person may type for them."""
    known = desk.knowledge.languages.values()
    return {
        word: each.id for each in known for name in (each.id, each.name) for word in desk.read_words(name)
    }
