"""The HTTP server: waitress, with a bound on everything that somebody outside can hold on to.

A thousand idle or dripping connections cost a file each and a look a second; the threads that answer are not
held by any of them.
"""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable
from functools import partial
from socket import socket
from typing import Any
from wsgiref.types import WSGIApplication

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from bot.web.lanes import LaneDispatcher

MOST_CONNECTIONS = 4000  # at once; each costs a file, and about 10 KB
OTHER_FILES = 256  # files that the rest of the process may have open: database, outbox, logs
ACCEPTED_AT_ONCE = 100  # connections
WAITING = 2048  # connections that the system keeps until they are accepted
REQUEST_DEADLINE = 10.0  # seconds from a request's first byte to the last of its body; Slack waits 3 for all
KEPT_ALIVE = (
    75.0  # seconds that a connection may stay open between two requests; nginx closes its own after 60
)

MOST_HELD = 64_000_000  # bytes of requests, over all connections, that are incomplete or not yet answered
FAIR_SHARE = 32_000  # bytes that each connection may hold beside that; Slack's requests are seldom larger

Server = BaseWSGIServer | MultiSocketServer


class Holding:
    """How many bytes of requests are held, over all connections. Threads may share it."""

    def __init__(self) -> None:
        self._total = 0
        self._lock = threading.Lock()

    def change(self, by: int) -> int:
        """Hold so many bytes more, or less; return how many are held now."""
        with self._lock:
            self._total += by
            return self._total


class BoundedChannel(HTTPChannel):
    """A connection that is closed when a request takes too long to arrive, or none comes.

    The deadline is for header and body together, however steadily their bytes drip. The first request has it
    from the time the connection opens. An answer may take as long as it takes. Where all connections together
    hold too much, one that takes more than its share is closed.
    """

    def __init__(
        self,
        server: BaseWSGIServer,
        sock: socket,
        addr: Any,
        adj: Adjustments,
        map: Any = None,  # noqa: A002 - waitress' name
        *,
        holding: Holding,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._holding, self._held = holding, 0
        self._timer = timer
        self._due = timer() + REQUEST_DEADLINE
        self._has_begun = True  # the next request
        self._is_serving = False
        self._served = self._seen = 0  # written by the thread that serves, and by the one that reads
        super().__init__(server, sock, addr, adj, map)

    def received(self, data: bytes) -> bool:
        """Take what came in; the first byte of a request starts its deadline."""
        self._note_served()
        if not self._has_begun:
            self._has_begun, self._due = True, self._timer() + REQUEST_DEADLINE
        going_on = super().received(data)
        if self._note_held() > MOST_HELD and self._held > FAIR_SHARE:
            self.will_close = True
        return going_on

    def handle_close(self) -> None:
        """Close the connection; nothing is held of it any more."""
        super().handle_close()
        self._note_held()

    def service(self) -> None:
        """Answer a request, on a thread of the pool."""
        self._is_serving = True
        try:
            super().service()
        finally:
            self._served += 1
            self._is_serving = False

    def writable(self) -> bool:
        """Say whether there is something to write or to close; the server asks at least once a second."""
        self._note_served()
        if not (self.requests or self._is_serving) and self._timer() >= self._due:
            self.will_close = True
        return super().writable() and not self._is_being_written()

    def _is_being_written(self) -> bool:
        """Say whether a thread of the pool sends at this moment; it wakes the server where something is left.

        Under load that thread waits for the interpreter in the middle of it, and a server that takes the
        connection for writable meanwhile goes round some twenty times a request, to no purpose.
        """
        if self.will_close or self.close_when_flushed:
            return False
        if not self.outbuf_lock.acquire(blocking=False):
            return True
        self.outbuf_lock.release()
        return False

    def _note_held(self) -> int:
        """Count anew what is held of requests; return how much that is over all connections."""
        requests = [*self.requests, self.request] if self.connected else []
        held = sum(each.header_bytes_received + each.body_bytes_received for each in requests if each)
        self._held, before = held, self._held
        return self._holding.change(held - before)

    def _note_served(self) -> None:
        if self._served != self._seen:
            self._note_held()
            self._seen, self._has_begun = self._served, self.request is not None
            self._due = self._timer() + (REQUEST_DEADLINE if self._has_begun else KEPT_ALIVE)


def build_http_server(
    pages: WSGIApplication, host: str, port: int, most_bytes: int, timer: Callable[[], float] = time.monotonic
) -> Server:
    """Return a server that listens; `run` it. A body of more than `most_bytes` is answered 413, unread.

    `timer` counts seconds. Raises OSError or ValueError where the address can't be listened at.
    """
    server = create_server(
        pages,
        host=host,
        port=port,
        _dispatcher=LaneDispatcher(),
        max_request_body_size=most_bytes,
        inbuf_overflow=2 * most_bytes,  # never a file: each would count against the limit of open files
        connection_limit=find_connection_limit(),
        asyncore_use_poll=True,  # select() takes no file above 1023
        backlog=WAITING,
        ident=None,
    )
    holding = Holding()
    listeners = (server.map or {}).values() if isinstance(server, MultiSocketServer) else [server]
    for each in listeners:
        if isinstance(each, BaseWSGIServer):
            each.channel_class = partial(BoundedChannel, holding=holding, timer=timer)  # type: ignore[assignment]
            each.handle_accept = partial(_accept, each, each.handle_accept)  # type: ignore[method-assign]
    return server


def _accept(server: BaseWSGIServer, accept_one: Callable[[], None]) -> None:
    """Accept what waits, not one connection a round: a round looks at every connection there is."""
    for _ in range(ACCEPTED_AT_ONCE):
        count = len(server.active_channels)  # type: ignore[arg-type] # a mapping, whatever its stub says
        accept_one()
        if len(server.active_channels) == count:  # type: ignore[arg-type] # likewise
            return


def find_connection_limit() -> int:
    """Return how many connections there may be; the limit of open files is raised for them if possible."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(1, min(MOST_CONNECTIONS, soft - OTHER_FILES))
