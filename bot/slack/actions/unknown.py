"""A button that no version of the desk that is running knows."""

from __future__ import annotations

from slack_bolt import Ack

from bot.slack.actions.show import show_alone
from bot.slack.payload import Click
from bot.slack.services import Services


def handle_unknown(ack: Ack, services: Services, received: Click) -> None:
    """Say that what the button showed is there no more."""
    ack()
    show_alone(services, services.contexts.open_context(), received, None)
