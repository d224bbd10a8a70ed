"""Work in the background: again and again, or when somebody asks for it, on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.outbox.direct_sender import report

LEAVING = 2.0  # seconds that the thread has to end


class Background:
    """Does one piece of work at the start, on request, and every so often."""

    def __init__(self, name: str, work: Callable[[], object], interval: float) -> None:
        """`interval` is in seconds; work that failed is tried again after it."""
        self.work = work
        self._name = name
        self._interval = interval
        self._wanted = threading.Event()
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, with the work."""
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def request(self) -> None:
        """Have the work done soon; asked for while it is done, it is done once more."""
        self._wanted.set()

    def stop(self) -> None:
        """Do nothing more once what is being done is done, which is waited for a moment."""
        self._is_stopping = True
        self._wanted.set()
        if self._thread:
            self._thread.join(LEAVING)

    def _run(self) -> None:
        while not self._is_stopping:
            self._wanted.clear()
            try:
                self.work()
            except Exception as error:  # noqa: BLE001 - the thread goes on: the next time it may work
                report(error, f"{self._name} failed")
            self._wanted.wait(self._interval)
