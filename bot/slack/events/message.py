"""Every message event, in the one funnel that Bolt allows: to whom it goes.

Joins, topics, `me_message`, subtypes that nobody has heard of: acknowledged, silent.
"""

from __future__ import annotations

from slack_bolt import BoltContext

from bot.slack.events.channel_posts import handle_deletion, handle_edit, handle_post
from bot.slack.events.direct_message import handle_direct_message
from bot.slack.own_ids import list_own_ids
from bot.slack.payload import EventCallback
from bot.slack.services import Services

SAYING = {"", "file_share", "bot_message", "thread_broadcast"}
"""Subtypes of posts in which somebody says something (docs.slack.dev, message event)."""


def handle_message(services: Services, received: EventCallback, context: BoltContext) -> None:
    """Hand a message on by its kind and by where it was written."""
    event = received.event
    subtype, own = event.subtype or "", list_own_ids(context)
    if event.channel_type == "im":
        if subtype in SAYING:
            handle_direct_message(services, received, own)
    elif subtype in SAYING:
        handle_post(services, received, own)
    elif subtype == "message_changed":
        handle_edit(services, received, own)
    elif subtype == "message_deleted":
        handle_deletion(services, received)
