"""`/fault why LINK`: what the desk did about a post of this channel, and why.

Where the post's own words decided, what was read in them follows in a message of its own (why_reading.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.outbox.decision_store import LedgerRow
from bot.posts.links import read_link
from bot.replies import ids
from bot.replies.plain import find_reason, find_rule
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.slack.commands.call import CommandCall
from bot.slack.commands.why_reading import PostReading

_SILENCES = {
    "not-watched": SlackSentence.SILENT_NOT_WATCHED,
    "bot-in-thread": SlackSentence.SILENT_BOT_IN_THREAD,
    "own-words": SlackSentence.SILENT_OWN_WORDS,
    "resolved": SlackSentence.SILENT_RESOLVED,
    "already-answered": SlackSentence.SILENT_ALREADY_ANSWERED,
    "muted": SlackSentence.SILENT_MUTED,
    "shadow": SlackSentence.SILENT_SHADOW,
    "internal-only": SlackSentence.SILENT_INTERNAL_ONLY,
    "over-limit": SlackSentence.SILENT_OVER_LIMIT,
    "thanks": SlackSentence.SILENT_THANKS,
}


def answer_why(call: CommandCall) -> Reply | None:
    """Tell what the ledger holds on a post; None where the text is a question."""
    link = read_link(call.text)
    if link is None:
        return None if call.words else call.build_notice(SlackSentence.WHY_USAGE, command=ids.COMMAND)
    channel, ts = link
    rows = call.services.decisions.find_ledger_rows(call.team, channel, ts) if channel == call.channel else ()
    if not rows:
        return call.build_notice(SlackSentence.WHY_UNKNOWN)
    spoken = [row for row in rows if row.action != "silent"]
    return _explain_row(call, spoken[-1] if spoken else rows[-1])


def _explain_row(call: CommandCall, row: LedgerRow) -> Reply:
    if row.action != "silent" and row.kind != "abstained":
        rule = find_rule(row.rule)
        return call.build_notice(
            SlackSentence.WHY_ANSWERED,
            codes=_list_codes(row.entries),
            rule=call.word(rule) if rule else row.rule,
            score=f"{row.score:.0f}",
        )
    if row.reason not in _SILENCES:  # what the post says decided
        setting = call.services.channels.find_setting(call.team, call.channel)
        call.services.send(PostReading(call, row, setting.eager))
    reason = _SILENCES.get(row.reason) or find_reason(row.reason)
    lines = [call.word(SlackSentence.WHY_SILENT, reason=call.word(reason))]
    near = row.entries or row.runners_up
    if near:
        lines.append(call.word(SlackSentence.WHY_NEAR, codes=_list_codes(near)))
    return call.desk.replies.build_ready(" ".join(lines))


def _list_codes(names: Sequence[str]) -> str:
    return ", ".join(name.rpartition("/")[2] for name in names)
