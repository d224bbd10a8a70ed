"""Ports of loopback for processes that come and go.

A port that was free a moment ago may be given to any server that asks for one, which then answers in the
place of a process that was killed. One that is held here is given to nobody else.
"""

from __future__ import annotations

import socket
import weakref


class ReservedPort:
    """A port that nobody else gets until this is closed, or gone; by itself nobody listens there.

    Who sets SO_REUSEADDR, as waitress and PostgreSQL do, may listen there (man 7 socket).
    """

    def __init__(self) -> None:
        holder = socket.socket()
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        self.number: int = holder.getsockname()[1]
        self.close = weakref.finalize(self, holder.close)
