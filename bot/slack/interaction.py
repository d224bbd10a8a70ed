"""Where somebody acted, and on what: the parts that clicks, shortcuts and submitted modals have in common."""

from __future__ import annotations

from typing import Annotated

import msgspec

from bot.slack.message import Id, Key, Message

Address = Annotated[str, msgspec.Meta(max_length=3000)]
DIRECT = "D"  # begins the id of a conversation of two


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


Value = Annotated[str, msgspec.Meta(max_length=2000)]


class Option(msgspec.Struct, frozen=True):
    """What was chosen from a menu."""

    value: Value = ""


class Button(msgspec.Struct, frozen=True):
    """A button that was pressed, or another element that acts."""

    action_id: str
    value: Value | None = None
    selected_option: Option | None = None
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
    def message_ts(self) -> str:
        """The ts of the message, or ""."""
        told = (self.container.message_ts if self.container else "") or (
            self.message.ts if self.message else ""
        )
        return told or ""

    @property
    def message_id(self) -> str:
        """What names the message or modal: the same for everybody who sees it."""
        return f"{self.channel_id}:{self.message_ts}" if self.message_ts else self.view_id

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
