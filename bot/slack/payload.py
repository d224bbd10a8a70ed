"""Slack's payloads, typed: the parts that the desk reads, each checked before a listener is called.

What messages and interactions have in common stands in message.py and interaction.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from bot.replies.recall import Audience
from bot.slack.interaction import DIRECT, Address, Button, Interaction, View
from bot.slack.message import Id, Message

GROUP = "mpdm-"  # begins the name of a conversation of several; no event tells what is said there


class ShapeError(ValueError):
    """A request is not of the shape that Slack documents; the argument says where, and repeats no value."""


class Event(Message, frozen=True, kw_only=True, gc=False):
    """Any event that the desk listens to; `message` and `previous_message` are an edit's."""

    type: str
    channel_type: str | None = None
    deleted_ts: Id | None = None
    message: Message | None = None
    previous_message: Message | None = None
    old_channel_id: Id | None = None
    new_channel_id: Id | None = None
    tokens: Mapping[str, Any] | None = None


class Authorization(msgspec.Struct, frozen=True):
    """For whom Slack delivers an event: Bolt's part, and not read here."""


class EventCallback(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery of the Events API."""

    event: Event
    team_id: Id = ""
    is_ext_shared_channel: bool | None = None
    authorizations: list[Authorization] | None = None

    @property
    def audience(self) -> Audience:
        """Who reads along: where that isn't known, outsiders may."""
        return "internal" if self.is_ext_shared_channel is False else "public"

    def list_routes(self) -> dict[str, Any]:
        """Return what Bolt chooses the listener by, and knows the desk's own posts by."""
        event: dict[str, Any] = {
            "type": self.event.type,
            "user": self.event.user,
            "bot_id": self.event.bot_id,
        }
        for name, inner in (
            ("message", self.event.message),
            ("previous_message", self.event.previous_message),
        ):
            if inner:
                event[name] = {"user": inner.user}
        return {"type": "event_callback", "team_id": self.team_id, "event": event}


class SlashCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A slash command, as a form or as JSON."""

    command: str
    text: str = ""
    team_id: Id = ""
    channel_id: Id = ""
    channel_name: str = ""
    user_id: Id = ""
    user_name: str = ""
    response_url: Address = ""

    @property
    def is_direct(self) -> bool:
        """Whether it was typed in a direct message, be it one of several people."""
        return self.channel_id.startswith(DIRECT) or self.channel_name.startswith(GROUP)

    def list_routes(self) -> dict[str, Any]:
        """Return what Bolt chooses the listener by."""
        return {"command": self.command, "team_id": self.team_id, "user_id": self.user_id}


class Click(Interaction, frozen=True, kw_only=True):
    """A click on a button (block_actions)."""

    actions: Annotated[list[Button], msgspec.Meta(min_length=1)]
    trigger_id: Id = ""

    @property
    def value(self) -> str:
        """What the button carries, or the option that was chosen."""
        chosen = self.actions[0].selected_option
        return self.actions[0].value or (chosen.value if chosen else "")

    @property
    def action_ts(self) -> str:
        """When it was pressed."""
        return self.actions[0].action_ts or ""

    def list_routes(self) -> dict[str, Any]:
        """Return what Bolt chooses the listener by."""
        actions = [{"action_id": self.actions[0].action_id}]
        return {"type": "block_actions", "actions": actions, **_list_people(self)}


class Shortcut(Interaction, frozen=True, kw_only=True):
    """A message shortcut (message_action), with the whole message."""

    callback_id: str
    trigger_id: Id = ""

    def list_routes(self) -> dict[str, Any]:
        """Return what Bolt chooses the listener by."""
        return {"type": "message_action", "callback_id": self.callback_id, **_list_people(self)}


class Submission(Interaction, frozen=True, kw_only=True):
    """A modal that was submitted (view_submission)."""

    view: View

    def list_routes(self) -> dict[str, Any]:
        """Return what Bolt chooses the listener by."""
        view = {"type": "modal", "callback_id": self.view.callback_id}
        return {"type": "view_submission", "view": view, **_list_people(self)}


Payload = EventCallback | SlashCommand | Click | Shortcut | Submission

EVENTS = {"message", "app_mention", "channel_id_changed", "app_uninstalled", "tokens_revoked"}
INTERACTIONS: Mapping[str, type[Payload]] = {
    "block_actions": Click,
    "message_action": Shortcut,
    "view_submission": Submission,
}
for each in (EventCallback, SlashCommand, *INTERACTIONS.values()):
    # msgspec 0.22 learns a type when it first reads one; two threads that do so at once crash the process.
    msgspec.json.Decoder(each)


def read_payload(body: object) -> Payload | None:
    """Return a request of Slack's, typed, or None where it is of a kind that the desk doesn't listen to.

    Raises ShapeError where it isn't of the shape that Slack documents.
    """
    kind = _find_kind(body)
    if kind is None:
        return None
    try:
        return msgspec.convert(body, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ShapeError(str(error)) from None
    except UnicodeEncodeError:
        raise ShapeError("Expected characters, got half of one") from None


def _find_kind(body: object) -> type[Payload] | None:
    if not isinstance(body, dict):
        raise ShapeError("Expected `object` - at `$`")
    if "command" in body:
        return SlashCommand
    kind = body.get("type")
    if not isinstance(kind, str):
        raise ShapeError("Expected `str` - at `$.type`")
    if kind != "event_callback":
        return INTERACTIONS.get(kind)
    event = body.get("event")
    name = event.get("type") if isinstance(event, dict) else None
    return None if isinstance(name, str) and name not in EVENTS else EventCallback


def _list_people(interaction: Interaction) -> dict[str, Any]:
    return {"team": {"id": interaction.team_id}, "user": {"id": interaction.user.id}}
