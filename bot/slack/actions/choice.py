"""A choice's button: the entry that it names."""

from __future__ import annotations

from slack_bolt import Ack

from bot.outbox.decision_store import PostKey
from bot.outbox.message import Ephemeral
from bot.slack.actions.show import show_alone
from bot.slack.payload import Click
from bot.slack.services import Services
from bot.slack.thread_poster import post_to_thread


def handle_choice_show(ack: Ack, services: Services, received: Click) -> None:
    """Show one entry: in the thread to whoever asked the question, to anybody else alone."""
    ack()
    desk, user = services.contexts.open_context(), received.user.id
    recall = desk.read_recall(received.value)
    if recall and recall.asker == user and not (received.is_private or received.view_id):
        channel, root = received.channel_id, received.thread_ts
        click = PostKey(received.team_id, channel, received.action_ts, root)
        again = post_to_thread(services, desk, click, "choice", recall)
        if again:
            services.send(Ephemeral(again, channel, user, root))
    else:
        show_alone(services, desk, received, recall)
