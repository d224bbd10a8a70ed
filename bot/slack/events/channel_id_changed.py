"""A channel gets another id, as when it is shared with another company: its setting follows."""

from __future__ import annotations

from bot.slack.payload import EventCallback
from bot.slack.services import Services


def handle_channel_id_changed(services: Services, received: EventCallback) -> None:
    """Carry the channel's setting over to the new id."""
    old, new = received.event.old_channel_id, received.event.new_channel_id
    if old and new:
        services.channels.rename_channel(received.team_id, old, new)
