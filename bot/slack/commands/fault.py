"""`/fault TEXT`: the answer is the acknowledgement, and only who asked sees it.

The first word may name a subcommand, each of which has a file of its own; all else is a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_bolt import Ack

from bot.replies.reply import Reply
from bot.slack.commands.call import CommandCall
from bot.slack.commands.doctor import answer_doctor
from bot.slack.commands.mute import answer_mute
from bot.slack.commands.packs import answer_packs
from bot.slack.commands.watch import answer_watch
from bot.slack.commands.why import answer_why
from bot.slack.payload import SlashCommand
from bot.slack.private_answer import note_private_answer, refuse_over_limit
from bot.slack.services import Services

SUBCOMMANDS: Mapping[str, Callable[[CommandCall], Reply | None]] = {
    "watch": answer_watch,
    "mute": answer_mute,
    "why": answer_why,
    "packs": answer_packs,
    "doctor": answer_doctor,
}
"""What answers each; None where the text is a question that begins with such a word."""


def handle_fault(ack: Ack, services: Services, received: SlashCommand) -> None:
    """Answer in the acknowledgement: as a JSON body, for Slack takes no blocks in another."""
    desk = services.contexts.open_context()
    first, *words = desk.read_words(received.text) or [""]
    call = CommandCall(
        services=services,
        desk=desk,
        team=received.team_id,
        channel=received.channel_id,
        is_direct=received.is_direct,
        user=received.user_id,
        response_url=received.response_url,
        text=received.text,
        words=tuple(words),
    )
    answer_command = SUBCOMMANDS.get(first)
    reply = (answer_command(call) if answer_command else None) or answer_question(call)
    ack(response_type="ephemeral", text=reply.text, blocks=list(reply.blocks))


def answer_question(call: CommandCall) -> Reply:
    """Return the answer to a question, or how to ask one."""
    services, desk, text = call.services, call.desk, call.text
    if desk.asks_for_help(text) or desk.is_thanks(text):
        return desk.replies.build_usage()
    refusal = refuse_over_limit(services, desk, "command", call.team, call.channel, call.user, text)
    if refusal:
        return refusal
    limited = services.channels.limit_packs_as_known(desk, call.team, call.channel)
    recall = limited.answer_question(text, "command", call.user)
    note_private_answer(services, desk, "command", recall, call.team, call.channel, text)
    return desk.replies.build_reply(
        recall, asked=text, shareable=True, remark=desk.say_read_part(text, recall.language)
    )
