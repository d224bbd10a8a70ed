"""A Slack Web API on loopback: it writes calls down and answers as fake_workspace.py does, or as a test says.

`fail` plays errors and rate limits, `hold` slowness. It sends no events: a test dispatches those itself.
"""

from __future__ import annotations

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

from tests.support.fake_workspace import TRUE, Arguments, Call, RefusedError, Reply, Workspace, check_message
from tests.support.patience import PATIENCE

RESPONSE_URL_USES = 5
HOLD_SECONDS = 2 * PATIENCE  # a held answer goes out after this, so that a broken test ends

_JSON_ARGUMENTS = ("attachments", "blocks", "metadata", "view")  # strings of JSON in a form


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

    def wait_for(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
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

    def stop_failing(self, method: str) -> None:
        """Answer a method from now on, whatever `fail` and `cut` said of it."""
        with self._arrived:
            self._scripts.pop(method, None)

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
        if arguments.get("delete_original") not in TRUE:
            check_message(arguments)
        self._uses[name] = self._uses.get(name, 0) + 1


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
        area, _, name = address.path.removeprefix("/").partition("/")
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
