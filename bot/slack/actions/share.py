"""*Share to channel*: everybody sees the answer that one person saw, and who shares it."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import Ack

from bot.outbox.message import InOrder, ResponseUrlMessage
from bot.slack.actions.show import show_alone
from bot.slack.fallbacks import tell_person
from bot.slack.notes import find_due_notes
from bot.slack.payload import Click
from bot.slack.services import Services


def handle_answer_share(ack: Ack, services: Services, received: Click) -> None:
    """Post the answer to the channel, and leave it without that button where it stood."""
    ack()
    desk, user = services.contexts.open_context(), received.user.id
    recall = desk.read_recall(received.value)
    if recall is None:
        show_alone(services, desk, received, None)
        return
    build, url = desk.replies.build_reply, received.response_url
    # Nobody is the asker of what is shared: where the desk is no member, it could post nothing below.
    audience = services.channels.find_audience_as_known(received.team_id, received.channel_id)
    notes = find_due_notes(services, received.team_id, received.channel_id, recall.verdict)
    shown = build(replace(recall, asker="", asked="", audience=audience), sharer=user, notes=notes)
    shared = ResponseUrlMessage(shown, url, in_channel=True, thread_ts=received.thread_ts)
    kept = ResponseUrlMessage(build(recall, asked=recall.asked, notes=notes), url, replace=True)
    fallback = tell_person(desk.replies, user, recall.language)
    services.send(InOrder((shared, kept)), fallback)
