"""The workspace behind the fake Slack: channels, messages and views, and the Web API's answers to calls.

It refuses what Slack refuses, by Slack's names; it has no scopes and no rate limits.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.slack_limits import (
    ATTACHMENTS,
    BLOCK_TEXT,
    count_block_text,
    count_units,
    find_block_faults,
    find_faults,
)

TEAM, BOT_USER, BOT, APP = "T0FAULT", "UFAULTBOT", "BFAULTBOT", "A0FAULT"
LONGEST_TEXT = 40_000  # of chat.postMessage; beyond it Slack truncates or refuses, and nobody wants either
LONGEST_UPDATE = 4000  # bytes
TRUE = (True, "1", "true")  # as JSON, and as forms write it

Arguments = dict[str, Any]
Reply = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One request as it arrived; `at` is time.monotonic()."""

    method: str
    arguments: Arguments
    token: str
    at: float


class RefusedError(Exception):
    """Slack's answer `{"ok": false}`: the caller must change the call."""

    def __init__(self, error: str, *faults: str, status: int = 200) -> None:
        super().__init__(error)
        self.reply: Reply = {"ok": False, "error": error}
        self.status = status
        if faults:
            self.reply["errors"] = list(faults)
            self.reply["response_metadata"] = {"messages": [f"[ERROR] {fault}" for fault in faults]}


class Workspace:
    """The channels, messages and views behind the methods of the Web API."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.socket_url = ""  # where apps.connections.open sends an app, if anywhere
        self.outside: set[str] = set()  # channels that the bot is no member of
        self.views: dict[str, Reply] = {}
        self._channels: dict[str, list[Reply]] = {}
        self._triggers: set[str] = set()
        self._serial = itertools.count(1)
        self._methods: Mapping[str, Callable[[Arguments], Reply]] = {
            "apps.connections.open": self._open_connection,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._list_history,
            "conversations.info": self._describe_channel,
            "conversations.replies": self._list_replies,
            "views.open": self._open_view,
            "views.publish": self._publish_view,
            "views.push": self._open_view,
            "views.update": self._update_view,
        }

    def answer(self, call: Call, url: str) -> Reply:
        """Do what a call of the Web API asks and return the answer without its `ok`; raise RefusedError."""
        if call.method == "api.test":
            return {"args": call.arguments}
        if call.method not in self._methods and call.method != "auth.test":
            raise RefusedError("unknown_method")
        if not call.token:
            raise RefusedError("not_authed")
        if not call.token.startswith("xapp-" if call.method == "apps.connections.open" else "xox"):
            raise RefusedError("invalid_auth")
        if call.method == "auth.test":
            bot = {"user": "faultbook", "user_id": BOT_USER, "bot_id": BOT, "app_id": APP}
            return {"url": url, "team": "Faultbook", "team_id": TEAM, "is_enterprise_install": False, **bot}
        return self._methods[call.method](call.arguments)

    def list_messages(self, channel: str) -> list[Reply]:
        return list(self._channels.get(channel, []))

    def keep(self, channel: str, message: Reply) -> Reply:
        kept = {**message, "ts": message.get("ts") or self._make_ts()}
        self._channels.setdefault(channel, []).append(kept)
        return kept

    def _make_ts(self) -> str:
        return f"{int(self._clock())}.{next(self._serial):06d}"

    def _post(self, arguments: Arguments) -> Reply:
        channel = _get_channel(arguments)
        check_message(arguments)
        if count_block_text(arguments.get("blocks")) > BLOCK_TEXT:
            raise RefusedError("msg_blocks_too_long")
        message = self.keep(channel, _build_message(arguments))
        return {"channel": channel, "ts": message["ts"], "message": _strip_metadata(message)}

    def _open_connection(self, _arguments: Arguments) -> Reply:
        if not self.socket_url:
            raise RefusedError("unknown_method")
        return {"url": self.socket_url}

    def _post_ephemeral(self, arguments: Arguments) -> Reply:
        _get_channel(arguments)
        _require(arguments, "user")
        check_message(arguments)
        return {"message_ts": self._make_ts()}

    def _update(self, arguments: Arguments) -> Reply:
        channel = _get_channel(arguments)
        message = self._find_own(channel, arguments, "cant_update_message")
        check_message(arguments)
        if len(str(arguments.get("text") or "").encode()) > LONGEST_UPDATE:
            raise RefusedError("msg_too_long")
        changed = _build_message(arguments)  # what an update leaves out, it keeps
        message.update({key: value for key, value in changed.items() if key in arguments})
        message["edited"] = {"user": BOT_USER, "ts": self._make_ts()}
        text = message.get("text", "")
        return {"channel": channel, "ts": message["ts"], "text": text, "message": _strip_metadata(message)}

    def _delete(self, arguments: Arguments) -> Reply:
        channel = _get_channel(arguments)
        message = self._find_own(channel, arguments, "cant_delete_message")
        self._channels[channel].remove(message)
        return {"channel": channel, "ts": message["ts"]}

    def _find_own(self, channel: str, arguments: Arguments, error: str) -> Reply:
        for message in self._channels.get(channel, []):
            if message["ts"] == arguments.get("ts"):
                if message.get("bot_id") != BOT:
                    raise RefusedError(error)
                return message
        raise RefusedError("message_not_found")

    def _describe_channel(self, arguments: Arguments) -> Reply:
        channel = _get_channel(arguments)
        kinds = {"is_channel": channel[0] == "C", "is_group": channel[0] == "G", "is_im": channel[0] == "D"}
        is_member = channel not in self.outside
        return {"channel": {"id": channel, "name": channel.lower(), "is_member": is_member, **kinds}}

    def _list_history(self, arguments: Arguments) -> Reply:
        if _get_channel(arguments) in self.outside:
            raise RefusedError("not_in_channel")
        shown = [
            message for message in self.list_messages(_get_channel(arguments)) if _starts_thread(message)
        ]
        return _choose(reversed(shown), arguments)

    def _list_replies(self, arguments: Arguments) -> Reply:
        root, kept = arguments.get("ts"), self.list_messages(_get_channel(arguments))
        shown = [message for message in kept if root in (message["ts"], message.get("thread_ts"))]
        if not shown:
            raise RefusedError("thread_not_found")
        return _choose(shown, arguments)

    def _open_view(self, arguments: Arguments) -> Reply:
        trigger = _require(arguments, "trigger_id")
        if trigger in self._triggers:
            raise RefusedError("exchanged_trigger_id")
        view = self._keep_view(arguments, "modal", f"V{next(self._serial):04d}")
        self._triggers.add(trigger)
        return view

    def _update_view(self, arguments: Arguments) -> Reply:
        view_id = str(arguments.get("view_id", ""))
        if view_id not in self.views:
            raise RefusedError("not_found")
        return self._keep_view(arguments, "modal", view_id)

    def _publish_view(self, arguments: Arguments) -> Reply:
        return self._keep_view(arguments, "home", f"VHOME-{_require(arguments, 'user_id')}")

    def _keep_view(self, arguments: Arguments, surface: Any, view_id: str) -> Reply:
        view = arguments.get("view")
        if not isinstance(view, dict):
            raise RefusedError("invalid_arguments", "missing required field: view [json-pointer:/view]")
        if faults := find_faults(view, surface):
            raise RefusedError("invalid_arguments", *faults)
        last_hash = self.views.get(view_id, {}).get("hash")
        if arguments.get("hash") not in (None, last_hash):
            raise RefusedError("hash_conflict")
        ids = {"id": view_id, "root_view_id": view_id, "team_id": TEAM, "app_id": APP, "bot_id": BOT}
        mark = f"{self._clock():.0f}.{next(self._serial):08x}"
        self.views[view_id] = {"private_metadata": "", "state": {"values": {}}, **view, **ids, "hash": mark}
        return {"view": self.views[view_id]}


def check_message(arguments: Arguments) -> None:
    """Raise the RefusedError with which every way of posting a message answers what Slack does not take."""
    text, blocks, attachments = (arguments.get(key) for key in ("text", "blocks", "attachments"))
    if arguments.get("markdown_text"):
        if text or blocks:
            raise RefusedError("markdown_text_conflict")
    elif not (text and str(text).strip()) and not blocks and not attachments:
        raise RefusedError("no_text")
    if count_units(str(text or "")) > LONGEST_TEXT:
        raise RefusedError("msg_too_long")
    if blocks and not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    if faults := find_block_faults(blocks or []):
        raise RefusedError("invalid_blocks", *faults)
    if attachments and not isinstance(attachments, list):
        raise RefusedError("invalid_attachments")
    for place, attachment in enumerate(attachments or []):
        if not isinstance(attachment, dict):
            raise RefusedError("invalid_attachments")
        if faults := find_block_faults(attachment.get("blocks") or [], f"/attachments/{place}/blocks"):
            raise RefusedError("invalid_attachments", *faults)
    if len(attachments or []) > ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    metadata = arguments.get("metadata")
    if metadata and not (isinstance(metadata, dict) and {"event_type", "event_payload"} <= set(metadata)):
        raise RefusedError("invalid_metadata_format")


def _get_channel(arguments: Arguments) -> str:
    channel = str(arguments.get("channel") or "")
    if channel[:1] not in set("CDGUW"):  # a person's id opens the conversation with that person
        raise RefusedError("channel_not_found")
    return channel


def _require(arguments: Arguments, key: str) -> str:
    if not arguments.get(key):
        raise RefusedError("invalid_arguments", f"missing required field: {key} [json-pointer:/{key}]")
    return str(arguments[key])


def _build_message(arguments: Arguments) -> Reply:
    names = ("text", "blocks", "attachments", "metadata", "thread_ts")
    parts = {key: arguments[key] for key in names if key in arguments}
    author = {"user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}
    return {"type": "message", **author, "text": "", **parts}


def _strip_metadata(message: Reply) -> Reply:
    return {key: value for key, value in message.items() if key != "metadata"}


def _starts_thread(message: Reply) -> bool:
    return message.get("thread_ts") in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"


def _choose(messages: Iterator[Reply] | list[Reply], arguments: Arguments) -> Reply:
    """Return the page of messages that oldest, latest, inclusive, limit and include_all_metadata ask for.

    A cursor, which is the place of its page here, leads to the next.
    """
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "9999999999")
    ends = (oldest, latest) if arguments.get("inclusive") in TRUE else ()
    chosen = [each for each in messages if oldest < each["ts"] < latest or each["ts"] in ends]
    limit = int(arguments.get("limit") or 100)
    if arguments.get("include_all_metadata") not in TRUE:
        chosen = [_strip_metadata(message) for message in chosen]
    start = int(arguments.get("cursor") or 0)
    page: Reply = {"messages": chosen[start : start + limit], "has_more": len(chosen) > start + limit}
    if page["has_more"]:
        page["response_metadata"] = {"next_cursor": str(start + limit)}
    return page
