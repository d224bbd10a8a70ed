"""The app is taken away from a workspace, or its token is: what the desk holds of the workspace is deleted.

Slack tells both, in either order and more than once; no answer is due, and none could be given.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.settings import ChannelSettings

_log = logging.getLogger(__name__)


class Uninstall:
    """The two events."""

    def __init__(self, channels: ChannelSettings) -> None:
        self._channels = channels

    def handle_app_uninstalled(self, body: dict[str, Any]) -> None:
        """Forget the workspace. Raises StoreError: then Slack tells it again."""
        self._forget(body)

    def handle_tokens_revoked(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Forget the workspace if the bot's token is among those revoked; a person's alone means nothing."""
        tokens = event.get("tokens")
        if isinstance(tokens, Mapping) and tokens.get("bot"):
            self._forget(body)

    def _forget(self, body: Mapping[str, Any]) -> None:
        team = str(body.get("team_id") or "")
        if team:
            rows = self._channels.forget_team(team)
            _log.warning("the app was taken away: the workspace is forgotten", extra={"rows": rows})
