"""`/fault mute`: the desk is silent in a channel, for some time or until it is told otherwise."""

from __future__ import annotations

from bot.replies import ids
from bot.replies.dates import build_time
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.slack.commands.call import CommandCall

SPANS = {"hour": 3600.0, "day": 86400.0}  # seconds
CHANNEL, OFF = "channel", "off"
FOR_GOOD = 4102444800.0  # the year 2100, in epoch seconds


def answer_mute(call: CommandCall) -> Reply | None:
    """Mute the channel or end that; None where the text is no such command."""
    typed = " ".join(call.words)
    if typed and typed not in list_mute_forms(call):
        return None
    if call.is_direct:
        return call.build_notice(SlackSentence.NOTHING_TO_WATCH, command=ids.COMMAND, word="mute")
    if not typed:
        return call.build_notice(SlackSentence.MUTE_USAGE, command=ids.COMMAND)
    span = call.words[-1]
    if span == OFF:
        until, key = 0.0, SlackSentence.CHANNEL_UNMUTED
    elif span in SPANS:
        until, key = call.services.clock() + SPANS[span], SlackSentence.CHANNEL_MUTED
    else:
        until, key = FOR_GOOD, SlackSentence.CHANNEL_MUTED_FOR_GOOD
    call.services.channels.mute_channel(call.team, call.channel, until)
    return call.announce(key, until=build_time(until), command=ids.COMMAND)


def list_mute_forms(_call: CommandCall) -> list[str]:
    """Return what may follow the word."""
    spans = (*SPANS, OFF)
    return [CHANNEL, *spans, *(f"{CHANNEL} {span}" for span in spans)]
