"""A Slack Web API on loopback: it writes calls down, keeps messages and views, refuses what Slack refuses.

Its errors have Slack's names. It has no scopes and no rate limits of its own, which `fail` can play, and it
sends no events: a test dispatches those itself.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.slack_limits import (
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
RESPONSE_URL_USES = 5
HOLD_SECONDS = 60  # a held answer goes out after this, so that a broken test ends

_JSON_ARGUMENTS = ("attachments", "blocks", "metadata", "view")  # strings of JSON in a form
_TRUE = (True, "1", "true")

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


@dataclass(frozen=True)
class _Script:
    reply: Reply | str
    status: int  # 0: the connection is cut in place of an answer
    headers: Mapping[str, str]
    done: bool = False


class FakeSlack:
    """The server, its record of calls and what tests tell it to do. Use it as a context manager."""

    def __init__(self, start: int = 1_767_225_600, clock: Callable[[], float] | None = None) -> None:
        """Serve from entering on; the messages' ts are of the second `start`, or of the clock's, if given."""
        self.workspace = Workspace(clock or (lambda: start))
        self.scopes = "chat:write,commands"  # that every answer names as granted
        self._calls: list[Call] = []
        self._arrived = threading.Condition()
        self._scripts: dict[str, list[_Script]] = {}
        self._holds: dict[str, threading.Event] = {}
        self._uses: dict[str, int] = {}
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="fake-slack")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hold in list(self._holds.values()):
            hold.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if kind is None and self._server.faults:
            raise AssertionError("the fake Slack itself failed") from self._server.faults[0]

    @property
    def url(self) -> str:
        """The `base_url` of a WebClient."""
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def response_url(self, name: str = "R1") -> str:
        """Return the `response_url` that a payload would carry; each takes five posts."""
        return f"http://127.0.0.1:{self._server.server_port}/response/{name}"

    @property
    def calls(self) -> list[Call]:
        """All calls since the start or `forget`, in the order of arrival, refused ones too."""
        with self._arrived:
            return list(self._calls)

    def called(self, method: str) -> list[Call]:
        """Return the calls of one method, "chat.postMessage" or "response_url"."""
        return [call for call in self.calls if call.method == method]

    def wait_for(self, method: str, count: int = 1, timeout: float = 10) -> list[Call]:
        """Block until a method was called so often; raise AssertionError, saying what came, if it was not."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.called(method)) >= count, timeout):
                came = [
                    f"  {call.method} {json.dumps(call.arguments, ensure_ascii=False)}"
                    for call in self._calls
                ]
                heading = f"{method}: {len(self.called(method))} of {count} calls in {timeout} s; what came:"
                raise AssertionError("\n".join([heading, *(came or ["  nothing"])]))
            return self.called(method)

    def wait_until(self, holds: Callable[[], bool], timeout: float) -> None:
        """Block until something holds, looking whenever a call is taken; else raise AssertionError."""
        with self._arrived:
            assert self._arrived.wait_for(holds, timeout), f"not so after {timeout} s"

    def forget(self) -> None:
        """Clear the calls; messages, views and scripts stay."""
        with self._arrived:
            self._calls.clear()

    def messages(self, channel: str) -> list[Reply]:
        """Return the messages of a channel in order, replies in threads too; ephemeral ones are not kept."""
        return self.workspace.list_messages(channel)

    def put(self, channel: str, **message: Any) -> str:
        """Put a message of a person or another bot into a channel; return its ts."""
        return str(self.workspace.keep(channel, {"type": "message", **message})["ts"])

    def fail(
        self,
        method: str,
        error: str,
        times: int = 1,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        done: bool = False,
    ) -> None:
        """Answer the next calls of a method with an error and do nothing of what they ask, unless `done`.

        A 429 has `Retry-After: 1` unless the headers say otherwise.
        """
        wait = {"Retry-After": "1"} if status == 429 else {}
        script = _Script({"ok": False, "error": error}, status, {**wait, **(headers or {})}, done)
        with self._arrived:
            self._scripts.setdefault(method, []).extend([script] * times)

    def cut(self, method: str, times: int = 1, done: bool = True) -> None:
        """Cut the connection of the next calls of a method in place of an answer; what they ask is `done`."""
        with self._arrived:
            self._scripts.setdefault(method, []).extend([_Script("", 0, {}, done)] * times)

    @contextmanager
    def hold(self, method: str) -> Iterator[None]:
        """Hold the answers to a method back until the block is left; what it asks is done at once."""
        hold = self._holds[method] = threading.Event()
        try:
            yield
        finally:
            del self._holds[method]
            hold.set()

    def take(self, call: Call) -> tuple[int, Mapping[str, str], Reply | str]:
        """Write one call down and return its answer, as soon as no hold is on it."""
        with self._arrived:
            self._calls.append(call)
            hold = self._holds.get(call.method)
            scripts = self._scripts.get(call.method)
            script = scripts.pop(0) if scripts else None
            if script is None or script.done:
                answer = self._answer(call)
                script = script or answer
            self._arrived.notify_all()
        if hold is not None:
            hold.wait(HOLD_SECONDS)
        return script.status, script.headers, script.reply

    def _answer(self, call: Call) -> _Script:
        try:
            if call.method == "response_url":
                self._respond(call.arguments)
                return _Script("ok", 200, {})
            reply = self.workspace.answer(call, self.url)
        except RefusedError as refusal:
            return _Script(refusal.reply, refusal.status, {})
        return _Script({"ok": True, **reply}, 200, {"X-OAuth-Scopes": self.scopes})

    def _respond(self, arguments: Arguments) -> None:
        name = arguments["_name"]
        if self._uses.get(name, 0) >= RESPONSE_URL_USES:
            raise RefusedError("used_url", status=404)
        if arguments.get("delete_original") not in _TRUE:
            check_message(arguments)
        self._uses[name] = self._uses.get(name, 0) + 1


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
    ends = (oldest, latest) if arguments.get("inclusive") in _TRUE else ()
    chosen = [each for each in messages if oldest < each["ts"] < latest or each["ts"] in ends]
    limit = int(arguments.get("limit") or 100)
    if arguments.get("include_all_metadata") not in _TRUE:
        chosen = [_strip_metadata(message) for message in chosen]
    start = int(arguments.get("cursor") or 0)
    page: Reply = {"messages": chosen[start : start + limit], "has_more": len(chosen) > start + limit}
    if page["has_more"]:
        page["response_metadata"] = {"next_cursor": str(start + limit)}
    return page


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close waits for them, so that no socket outlives a test
    request_queue_size = 128  # a test may send a burst

    def __init__(self, fake: FakeSlack) -> None:
        self.fake = fake
        self.faults: list[BaseException] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30  # a connection on which nothing comes

    def do_POST(self) -> None:
        arrived = time.monotonic()
        try:
            status, headers, reply = self._take(arrived)
            if status:
                self._send(status, headers, reply if isinstance(reply, str) else json.dumps(reply))
            else:
                self.close_connection = True
        except ConnectionError:
            pass  # the caller gave up waiting: its own affair
        except Exception as error:  # noqa: BLE001 - raised again where the test leaves the fake
            self.server.faults.append(error)

    do_GET = do_POST  # noqa: N815 - named by http.server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Say nothing: the calls are the record."""

    def _take(self, arrived: float) -> tuple[int, Mapping[str, str], Reply | str]:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        arguments: Arguments = dict(parse_qsl(address.query, keep_blank_values=True))
        kind = self.headers.get_content_type() if "Content-Type" in self.headers else ""
        if body and kind == "application/json":
            arguments |= json.loads(body)
        elif body and kind == "application/x-www-form-urlencoded":
            arguments |= dict(parse_qsl(body, keep_blank_values=True))
        elif body:
            return 200, {}, {"ok": False, "error": "invalid_post_type"}
        for key in _JSON_ARGUMENTS:
            if isinstance(arguments.get(key), str):
                try:
                    arguments[key] = json.loads(arguments[key])
                except ValueError:
                    continue  # it is refused as what it is, a string
        _, area, name = address.path.split("/", 2)
        if area == "response":
            call = Call("response_url", {**arguments, "_name": name}, "", arrived)
        else:
            token = str(arguments.pop("token", ""))
            token = self.headers.get("Authorization", "").removeprefix("Bearer ") or token
            call = Call(name, arguments, token, arrived)
        return self.server.fake.take(call)

    def _send(self, status: int, headers: Mapping[str, str], text: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
