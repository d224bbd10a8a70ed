"""A proxy between the desk and the fake Slack that does to requests what networks do to them.

What becomes of each is asked of `draw`; `dealt` counts what was done. Used by test_faults.py.
"""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self, get_args
from urllib.parse import parse_qsl, urlsplit

from tests.support.fake_slack import FakeSlack
from tests.support.patience import PATIENCE

Fault = Literal[
    "none",
    "limited",
    "broken-before",
    "broken-after",
    "reset-before",
    "reset-after",
    "cut-short",
    "slow",
    "withheld",
    "page-before",
    "page-after",
    "array-after",
    "string-after",
    "torn-after",
    "empty-after",
]
"""limited: 429. broken: 500. reset: the connection. cut-short: half of the answer, then the end. slow: the
answer after a second. withheld: no answer at all. page, array, string, torn, empty: HTML, JSON that is no
object, half of a JSON object, nothing, all with status 200. What is done "before" never reached Slack;
"after", cut-short, slow and withheld did."""

FAULTS: tuple[Fault, ...] = get_args(Fault)
SLOWNESS = 1.0  # seconds
WITHHELD = 30.0  # seconds: longer than the desk waits
JSON, PAGE = "application/json; charset=utf-8", "text/html; charset=utf-8"

_INSTEAD: dict[Fault, tuple[int, dict[str, str], str, bytes]] = {
    "limited": (429, {"Retry-After": "1"}, JSON, b'{"ok": false, "error": "ratelimited"}'),
    "broken-before": (500, {}, JSON, b'{"ok": false, "error": "fatal_error"}'),
    "broken-after": (500, {}, PAGE, b"<html>Internal Server Error</html>"),
    "page-before": (200, {}, PAGE, b"<html>Sign in to the network</html>"),
    "page-after": (200, {}, PAGE, b"<html>Sign in to the network</html>"),
    "array-after": (200, {}, JSON, b'["ok"]'),
    "string-after": (200, {}, JSON, b'""'),
    "torn-after": (200, {}, JSON, b'{"ok": true, "ts": "17'),
    "empty-after": (200, {}, JSON, b""),
}


class Proxy:
    """The proxy, on loopback. Use it as a context manager; `url` is the desk's SLACK_API_URL then."""

    def __init__(self, slack: FakeSlack, draw: Callable[[str, Mapping[str, Any]], Fault]) -> None:
        """Stand before a Slack. `draw` gets the method's name and its arguments, on any thread."""
        self.dealt: Counter[Fault] = Counter()
        self._draw = draw
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self.behind = urlsplit(slack.url)
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="proxy")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The `base_url` of a client that goes through it."""
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def draw(self, method: str, arguments: Mapping[str, Any]) -> Fault:
        """Return what becomes of a request, and count it."""
        with self._lock:
            fault = self._draw(method, arguments)
            self.dealt[fault] += 1
        return fault


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server.proxy
        fault = proxy.draw(urlsplit(self.path).path.rpartition("/")[2], self._read_arguments(body))
        if fault == "reset-before":
            self._reset()
            return
        instead = _INSTEAD.get(fault)
        if instead and not fault.endswith("-after"):
            self._answer(*instead)
            return
        status, headers, answer = self._forward(body)
        if fault == "reset-after":
            self._reset()
        elif fault == "withheld":
            proxy.closing.wait(WITHHELD)
            self._reset()
        elif fault == "cut-short":
            self._answer(status, headers, JSON, answer, cut_at=len(answer) // 2)
        else:
            if fault == "slow":
                proxy.closing.wait(SLOWNESS)
            self._answer(*(instead or (status, headers, JSON, answer)))

    do_GET = do_POST  # noqa: N815 - named by http.server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Say nothing."""

    def _read_arguments(self, body: bytes) -> Mapping[str, Any]:
        asked: dict[str, Any] = dict(parse_qsl(urlsplit(self.path).query))
        if self.headers.get_content_type() == "application/json":
            asked |= json.loads(body or b"{}")
        else:
            asked |= dict(parse_qsl(body.decode()))
        return asked

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        behind = self.server.proxy.behind
        way = http.client.HTTPConnection(str(behind.hostname), behind.port or 80, timeout=PATIENCE)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            way.request(self.command, self.path, body, headers)
            answer = way.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name.startswith(("X-", "Retry"))}
            return answer.status, kept, answer.read()
        finally:
            way.close()

    def _answer(
        self, status: int, headers: Mapping[str, str], kind: str, body: bytes, cut_at: int | None = None
    ) -> None:
        self.close_connection = True
        try:
            self.send_response(status)
            for name, value in {**headers, "Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[:cut_at])
        except ConnectionError:
            pass  # the desk gave up waiting, or was stopped

    def _reset(self) -> None:
        """End the connection as a machine that was restarted does: with RST."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
