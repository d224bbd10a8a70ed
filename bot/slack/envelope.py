"""What the envelope tells of an event besides the event: which team, who may read along, who the desk is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext

from bot.replies.recall import Audience


@dataclass(frozen=True, slots=True)
class Envelope:
    """`external` is None where nobody knows; `own` are the desk's ids."""

    team: str
    external: bool | None
    own: tuple[str, ...]

    @property
    def audience(self) -> Audience:
        """Who reads along: where that isn't known, outsiders may."""
        return "internal" if self.external is False else "public"


def read_envelope(body: Mapping[str, Any], context: BoltContext) -> Envelope:
    """Read it; every part may be missing."""
    external = body.get("is_ext_shared_channel")
    own = (context.bot_id, context.bot_user_id)
    return Envelope(
        team=str(body.get("team_id") or ""),
        external=external if isinstance(external, bool) else None,
        own=tuple(each for each in own if each),
    )
