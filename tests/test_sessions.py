"""Socket Mode's sessions: a reconnect is forgiven, a minute without any is not."""

from __future__ import annotations

import threading

import pytest

from bot import sessions
from bot.sessions import FORGIVEN, Sessions
from tests.support.patience import PATIENCE


class Timer:
    """A timer that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_by_http() -> None:
    """Where none is watched, none is missed."""
    timer = Timer()
    watched = Sessions(timer)
    timer.now += 10 * FORGIVEN
    assert watched.are_live()


def test_a_minute() -> None:
    """A lost session makes the desk unready once a minute is over; a new one makes it ready at once."""
    timer, connected = Timer(), [True]
    watched = Sessions(timer)
    with watched.watch(lambda: connected[0]):
        assert watched.are_live()
        connected[0] = False
        timer.now += FORGIVEN - 0.5
        assert watched.are_live()
        timer.now += 0.5
        assert not watched.are_live()
        connected[0] = True
        assert watched.are_live()
        connected[0] = False
        timer.now += 1.0
        assert watched.are_live()


def test_before_the_first() -> None:
    """The minute begins when it is watched, so that a slow start is forgiven as well."""
    timer = Timer()
    watched = Sessions(timer)
    timer.now += 10 * FORGIVEN
    with watched.watch(lambda: False):
        assert watched.are_live()
        timer.now += FORGIVEN
        assert not watched.are_live()


def test_looked_at_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at between two questions, too: a session that nobody asked about counts."""
    monkeypatch.setattr(sessions, "LOOK", 0.001)
    timer, looked, connected = Timer(), threading.Event(), [True]
    watched = Sessions(timer)

    def tell() -> bool:
        if timer.now > 1000.0:
            looked.set()
        return connected[0]

    with watched.watch(tell):
        timer.now += 10 * FORGIVEN
        assert looked.wait(PATIENCE)
        looked.clear()
        assert looked.wait(PATIENCE)  # so the look before it is done
        connected[0] = False
        timer.now += 1.0
        assert watched.are_live()
