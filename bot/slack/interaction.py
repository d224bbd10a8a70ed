"""Where somebody acted and what a modal is about, read from Slack's payload of the interaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DIRECT = "D"  # begins the id of a conversation of two


@dataclass(frozen=True, slots=True)
class Interaction:
    """Where somebody acted, and how they can be answered there.

    `thread_ts` is the root of the thread that the message lies in or would begin; a direct message begins
    none. A message that only one
    person sees `is_private`; one in a modal has a `view_id` and the modal's `metadata`.
    """

    team: str
    user: str
    channel: str
    thread_ts: str
    response_url: str
    is_private: bool
    view_id: str
    metadata: str


def read_interaction(body: Mapping[str, Any]) -> Interaction:
    """Read it; every part may be missing or null."""
    container, message, view = _part(body, "container"), _part(body, "message"), _part(body, "view")
    channel = _part(body, "channel").get("id") or container.get("channel_id")
    root = container.get("thread_ts") or message.get("thread_ts")
    if not root and not str(channel or "").startswith(DIRECT):
        root = message.get("ts") or container.get("message_ts")
    return Interaction(
        team=str(_part(body, "team").get("id") or _part(body, "user").get("team_id") or ""),
        user=str(_part(body, "user").get("id") or ""),
        channel=str(channel or ""),
        thread_ts=str(root or ""),
        response_url=str(body.get("response_url") or ""),
        is_private=container.get("is_ephemeral") is True or message.get("subtype") == "ephemeral",
        view_id=str(view.get("id") or ""),
        metadata=str(view.get("private_metadata") or ""),
    )


@dataclass(frozen=True, slots=True)
class Target:
    """What a modal would post, and to which thread: its metadata, which come back with each click in it."""

    channel: str
    root: str
    value: str  # of a Recall

    def write(self) -> str:
        """Return it as the modal's metadata, at most 3,000 characters."""
        return f"{self.channel} {self.root} {self.value}"


def read_target(metadata: str) -> Target:
    """Read it; of a modal that has none every part is empty."""
    return Target(*[*metadata.split(" ", 2), "", "", ""][:3])


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}
