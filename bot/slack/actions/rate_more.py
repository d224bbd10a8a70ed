"""What somebody adds to a vote: why it is not it, or which step fixed it."""

from __future__ import annotations

from typing import get_args

from slack_bolt import Ack

from bot.answer_context import AnswerContext
from bot.outbox.message import UpdatedMessage
from bot.replies.feedback import Addition, Reason, read_addition
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.slack.actions.show import send_alone, show_alone
from bot.slack.payload import Click
from bot.slack.services import Services


def handle_reason_tell(ack: Ack, services: Services, received: Click) -> None:
    """Save the reason with the vote."""
    ack()
    desk, added = services.contexts.open_context(), _read(services, received)
    reason = next((each for each in get_args(Reason) if added and each == added.told), None)
    if added is None or reason is None:
        show_alone(services, desk, received, None)
        return
    if services.votes.set_reason(received.team_id, added.answer, received.user.id, reason):
        told = desk.feedback.say_reason(reason, added.language)
        reply = desk.feedback.build_saved(SlackSentence.VOTE_REASON, added.language, reason=told)
    else:
        reply = desk.feedback.build_saved(SlackSentence.VOTE_STALE, added.language)
    _tell(services, desk, received, reply, added)


def handle_step_tell(ack: Ack, services: Services, received: Click) -> None:
    """Save the step with the vote."""
    ack()
    desk, added = services.contexts.open_context(), _read(services, received)
    number, _, step_hash = added.told.partition(":") if added else ("", "", "")
    if added is None or not added.entry or not (number.isascii() and number.isdigit()):
        show_alone(services, desk, received, None)
        return
    team, person = received.team_id, received.user.id
    if services.votes.set_step(team, added.answer, person, added.entry, int(number), step_hash):
        services.fixes.forget(team, added.entry)
        code = added.entry.partition("/")[2]
        reply = desk.feedback.build_saved(SlackSentence.VOTE_STEP, added.language, number=number, code=code)
    else:
        reply = desk.feedback.build_saved(SlackSentence.VOTE_STALE, added.language)
    _tell(services, desk, received, reply, added)


def _read(services: Services, received: Click) -> Addition | None:
    """Return what was chosen, or None for what this version can't read."""
    added = read_addition(received.value)
    languages = services.contexts.open_context().knowledge.languages
    return added if added and added.language in languages else None


def _tell(services: Services, desk: AnswerContext, received: Click, reply: Reply, added: Addition) -> None:
    """Tell it in place of the question."""
    if received.view_id:
        view = desk.replies.build_view(reply, added.language, received.metadata)
        services.send(UpdatedMessage(view, received.view_id))
    else:
        send_alone(services, received, reply, in_place=True)
