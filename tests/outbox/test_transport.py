"""Calls to Slack have one deadline: a server that drips or goes on for ever doesn't hold the caller."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from bot.outbox import transport as module
from bot.outbox.slack_client import SlackClient
from bot.outbox.transport import Answer, TooLongError, Transport
from tests.support.patience import PATIENCE

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
SECONDS = 10.0


class Timer:
    """A timer that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def timer() -> Timer:
    """The transport's timer."""
    return Timer()


@contextlib.contextmanager
def serving(answer: Callable[[socket.socket], None], trust: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve one connection by a function; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with (
                contextlib.suppress(OSError),
                trust.wrap_socket(connection, server_side=True) if trust else connection as spoken,
            ):
                answer(spoken)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        scheme = "https" if trust else "http"
        yield f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/api/"
        thread.join(PATIENCE)


def read_request(connection: socket.socket) -> bytes:
    """Read a request whole: closing over bytes that were not read resets the connection."""
    head = body = b""
    with connection.makefile("rb") as lines:
        while not head.endswith(b"\r\n\r\n"):
            head += lines.readline()
        body = lines.read(
            int(http.client.parse_headers(io.BytesIO(head.partition(b"\r\n")[2]))["Content-Length"])
        )
    return head + body


def call(url: str, timer: Timer) -> Answer:
    """Post to an address by a transport."""
    return Transport(timer=timer).send(Request(url, b"{}", method="POST"), SECONDS)  # noqa: S310 - our own


def drip_after(head: bytes, timer: Timer) -> Callable[[socket.socket], None]:
    """Return what answers with a head, and then with a byte every two seconds of the timer."""

    def drip(connection: socket.socket) -> None:
        read_request(connection)
        connection.settimeout(0.01)  # between two bytes, so that each is read by itself
        connection.sendall(head)
        for _ in range(50):
            timer.now += 2.0
            connection.sendall(b"H")
            with contextlib.suppress(TimeoutError):
                connection.recv(1)

    return drip


@pytest.mark.parametrize("head", [b"", HEAD + b"Content-Length: 99\r\n\r\n{"], ids=["head", "body"])
def test_drip(timer: Timer, head: bytes) -> None:
    """A byte every two seconds is read for ten seconds, in the head of an answer as in its body."""
    with serving(drip_after(head, timer)) as url, pytest.raises(OSError, match="took too long"):
        call(url, timer)


def test_whole_answer(timer: Timer) -> None:
    """What comes within the time is returned whole, however many pieces it is in."""

    def answer(connection: socket.socket) -> None:
        assert read_request(connection).startswith(b"POST /api/ HTTP/1.1")
        for piece in (HEAD[:9], HEAD[9:], b"Content-Length: 6\r\n\r\n", b"\xe7\xa6", b"\xbb\xe7\xba\xbf"):
            connection.sendall(piece)

    with serving(answer) as url:
        found = call(url, timer)
    assert (found.status, found.text) == (200, "离线")


def test_endless_answer(timer: Timer, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without an end is read up to a bound."""
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)

    def answer(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(HEAD + b"\r\n")
        for _ in range(1_000):
            connection.sendall(b"x" * 1_000)

    with serving(answer) as url, pytest.raises(TooLongError):
        call(url, timer)


def test_redirect(timer: Timer) -> None:
    """A redirect is an error, and not followed."""

    def answer(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        )

    with serving(answer) as url, pytest.raises(HTTPError, match="302"):
        call(url, timer)


def test_name_that_is_looked_up_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up that doesn't return is given up, and counts as a request that never left."""
    asked = threading.Event()
    release = threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        asked.set()
        release.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    ticks = iter([0.0, SECONDS - 0.01])
    moments = Transport(timer=lambda: next(ticks, SECONDS))
    with pytest.raises(OSError, match="look-up") as raised:
        moments.send(Request("http://slack.invalid/api/", b"{}", method="POST"), SECONDS)
    release.set()
    assert asked.is_set()
    assert isinstance(getattr(raised.value, "reason", raised.value), socket.gaierror)


def test_tls(tmp_path: Path, timer: Timer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds by TLS: what drips is given up."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=test"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        [*command, *names, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with serving(drip_after(HEAD, timer), trust) as url, pytest.raises(OSError, match="took too long"):
        call(url, timer)


def test_every_call_of_the_client(timer: Timer) -> None:
    """A method of the Web API that drips raises, too."""

    with (
        serving(drip_after(HEAD + b"Content-Length: 100\r\n\r\n", timer)) as url,
        pytest.raises(TimeoutError),
    ):
        SlackClient("xoxb-tests", url, Transport(timer=timer)).chat_postMessage(channel="C1", text="28504")
