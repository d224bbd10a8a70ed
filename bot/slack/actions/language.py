"""The button of another language."""

from __future__ import annotations

from slack_bolt import Ack

from bot.slack.actions.show import show_alone
from bot.slack.payload import Click
from bot.slack.services import Services


def handle_language_switch(ack: Ack, services: Services, received: Click) -> None:
    """Show the answer in another language, to whoever clicked alone."""
    ack()
    desk = services.contexts.open_context()
    show_alone(services, desk, received, desk.read_recall(received.value))
