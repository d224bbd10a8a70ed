"""Work in the background: done at the start, on request, and again after it failed."""

from __future__ import annotations

import queue

from bot.background import Background
from tests.support.patience import PATIENCE


def test_done_at_the_start_and_on_request() -> None:
    """It is done once the thread starts, and each time that somebody asks."""
    done: queue.SimpleQueue[int] = queue.SimpleQueue()
    background = Background("test", lambda: done.put(1), interval=3600.0)
    background.start()
    for _ in range(3):
        assert done.get(timeout=PATIENCE) == 1
        background.request()
    background.stop()


def test_again_after_a_failure() -> None:
    """Work that failed is done again, after the interval."""
    done: queue.SimpleQueue[int] = queue.SimpleQueue()

    def work() -> None:
        done.put(1)
        raise RuntimeError

    background = Background("test", work, interval=0.01)
    background.start()
    assert [done.get(timeout=PATIENCE) for _ in range(3)] == [1, 1, 1]
    background.stop()


def test_stopped_before_it_started() -> None:
    """One that was never started can be stopped."""
    Background("test", lambda: None, interval=1.0).stop()
