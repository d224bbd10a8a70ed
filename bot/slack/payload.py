"""Slack's payloads, typed: the parts that the desk reads, each checked before a listener is called.

What a post contains (blocks, attachments, files) is not checked here: anybody may have written it, and
bot/posts reads any shape of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from bot.posts.post import Post, read_post
from bot.replies.recall import Audience

Id = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_.:-]{0,100}\Z")]
"""An id or a time stamp; "" where Slack has none."""

Key = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_.:-]{1,100}\Z")]
"""An id or a time stamp that is always there."""

Address = Annotated[str, msgspec.Meta(max_length=3000)]
DIRECT = "D"  # begins the id of a conversation of two
GROUP = "mpdm-"  # begins the name of a conversation of several; no event tells what is said there


class ShapeError(ValueError):
    """A request is not of the shape that Slack documents; the argument says where, and repeats no value."""


class Message(msgspec.Struct, frozen=True, gc=False):
    """A message object: that of an event, the inner one of an edit, or that of a shortcut or click."""

    user: Id | None = None
    bot_id: Id | None = None
    app_id: Id | None = None
    team: Id | None = None
    channel: Id | None = None
    subtype: Id | None = None
    ts: Id | None = None
    thread_ts: Id | None = None
    text: str | None = None
    bot_profile: Any = None
    blocks: Any = None
    attachments: Any = None
    files: Any = None

    def read(self, own: tuple[str, ...] = (), team: str = "", channel: str = "") -> Post:
        """Return the post; `team` and `channel` serve where the message names none."""
        return read_post(msgspec.structs.asdict(self), team=team, channel=channel, own=own)


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


class Named(msgspec.Struct, frozen=True):
    """A team or a channel, by its id."""

    id: Id = ""


class Person(msgspec.Struct, frozen=True):
    """Who acted."""

    id: Key
    team_id: Id | None = None


class Container(msgspec.Struct, frozen=True):
    """What a clicked button stands in."""

    channel_id: Id | None = None
    message_ts: Id | None = None
    thread_ts: Id | None = None
    is_ephemeral: bool | None = None


class View(msgspec.Struct, frozen=True):
    """A modal; `private_metadata` is what the desk gave along with it."""

    id: Id = ""
    callback_id: str = ""
    private_metadata: Annotated[str, msgspec.Meta(max_length=3000)] = ""


class Button(msgspec.Struct, frozen=True):
    """A button that was pressed, or another element that acts."""

    action_id: str
    value: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    action_ts: Id | None = None


class Interaction(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody acted: what a click, a shortcut and a submitted modal have in common."""

    user: Person
    team: Named | None = None
    channel: Named | None = None
    container: Container | None = None
    message: Message | None = None
    view: View | None = None
    response_url: Address = ""

    @property
    def team_id(self) -> str:
        """The id of the workspace, which may be told with the person alone."""
        return (self.team.id if self.team else "") or self.user.team_id or ""

    @property
    def channel_id(self) -> str:
        """The id of the channel; "" in a modal."""
        told = self.channel.id if self.channel else ""
        return told or (self.container.channel_id if self.container else "") or ""

    @property
    def thread_ts(self) -> str:
        """The root of the thread that the message stands in or would begin; a direct message begins none."""
        container, message = self.container or Container(), self.message or Message()
        root = container.thread_ts or message.thread_ts
        if not root and not self.channel_id.startswith(DIRECT):
            root = message.ts or container.message_ts
        return root or ""

    @property
    def is_private(self) -> bool:
        """Whether one person alone sees the message."""
        container, message = self.container or Container(), self.message or Message()
        return container.is_ephemeral is True or message.subtype == "ephemeral"

    @property
    def view_id(self) -> str:
        """The id of the modal, or ""."""
        return self.view.id if self.view else ""

    @property
    def metadata(self) -> str:
        """What the desk gave along with the modal, or ""."""
        return self.view.private_metadata if self.view else ""


class Click(Interaction, frozen=True, kw_only=True):
    """A click on a button (block_actions)."""

    actions: Annotated[list[Button], msgspec.Meta(min_length=1)]
    trigger_id: Id = ""

    @property
    def value(self) -> str:
        """What the button carries."""
        return self.actions[0].value or ""

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
