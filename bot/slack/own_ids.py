"""The ids by which Slack names the desk itself."""

from __future__ import annotations

from slack_bolt import BoltContext


def list_own_ids(context: BoltContext) -> tuple[str, ...]:
    """Return the bot's id and its user's, as far as Slack has told them."""
    return tuple(each for each in (context.bot_id, context.bot_user_id) if each)
