"""*For the customer*: what a customer can be told, ready to copy."""

from __future__ import annotations

from slack_bolt import Ack

from bot.outbox.message import PushModal
from bot.slack.actions.show import send_alone, show_alone
from bot.slack.payload import Click
from bot.slack.services import Services


def handle_customer_show(ack: Ack, services: Services, received: Click) -> None:
    """Show the customer sentences to whoever clicked alone; from a modal, in a modal on top of it."""
    ack()
    desk = services.contexts.open_context()
    recall = desk.read_recall(received.value)
    if recall is None:
        show_alone(services, desk, received, None)
    elif received.view_id:
        services.send(PushModal(desk.replies.build_customer_modal(recall), received.trigger_id))
    else:
        send_alone(services, received, desk.replies.build_customer(recall))
