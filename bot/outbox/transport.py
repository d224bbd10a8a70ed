"""HTTP requests with one deadline for the whole call, from the name look-up to the last byte of the answer.

The standard library's time-out is for each wait on the socket: a server that sends a byte every two seconds
holds the caller for ever. Redirects are not followed, and an answer is read up to MOST_BYTES.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

MOST_BYTES = 20_000_000  # far more than 200 messages of a thread with their blocks


class TooLongError(OSError):
    """An answer is longer than MOST_BYTES."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered with a status below 300."""

    status: int
    headers: Mapping[str, str]
    text: str


class Transport:
    """Opens requests; threads may share it."""

    def __init__(self, proxy: str | None = None, timer: Callable[[], float] = time.monotonic) -> None:
        """Go through a proxy, "" for none; None: through the one that the environment names."""
        proxies = None if proxy is None else {each: proxy for each in ("http", "https") if proxy}
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler(proxies), _NoRedirect, _HttpHandler(timer), _HttpsHandler(timer)
        )

    def send(self, request: urllib.request.Request, seconds: float) -> Answer:
        """Send a request and return the answer, all within so many seconds.

        Raises urllib.error.HTTPError for a status from 300 on, of which the body can be read for the rest of
        that time; TimeoutError, or another OSError or http.client.HTTPException, where no answer came.
        """
        with self._opener.open(request, timeout=seconds) as answer:
            body = answer.read(MOST_BYTES + 1)
            if len(body) > MOST_BYTES:
                raise TooLongError(f"an answer of more than {MOST_BYTES} bytes")
            charset = answer.headers.get_content_charset() or "utf-8"
            return Answer(answer.status, dict(answer.headers), body.decode(charset))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect unfollowed: Slack's Web API sends none."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _HttpHandler(urllib.request.HTTPHandler):
    def __init__(self, timer: Callable[[], float]) -> None:
        super().__init__()
        self._timer = timer

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_start, _Connection, self._timer), req)


class _HttpsHandler(urllib.request.HTTPSHandler):
    def __init__(self, timer: Callable[[], float]) -> None:
        urllib.request.AbstractHTTPHandler.__init__(self)  # HTTPSHandler's own makes a context at once
        self._timer = timer

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """How servers are trusted; loading the authorities takes 10 ms."""
        return ssl.create_default_context()

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        connection = partial(_start, _SecureConnection, self._timer)
        return self.do_open(connection, req, context=self._trust)


class _Connection(http.client.HTTPConnection):
    """A connection whose time-out counts from its making to the last byte of the answer."""

    def start(self, timer: Callable[[], float]) -> None:
        """Count the time from now on."""
        self._timer = timer
        self._ends_at = timer() + float(self.timeout or 0.0)
        self._create_connection = self._connect_in_time
        self.response_class = self._open_response  # type: ignore[assignment]

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        left = memoryview(data)
        while left:
            self.sock.settimeout(self._count_left())
            left = left[self.sock.send(left) :]

    def _connect_in_time(self, address: tuple[str, int], *_: Any) -> socket.socket:
        error: OSError | None = None
        for family, kind, protocol, _name, target in _resolve(address, self._count_left):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(self._count_left())
                connection.connect(target)
                connection.settimeout(self._count_left())  # for the TLS handshake
            except OSError as failure:
                connection.close()
                error = failure
            else:
                return connection
        raise error or OSError("no address")

    def _open_response(self, connection: socket.socket, *args: Any, **options: Any) -> _Response:
        return _Response(connection, self._count_left, *args, **options)

    def _count_left(self) -> float:
        left = self._ends_at - self._timer()
        if left <= 0.0:
            raise TimeoutError("the call took too long")
        return left


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same by TLS; the handshake counts."""


def _start(
    kind: type[_Connection], timer: Callable[[], float], host: str, **options: Any
) -> http.client.HTTPConnection:
    connection = kind(host, **options)
    connection.start(timer)
    return connection


class _Response(http.client.HTTPResponse):
    """An answer that is read within the connection's time."""

    def __init__(
        self, connection: socket.socket, count_left: Callable[[], float], *args: Any, **options: Any
    ) -> None:
        super().__init__(connection, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_TimedReader(connection, count_left))


class _TimedReader(io.RawIOBase):
    """Reads a socket, waiting no longer than what is left of the call's time."""

    def __init__(self, connection: socket.socket, count_left: Callable[[], float]) -> None:
        self._connection = connection
        self._raw = connection.makefile("rb", buffering=0)
        self._count_left = count_left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._connection.settimeout(self._count_left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _resolve(address: tuple[str, int], count_left: Callable[[], float]) -> list[Any]:
    """Look a name up on a thread of its own: the system's look-up can't be told when to give up."""
    found: queue.SimpleQueue[list[Any] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(socket.getaddrinfo(*address, type=socket.SOCK_STREAM))
        except OSError as error:
            found.put(error)

    threading.Thread(target=look_up, name="name-look-up", daemon=True).start()
    try:
        result = found.get(timeout=count_left())
    except queue.Empty:
        raise socket.gaierror(socket.EAI_AGAIN, "the name look-up took too long") from None
    if isinstance(result, OSError):
        raise result
    return result
