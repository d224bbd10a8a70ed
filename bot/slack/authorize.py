"""What Bolt asks before it calls a listener: the token, and by which ids Slack names the desk."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.outbox.identity import Identity, IdentityKeeper
from bot.slack.payload import EventCallback

_UNKNOWN = Identity(team="", enterprise="", user="", bot="", url="")


def build_authorize(identity: IdentityKeeper, token: str) -> Callable[[BoltContext], AuthorizeResult]:
    """Return what Bolt calls for each request. It asks nobody.

    Only an event needs the ids, lest the desk answers itself: until Slack has told them, that raises
    UnknownIdentityError. Commands and clicks are answered.
    """

    def authorize(context: BoltContext) -> AuthorizeResult:
        is_event = isinstance(context["received"], EventCallback)
        known = identity.get() if is_event else identity.known or _UNKNOWN
        return AuthorizeResult(
            enterprise_id=known.enterprise or None,
            team_id=known.team or None,
            url=known.url or None,
            bot_id=known.bot or None,
            bot_user_id=known.user or None,
            bot_token=token,
        )

    return authorize
