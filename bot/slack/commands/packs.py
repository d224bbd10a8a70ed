"""`/fault packs`: which products' packs a channel asks. Every surface in it asks those alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.replies import ids
from bot.replies.mrkdwn import escape
from bot.replies.reply import Reply
from bot.replies.sentences import AuthoringSentence, SlackSentence
from bot.slack.commands.call import CommandCall
from bot.slack.permissions import Act

ALL = "all"
NEAR = 60.0  # per cent of letters in common, below which no pack is meant by a name


def answer_packs(call: CommandCall) -> Reply | None:
    """Bind the channel to packs, or tell which it asks; None where the text is a question."""
    if not call.words:
        return _build_status(call)
    known = _list_packs(call)
    names = () if call.words == (ALL,) else call.words
    unknown = [name for name in names if name not in known]
    if unknown and len(unknown) == len(names) and call.is_question():
        return None
    if unknown:
        return _build_unknown(call, unknown[0], known)
    return _bind_packs(call, sorted({known[name] for name in names}))


def list_pack_forms(call: CommandCall) -> list[str]:
    """Return what may follow the word, but for several packs."""
    return [ALL, *_list_packs(call)]


def _list_packs(call: CommandCall) -> dict[str, str]:
    """Return the packs' ids by what a person types for them."""
    return {word: pack for pack in call.desk.knowledge.packs for word in call.desk.read_words(pack)}


def _build_unknown(call: CommandCall, name: str, known: Mapping[str, str]) -> Reply:
    """Tell which packs there are, and which the name may have been meant for."""
    notice = call.build_notice(AuthoringSentence.PACK_UNKNOWN, pack=name, known=", ".join(known.values()))
    found = process.extractOne(name, (*known, ALL), scorer=fuzz.ratio, score_cutoff=NEAR)
    if not found or name == ALL:
        return notice
    meant = call.word(SlackSentence.DID_YOU_MEAN, command=ids.COMMAND, form=f"packs {found[0]}")
    return call.desk.replies.build_ready(f"{meant}\n{notice.text}")


def _bind_packs(call: CommandCall, chosen: Sequence[str]) -> Reply:
    if not call.may(Act.SET_CHANNEL):
        return call.build_notice(SlackSentence.WATCH_REFUSED)
    call.services.channels.bind_packs(call.team, call.channel, chosen)
    key = SlackSentence.PACKS_CHANGED if chosen else SlackSentence.PACKS_LIFTED
    call.announce(key, packs=escape(_name_packs(call, chosen)))
    return _build_status(call)


def _build_status(call: CommandCall) -> Reply:
    """Tell which packs the channel asks, and which it was bound to that are gone."""
    knowledge = call.desk.knowledge
    bound = call.services.channels.find_setting(call.team, call.channel).packs
    scope = knowledge.choose_packs(bound)
    named = _name_packs(call, [pack.id for pack in knowledge.list_packs(scope)])
    key = SlackSentence.PACKS_ALL if scope is None else SlackSentence.PACKS_BOUND
    lines = [call.build_notice(key, packs=named, command=ids.COMMAND)]
    gone = [name for name in bound if name not in knowledge.packs]
    if gone:
        lost = SlackSentence.PACKS_GONE if len(gone) < len(bound) else SlackSentence.PACKS_NONE_LEFT
        lines.append(call.build_notice(lost, gone=", ".join(gone)))
    return call.desk.replies.build_ready("\n".join(line.text for line in lines))


def _name_packs(call: CommandCall, names: Iterable[str]) -> str:
    return ", ".join(call.desk.replies.name_pack(name, call.language) for name in names)
