"""`/fault watch`: whether the desk reads a channel's posts, what it takes as evidence, its language there."""

from __future__ import annotations

from dataclasses import replace

from bot.answer_context import AnswerContext
from bot.outbox.decision_store import ChannelRow
from bot.replies import ids
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.slack.commands.call import CommandCall
from bot.watch_mode import WATCH_MODES

STATUS = "status"
EVIDENCE = ("careful", "eager")

_MODE_SENTENCES = {"off": Sentence.MODE_OFF, "shadow": Sentence.MODE_SHADOW, "auto": Sentence.MODE_AUTO}


def answer_watch(call: CommandCall) -> Reply | None:
    """Set the channel, or tell how it is set; None where the text is a question."""
    words = call.words
    if words and words[0] not in (*WATCH_MODES, STATUS):
        return None
    if call.is_direct:
        return call.build_notice(Sentence.NOTHING_TO_WATCH, command=ids.COMMAND, word="watch")
    languages = _list_languages(call.desk)
    setting = call.services.channels.find_setting(call.team, call.channel)
    unknown = [word for word in words[1:] if word not in (*EVIDENCE, *languages)]
    if not words or unknown:
        listed = ", ".join(call.desk.knowledge.languages)
        return call.build_notice(Sentence.WATCH_USAGE, command=ids.COMMAND, languages=listed)
    if words[0] == STATUS:
        return _build_status(call, setting)
    if not call.is_by_admin:
        return call.build_notice(Sentence.WATCH_REFUSED)
    changed = replace(
        setting,
        mode=WATCH_MODES[words[0]],
        eager="eager" in words or (setting.eager and "careful" not in words),
        language=next((languages[word] for word in words[1:] if word in languages), setting.language),
        changed_by=call.user,
        changed_at=call.services.clock(),
    )
    call.services.channels.change_setting(changed)
    call.announce(Sentence.WATCH_CHANGED, **_word_setting(call, changed))
    return _build_status(call, changed)


def _build_status(call: CommandCall, setting: ChannelRow) -> Reply:
    language = call.desk.choose_language(setting.language)
    name = call.desk.knowledge.languages[language].name
    return call.build_notice(Sentence.WATCH_STATUS, shown=name, **_word_setting(call, setting))


def _word_setting(call: CommandCall, setting: ChannelRow) -> dict[str, str]:
    evidence = Sentence.EAGER if setting.eager else Sentence.CAREFUL
    return {"mode": call.word(_MODE_SENTENCES[setting.mode]), "evidence": call.word(evidence)}


def _list_languages(desk: AnswerContext) -> dict[str, str]:
    """Return the languages' ids by what a person may type for them."""
    known = desk.knowledge.languages.values()
    return {
        word: each.id for each in known for name in (each.id, each.name) for word in desk.read_words(name)
    }
