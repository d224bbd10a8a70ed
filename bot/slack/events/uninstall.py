"""The app is taken away from a workspace, or its token is: what the desk holds of the workspace is deleted.

Slack tells both, in either order and more than once; no answer is due, and none could be given.
"""

from __future__ import annotations

import logging

from bot.slack.payload import EventCallback
from bot.slack.services import Services

_log = logging.getLogger(__name__)


def handle_app_uninstalled(services: Services, received: EventCallback) -> None:
    """Forget the workspace. Raises StoreError: then Slack tells it again."""
    if received.team_id:
        rows = services.channels.forget_team(received.team_id)
        _log.warning("the app was taken away: the workspace is forgotten", extra={"rows": rows})


def handle_tokens_revoked(services: Services, received: EventCallback) -> None:
    """Forget the workspace if the bot's token is among those revoked; a person's alone means nothing."""
    if (received.event.tokens or {}).get("bot"):
        handle_app_uninstalled(services, received)
