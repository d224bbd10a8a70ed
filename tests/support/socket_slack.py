"""Slack's side of Socket Mode, on loopback: envelopes over WebSocket, again until they are acknowledged.

No more of RFC 6455 than slack_sdk's client speaks. The Web API is fake_slack.py's, whose method
apps.connections.open leads here. Used by test_socket_mode.py.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import itertools
import json
import socket
import socketserver
import struct
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.patience import PATIENCE

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA

Json = Mapping[str, Any]


class SocketSlack:
    """Sends events to whichever connection is the newest; what isn't acknowledged, to the next one again."""

    def __init__(self, slack: FakeSlack) -> None:
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="socket-slack")
        self._slack = slack
        self._changed = threading.Condition()
        self._open: list[_Connection] = []
        self._waiting: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self.connections = 0
        self.deliveries = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.accept()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.refuse()
        self.cut()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def accept(self) -> None:
        """Let apps connect from now on."""
        self._slack.workspace.socket_url = f"ws://127.0.0.1:{self._server.server_address[1]}/link?ticket=1"

    def refuse(self) -> None:
        """Let no app connect any more; those that are connected stay so."""
        self._slack.workspace.socket_url = ""

    def send(self, event: Json, event_id: str) -> None:
        """Send an event, now or as soon as anybody is connected."""
        body = {"type": "event_callback", "team_id": TEAM, "event": event, "event_id": event_id}
        payload = {**body, "is_ext_shared_channel": False}
        with self._changed:
            envelope_id = f"envelope-{next(self._numbers)}"
            kept = {"type": "events_api", "envelope_id": envelope_id, "payload": payload, "retry_attempt": 0}
            self._waiting[envelope_id] = {**kept, "accepts_response_payload": False}
            if self._open:
                self._deliver(self._open[-1], envelope_id)

    def disconnect(self, reason: str) -> None:
        """Tell every connection that it will be closed; the app is to connect anew meanwhile."""
        with self._changed:
            for connection in self._open:
                connection.say({"type": "disconnect", "reason": reason, "debug_info": {"host": "here"}})

    def cut(self) -> None:
        """End every connection without a word, as a machine in between does."""
        with self._changed:
            for connection in self._open:
                connection.cut()

    def wait_for_connection(self, count: int) -> None:
        """Block until apps have connected so often."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.connections >= count, PATIENCE), self.connections

    def wait_for_acknowledgements(self) -> None:
        """Block until every event is acknowledged."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._waiting, PATIENCE), list(self._waiting)

    def take(self, connection: _Connection) -> None:
        """Greet a new connection and send it what waits."""
        with self._changed:
            self.connections += 1
            self._open.append(connection)
            connection.say({"type": "hello", "num_connections": len(self._open)})
            for envelope_id in list(self._waiting):
                self._deliver(connection, envelope_id)
            self._changed.notify_all()

    def lose(self, connection: _Connection) -> None:
        """Note that a connection is gone, and send what it hasn't acknowledged to another."""
        with self._changed:
            if connection in self._open:
                self._open.remove(connection)
            if self._open:
                for envelope_id in list(self._waiting):
                    self._deliver(self._open[-1], envelope_id)
            self._changed.notify_all()

    def acknowledge(self, envelope_id: str) -> None:
        """Note that an event was taken."""
        with self._changed:
            self._waiting.pop(envelope_id, None)
            self._changed.notify_all()

    def _deliver(self, connection: _Connection, envelope_id: str) -> None:
        self.deliveries += 1
        envelope = self._waiting[envelope_id]
        connection.say(envelope)
        envelope["retry_attempt"] += 1


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True  # a connection that nobody ends ends with the test
    allow_reuse_address = True

    def __init__(self, slack: SocketSlack) -> None:
        self.slack = slack
        super().__init__(("127.0.0.1", 0), _Connection)


class _Connection(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        key = b""
        while (line := self.rfile.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            key = value.strip() if name.lower() == b"sec-websocket-key" else key
        proof = base64.b64encode(hashlib.sha1(key + GUID).digest())  # noqa: S324 - RFC 6455 has it so
        self.wfile.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
        )
        self.server.slack.take(self)
        try:
            while self._take_frame():
                pass
        except OSError:
            pass
        finally:
            self.server.slack.lose(self)

    def say(self, message: Json) -> None:
        """Send a text frame."""
        self._send(TEXT, json.dumps(message).encode())

    def cut(self) -> None:
        """End the connection, with no closing frame before that."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, kind: int, body: bytes) -> None:
        size = bytes([len(body)]) if len(body) < 126 else b"\x7e" + struct.pack(">H", len(body))
        with contextlib.suppress(OSError):
            self.wfile.write(bytes([0x80 | kind]) + size + body)

    def _take_frame(self) -> bool:
        """Take one frame of the app's; return False at the end."""
        head = self.rfile.read(2)
        if len(head) < 2:
            return False
        size = head[1] & 0x7F
        if size >= 126:
            length, form = (2, ">H") if size == 126 else (8, ">Q")
            [size] = struct.unpack(form, self.rfile.read(length))
        mask = self.rfile.read(4)
        body = bytes(byte ^ mask[place % 4] for place, byte in enumerate(self.rfile.read(size)))
        kind = head[0] & 0x0F
        if kind == PING:
            self._send(PONG, body)
        elif kind == TEXT and body:
            self.server.slack.acknowledge(json.loads(body)["envelope_id"])
        return kind != CLOSE
