"""The two lanes: no request waits for those of the other, and both end with the server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from wsgiref.types import WSGIApplication

import pytest
from werkzeug import Request, Response

from bot.web.http_server import build_http_server
from bot.web.lanes import LARGE, LARGE_THREADS, THREADS, LaneDispatcher
from demo.ports import ReservedPort
from tests.support.patience import PATIENCE

SMALL_BODY, LARGE_BODY = b"x" * LARGE, b"x" * (LARGE + 1)


class Served:
    """A server on loopback that answers with the length of a body, but for those of `held` once `may_go`."""

    def __init__(self) -> None:
        self.held: bytes | None = None
        self.in_work = threading.Semaphore(0)
        self.may_go = threading.Event()
        self._reserved = ReservedPort()
        self.server = build_http_server(self._build_page(), "127.0.0.1", self._reserved.number, 2 * LARGE)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()

    def _build_page(self) -> WSGIApplication:
        @Request.application
        def answer(request: Request) -> Response:
            body = request.get_data()
            if body == self.held:
                self.in_work.release()
                self.may_go.wait(PATIENCE)
            return Response(f"{len(body)} bytes")

        return answer

    def send(self, body: bytes) -> socket.socket:
        """Send a request on a connection of its own."""
        connection = socket.create_connection(("127.0.0.1", self._reserved.number), timeout=PATIENCE)
        head = f"POST / HTTP/1.1\r\nHost: desk\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        return connection


@pytest.fixture
def served() -> Iterator[Served]:
    """A server that runs."""
    served = Served()
    yield served
    served.may_go.set()
    served.server.close()
    served.thread.join(PATIENCE)


def read_answer(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as answer:
        head = list(iter(answer.readline, b"\r\n"))
        return head[0] + answer.read(len("8000 bytes"))


@pytest.mark.parametrize(
    ("held", "other", "threads"),
    [(LARGE_BODY, SMALL_BODY, LARGE_THREADS), (SMALL_BODY, LARGE_BODY, THREADS)],
    ids=["large held", "small held"],
)
def test_lane_that_is_full(served: Served, held: bytes, other: bytes, threads: int) -> None:
    """Requests of one size that take all threads of their lane, and more that wait, keep no other waiting."""
    served.held = held
    with ExitStack() as stack:
        waiting = [stack.enter_context(served.send(held)) for _ in range(threads + 3)]
        for _ in range(threads):
            assert served.in_work.acquire(timeout=PATIENCE)
        assert not served.in_work.acquire(blocking=False)
        with served.send(other) as connection:
            assert read_answer(connection) == b"HTTP/1.1 200 OK\r\n%d bytes" % len(other)
        served.may_go.set()
        assert {read_answer(each) for each in waiting} == {b"HTTP/1.1 200 OK\r\n%d bytes" % len(held)}


def test_both_lanes_end() -> None:
    """What ends the lanes, as SIGTERM does, leaves no thread of either."""
    before = set(threading.enumerate())
    lanes = LaneDispatcher()
    threads = set(threading.enumerate()) - before
    assert len(threads) == THREADS + LARGE_THREADS
    lanes.shutdown()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
