"""`/fault TEXT`: the answer is the acknowledgement, and only who asked sees it.

The first word may name a subcommand, each of which has a file of its own; all else is a question.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
from slack_bolt import BoltResponse

from bot.replies import ids
from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence, SlackSentence
from bot.slack.commands.call import CommandCall
from bot.slack.commands.doctor import answer_doctor
from bot.slack.commands.gaps import answer_gaps, list_gap_forms
from bot.slack.commands.mute import answer_mute, list_mute_forms
from bot.slack.commands.note import answer_note, answer_notes, list_note_forms
from bot.slack.commands.packs import answer_packs, list_pack_forms
from bot.slack.commands.report import answer_report, list_report_forms
from bot.slack.commands.subcommand import Subcommand, find_hint
from bot.slack.commands.watch import answer_watch, list_watch_forms
from bot.slack.commands.why import answer_why
from bot.slack.notes import find_due_notes
from bot.slack.payload import SlashCommand
from bot.slack.private_answer import note_private_answer, refuse_over_limit
from bot.slack.services import Services

SUBCOMMANDS = (
    Subcommand("watch", SlackSentence.WATCH_USAGE, answer_watch, list_watch_forms, {"unwatch": "watch off"}),
    Subcommand("mute", SlackSentence.MUTE_USAGE, answer_mute, list_mute_forms, {"unmute": "mute off"}),
    Subcommand("why", SlackSentence.WHY_USAGE, answer_why),
    Subcommand("packs", SlackSentence.PACKS_USAGE, answer_packs, list_pack_forms),
    Subcommand("note", SlackSentence.NOTE_USAGE, answer_note, list_note_forms),
    Subcommand("notes", SlackSentence.NOTES_USAGE, answer_notes),
    Subcommand("gaps", ReportSentence.GAPS_USAGE, answer_gaps, list_gap_forms),
    Subcommand("report", ReportSentence.REPORT_USAGE, answer_report, list_report_forms),
    Subcommand("doctor", SlackSentence.DOCTOR_USAGE, answer_doctor),
)
"""Every word that may stand first; anything else is a question."""


def handle_fault(services: Services, received: SlashCommand) -> BoltResponse:
    """Answer in the acknowledgement: as a JSON body, for Slack takes no blocks in another.

    Bolt's `ack` would write it a quarter as fast, and Chinese twice as long.
    """
    desk = services.contexts.open_context()
    first, *words = desk.read_words(received.text) or [""]
    call = CommandCall(
        services=services,
        desk=desk,
        language=desk.language,
        team=received.team_id,
        channel=received.channel_id,
        is_direct=received.is_direct,
        user=received.user_id,
        user_name=received.user_name,
        response_url=received.response_url,
        text=received.text,
        words=tuple(words),
    )
    reply = _refuse(call) or _answer_subcommand(call, first) or answer_question(call)
    answer = {"response_type": "ephemeral", "text": reply.text, "blocks": reply.blocks}
    return BoltResponse(status=200, body=msgspec.json.encode(answer).decode())


def _refuse(call: CommandCall) -> Reply | None:
    """Return the sentence for a person who gives too many commands; how to ask is told always."""
    if call.desk.asks_for_help(call.text):
        return None
    return refuse_over_limit(
        call.services, call.desk, "command", call.team, call.channel, call.user, call.text
    )


def _answer_subcommand(call: CommandCall, first: str) -> Reply | None:
    """Return the answer of a subcommand, or how it is given where it is mistyped; None for a question."""
    subcommand = next((each for each in SUBCOMMANDS if each.word == first), None)
    answered = subcommand.answer(call) if subcommand else None
    return answered or find_hint(call, first, SUBCOMMANDS, call.is_question)


def build_help(call: CommandCall) -> Reply:
    """Return how to ask, in every language, and every subcommand, in that of the person."""
    language = call.desk.find_language(call.text)
    heading = call.desk.replies.say(SlackSentence.COMMANDS, language, command=ids.COMMAND)
    spoken = replace(call, language=language)
    usages = [f"• {each.word_usage(spoken)}" for each in SUBCOMMANDS]
    usage, commands = call.desk.replies.build_usage(), call.desk.replies.build_report([heading, *usages])
    return Reply("\n\n".join([usage.text, "\n".join([heading, *usages])]), (*usage.blocks, *commands.blocks))


def answer_question(call: CommandCall) -> Reply:
    """Return the answer to a question, or how to ask one."""
    services, desk, text = call.services, call.desk, call.text
    if desk.asks_for_help(text) or desk.is_thanks(text):
        return build_help(call)
    limited = services.channels.limit_packs_as_known(desk, call.team, call.channel)
    recall = limited.answer_question(text, "command", call.user)
    note_private_answer(services, desk, "command", recall, call.team, call.channel, text)
    return desk.replies.build_reply(
        recall,
        asked=text,
        shareable=True,
        remark=desk.say_read_part(text, recall.language),
        notes=find_due_notes(services, call.team, call.channel, recall.verdict),
    )
