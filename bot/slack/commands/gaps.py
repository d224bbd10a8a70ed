"""`/fault gaps`: what people asked for in vain, for authors. What a gap is stands in bot/stores/gaps.py."""

from __future__ import annotations

from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence
from bot.slack.commands.call import CommandCall
from bot.slack.gaps import GapMessage
from bot.slack.permissions import Act

IGNORED = "ignored"


def answer_gaps(call: CommandCall) -> Reply | None:
    """Begin the list, which comes later; None where the text is a question."""
    if call.words not in ((), (IGNORED,)):
        return None
    if not call.may(Act.SEE_GAPS):
        return call.build_notice(ReportSentence.AUTHORS_ONLY)
    call.send_later(
        GapMessage(call.services, call.desk, call.team, call.response_url, ignored=bool(call.words))
    )
    return call.build_notice(ReportSentence.GAPS_BEGUN)


def list_gap_forms(_call: CommandCall) -> tuple[str, ...]:
    """Return what may follow the word."""
    return (IGNORED,)
