"""`/fault note` and `/fault notes`: what people want said first wherever a code comes up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.outbox.note_store import EVERYWHERE, NoteRow
from bot.replies import ids
from bot.replies.mrkdwn import escape
from bot.replies.note import MOST_TEXT
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence, SlackSentence
from bot.slack.commands.call import CommandCall
from bot.slack.commands.note_end import read_end
from bot.slack.notes import build_note
from bot.slack.permissions import Act

OFF, ALL = "off", "everywhere"
_WORDS = re.compile(r"\s*\S{1,100}\s+(?P<code>\S{1,100})(?:\s+(?P<rest>\S[\s\S]*))?")


def answer_note(call: CommandCall) -> Reply | None:
    """Add a note or take it off; None where what follows the word is no code."""
    if not call.words:
        return call.build_notice(SlackSentence.NOTE_USAGE, command=ids.COMMAND, most=MOST_TEXT)
    typed = _WORDS.fullmatch(call.text)
    code = _find_code(call, typed["code"]) if typed else None
    if typed is None or code is None:
        return None
    rest, is_everywhere = _take_word(typed["rest"] or "", ALL)
    if not rest:
        return call.build_notice(SlackSentence.NOTE_USAGE, command=ids.COMMAND, most=MOST_TEXT)
    if not call.may(Act.SET_CHANNEL):
        return call.build_notice(SlackSentence.WATCH_REFUSED)
    if call.is_direct and not is_everywhere:
        return call.build_notice(SlackSentence.NOTE_IN_DIRECT, command=ids.COMMAND, code=code)
    place = EVERYWHERE if is_everywhere else call.channel
    if call.desk.read_words(rest) == [OFF]:
        return _take_off(call, place, code)
    text, until = read_end(rest, call.services.clock(), call.desk.knowledge.languages.values())
    if not text or len(text) > MOST_TEXT:
        return call.build_notice(SlackSentence.NOTE_TOO_LONG, most=MOST_TEXT, count=len(text))
    at = call.services.clock()
    row = NoteRow(call.team, place, code, text, call.user, call.user_name, at, until)
    call.services.notes.set_note(row)
    _announce(call, SlackSentence.NOTE_ADDED_EVERYWHERE if is_everywhere else SlackSentence.NOTE_ADDED, code)
    return call.desk.notices.build_notes([(code, build_note(row))], call.language)


def answer_notes(call: CommandCall) -> Reply | None:
    """List the notes that hold here; None where the text is a question."""
    if call.words:
        return None
    rows = call.services.notes.list_notes(call.team, call.channel)
    return call.desk.notices.build_notes([(row.code, build_note(row)) for row in rows], call.language)


def list_note_forms(_call: CommandCall) -> Sequence[str]:
    """Return words that may follow a code."""
    return (OFF, ALL)


def _find_code(call: CommandCall, typed: str) -> str | None:
    """Return a documented code as its entry writes it."""
    desk = call.services.channels.limit_packs(call.desk, call.team, call.channel)
    matches = desk.judge_text(typed).matches
    words = call.desk.read_words(typed)
    found = (match.entry.code for match in matches if call.desk.read_words(match.entry.code) == words)
    return next(found, None)


def _take_word(text: str, word: str) -> tuple[str, bool]:
    """Return a text without a word at its beginning or end, and whether it had it there."""
    words = text.split()
    if words and words[0].casefold() == word:
        return text.lstrip()[len(word) :].strip(), True
    if words and words[-1].casefold() == word:
        return text.rstrip()[: -len(word)].strip(), True
    return text.strip(), False


def _take_off(call: CommandCall, place: str, code: str) -> Reply:
    if call.services.notes.delete_note(call.team, place, code):
        is_everywhere = place == EVERYWHERE
        key = SlackSentence.NOTE_REMOVED_EVERYWHERE if is_everywhere else SlackSentence.NOTE_REMOVED
        return _announce(call, key, code)
    if any(row.code == code for row in call.services.notes.list_notes(call.team, call.channel)):
        return call.build_notice(SlackSentence.NOTE_IS_EVERYWHERE, command=ids.COMMAND, code=code)
    return call.build_notice(SlackSentence.NOTE_ABSENT, code=code)


def _announce(call: CommandCall, key: Sentence, code: str) -> Reply:
    """Tell the channel; in a direct message there is nobody else to tell."""
    if call.is_direct:
        return call.desk.replies.build_ready(call.word(key, person=f"<@{call.user}>", code=escape(code)))
    return call.announce(key, code=escape(code))
