"""The HTTP server: what somebody outside can hold on to is bounded, while requests go on being answered."""

from __future__ import annotations

import resource
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from waitress.server import BaseWSGIServer
from werkzeug import Request, Response

from bot.web.http_server import KEPT_ALIVE, REQUEST_DEADLINE, BoundedChannel, Holding, build_http_server
from demo.ports import ReservedPort
from tests.support.patience import PATIENCE

BODY = b"x" * 100
POST = b"POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 100\r\n\r\n"
ROOT = Path(__file__).resolve().parents[2]


class Served:
    """A server on loopback, on a thread; its clock stands until it is set on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.took = threading.Event()
        self.body = b""

        @Request.application
        def echo(request: Request) -> Response:
            body = request.get_data()
            self.took.set()
            self.may_answer.wait(PATIENCE)
            return Response(self.body or body)

        self._reserved = ReservedPort()
        self.port = self._reserved.number
        self.server = build_http_server(echo, "127.0.0.1", self.port, 1000, lambda: self.now)
        self.thread = threading.Thread(target=self.server.run)

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)


@pytest.fixture
def served() -> Iterator[Served]:
    """A server that runs."""
    served = Served()
    served.thread.start()
    yield served
    served.may_answer.set()
    served.server.close()
    served.thread.join(PATIENCE)


def post(connection: socket.socket) -> bytes:
    """Send a request, and return the answer."""
    connection.sendall(POST + BODY)
    return read_answer(connection)


def read_answer(connection: socket.socket, end: bytes = BODY) -> bytes:
    answer = b""
    while not answer.endswith(end):
        received = connection.recv(65536)
        assert received, answer
        answer += received
    assert answer.startswith(b"HTTP/1.1 200")
    return answer


def is_closed_after(served: Served, connection: socket.socket, seconds: float) -> bool:
    """Say whether the server closes a connection, without a word, once its clock has gone on.

    The clock is set on again where the server has not yet noted its last answer.
    """
    connection.settimeout(1)
    for _ in range(PATIENCE):
        served.now += seconds
        try:
            return connection.recv(1) == b""
        except TimeoutError:
            continue
        except ConnectionResetError:  # it closed with some of what we sent unread
            return True
    return False


@pytest.mark.parametrize(
    "sent", [b"", b"\r\n", b"PO", POST, POST + BODY[:-1]], ids=["nothing", "a break", "two", "header", "most"]
)
def test_request_that_never_ends(served: Served, sent: bytes) -> None:
    """A request that isn't complete by its deadline is given up, wherever it stopped."""
    with served.connect() as connection, served.connect() as other:
        connection.sendall(sent)
        post(other)
        assert is_closed_after(served, connection, REQUEST_DEADLINE)


def test_dripping(served: Served) -> None:
    """Bytes that drip in, however steadily, don't put the deadline off; nor do empty lines before them."""
    with served.connect() as connection, served.connect() as other:
        post(other)  # so both are accepted
        for byte in b"\r\n\r\n" + POST:
            connection.sendall(bytes([byte]))
            served.now += REQUEST_DEADLINE / 20
            if served.now > 1000.0 + REQUEST_DEADLINE:
                break
        assert is_closed_after(served, connection, 0)


def test_kept_alive(served: Served) -> None:
    """A connection may rest between two requests, longer than one may take, and is closed after that."""
    with served.connect() as connection:
        post(connection)
        served.now += KEPT_ALIVE - 1
        post(connection)
        assert is_closed_after(served, connection, KEPT_ALIVE)


def test_second_request_has_a_deadline(served: Served) -> None:
    """A request that begins on a connection that was kept alive has the same deadline as a first one."""
    with served.connect() as connection:
        post(connection)
        connection.sendall(POST)
        with served.connect() as other:
            post(other)  # so the server has read what was sent before
        assert is_closed_after(served, connection, REQUEST_DEADLINE)


def test_slow_answer(served: Served) -> None:
    """A request that was read has no deadline: its answer may take long."""
    with served.connect() as connection, served.connect() as other:
        post(other)
        served.took.clear()
        served.may_answer.clear()
        connection.sendall(POST + BODY)
        assert served.took.wait(PATIENCE)
        assert is_closed_after(served, other, 10 * KEPT_ALIVE)
        served.may_answer.set()
        read_answer(connection)


def test_answer_that_is_being_sent(served: Served) -> None:
    """While a thread sends an answer, the server doesn't ask again and again whether it could send it."""
    assert isinstance(served.server, BaseWSGIServer)
    ours, theirs = socket.socketpair()
    with ours, theirs, ThreadPoolExecutor(1) as pool:
        channel = BoundedChannel(served.server, ours, ("", 0), served.server.adj, {}, holding=Holding())
        channel.total_outbufs_len = 1
        assert pool.submit(channel.writable).result()
        with channel.outbuf_lock:
            assert not pool.submit(channel.writable).result()
            channel.will_close = True
            assert pool.submit(channel.writable).result()
        channel.del_channel({})


def test_large_answer(served: Served) -> None:
    """An answer that is larger than what the system takes at once arrives whole."""
    served.body = b"0123456789" * 2_000_000
    with served.connect() as connection, connection.makefile("rb") as answer:
        connection.sendall(POST + BODY)
        while answer.readline() != b"\r\n":
            pass
        assert answer.read(len(served.body)) == served.body


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process have as many files open as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_thousand_connections(served: Served) -> None:
    """Requests are answered beside a thousand connections that say nothing, or stopped in the middle."""
    with many_files(), ExitStack() as stack:
        idle = [stack.enter_context(served.connect()) for _ in range(1000)]
        for number, connection in enumerate(idle):
            connection.sendall((b"", b"POST", POST, POST + BODY[:50])[number % 4])
        with served.connect() as connection:
            for _ in range(20):
                post(connection)
        for _ in range(20):
            with served.connect() as connection:
                post(connection)


def test_bodies_of_all_connections(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what all connections may hold a large one is closed, a small one answered; an end frees."""
    monkeypatch.setattr("bot.web.http_server.MOST_HELD", 2500)
    monkeypatch.setattr("bot.web.http_server.FAIR_SHARE", 500)
    large = POST.replace(b"100", b"999")
    with ExitStack() as stack:
        held = [stack.enter_context(served.connect()) for _ in range(3)]
        for connection in held:
            connection.sendall(large + BODY * 9)
        closed, _, _ = select.select(held, [], [], PATIENCE)
        assert len(closed) == 1
        with suppress(ConnectionResetError):  # it closed with some of what we sent unread
            assert closed[0].recv(1) == b""
        with served.connect() as connection:
            post(connection)
        for other in held:
            other.close()
    for _ in range(5):
        with served.connect() as connection:
            connection.sendall(large + BODY * 9 + BODY[:99])
            read_answer(connection, BODY[:99])


def test_large_body_is_no_file(served: Served) -> None:
    """A body stays in memory: files, which are limited, too, are left to connections."""
    assert isinstance(served.server, BaseWSGIServer)
    assert served.server.adj.inbuf_overflow > served.server.adj.max_request_body_size


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, tuple(map(int, sys.argv[1:])))
from bot.web.http_server import find_connection_limit
print(find_connection_limit(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.parametrize(
    ("soft", "hard", "told"),
    [(1024, 8000, "4000 4256"), (1024, 1024, "768 1024"), (300, 300, "44 300"), (8000, 8000, "4000 8000")],
)
def test_limit_of_open_files(soft: int, hard: int, told: str) -> None:
    """As many connections are taken as files can be open, and that limit is raised where it may be."""
    command = [sys.executable, "-c", LIMITED, str(soft), str(hard)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stdout.strip() == told
