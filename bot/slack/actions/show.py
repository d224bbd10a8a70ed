"""An answer shown to the one who clicked: in the modal, in place of what was clicked, or below it."""

from __future__ import annotations

from dataclasses import replace

from bot.answer_context import AnswerContext
from bot.outbox.message import Ephemeral, ResponseUrlMessage, UpdatedMessage
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.slack.fallbacks import send_instead
from bot.slack.notes import find_due_notes
from bot.slack.payload import Click
from bot.slack.services import Services
from bot.slack.target import read_target


def show_alone(services: Services, desk: AnswerContext, click: Click, recall: Recall | None) -> None:
    """Show one person an answer, in place of what that person alone saw; or that there is none any more."""
    if click.view_id:
        _show_in_modal(services, desk, click, recall)
    elif recall:
        notes = find_due_notes(services, click.team_id, click.channel_id, recall.verdict)
        reply = desk.replies.build_reply(recall, asked=recall.asked, shareable=click.is_private, notes=notes)
        send_alone(services, click, reply, in_place=True)
    else:
        send_alone(services, click, desk.replies.build_notice(SlackSentence.BUTTON_STALE, desk.language))


def send_alone(services: Services, click: Click, reply: Reply, in_place: bool = False) -> None:
    """Send a message to the one who clicked; `in_place` replaces what was clicked if nobody else saw it."""
    alone = ResponseUrlMessage(reply, click.response_url, replace=in_place and click.is_private)
    if click.is_private or not click.channel_id:
        services.send(alone)
    else:
        message = Ephemeral(reply, click.channel_id, click.user.id, click.thread_ts)
        services.send(message, send_instead(alone))


def _show_in_modal(services: Services, desk: AnswerContext, click: Click, recall: Recall | None) -> None:
    if recall:
        target = replace(read_target(click.metadata), value=recall.write_value())
        notes = find_due_notes(services, click.team_id, target.channel, recall.verdict)
        view = desk.replies.build_modal(recall, target.write(), notes=notes)
    else:
        view = desk.replies.build_notice_modal(SlackSentence.BUTTON_STALE, desk.language)
    services.send(UpdatedMessage(view, click.view_id))
