"""Two lanes for requests: the small ones never wait for the large ones, which cost the most to answer.

A text costs as much as it is long, and one long one is answered at a time. So a crowd of long posts takes
neither all threads nor most of the processor from a short one.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.task import ThreadedTaskDispatcher

THREADS = 8
LARGE_THREADS = 1  # two that read at once take turns at the interpreter, which costs both a quarter more
LARGE = 8_000  # bytes of a body: a post of some 500 Chinese characters, which Slack sends twice, escaped


class LaneDispatcher(ThreadedTaskDispatcher):
    """Hands each request to the threads of its lane. A connection has one request in work at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._large = ThreadedTaskDispatcher()
        self.set_thread_count(THREADS)
        self._large.set_thread_count(LARGE_THREADS)

    def add_task(self, task: Any) -> None:
        """Queue a connection, whose first request is due, in the lane of that request."""
        if task.requests[0].body_bytes_received > LARGE:
            self._large.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End both lanes within so many seconds; requests that wait are answered by nobody."""
        until = time.monotonic() + timeout
        self._large.set_thread_count(0)
        ended = super().shutdown(cancel_pending, timeout)
        return self._large.shutdown(cancel_pending, max(0, int(until - time.monotonic()))) and ended
