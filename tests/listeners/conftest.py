"""The Slack app over the real knowledge, with a fake Web API on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.desk import Desk
from bot.knowledge.load import load_knowledge
from tests.conftest import REAL
from tests.fake_slack import FakeSlack
from tests.front import Front

DESK = Desk(load_knowledge(REAL))


class Hours:
    """A clock that goes on when it is told to; called, it tells the seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep slack_sdk from asking a proxy of this machine for loopback."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake Web API."""
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def hours() -> Hours:
    """The clock of the app."""
    return Hours()


@pytest.fixture
def open_front(slack: FakeSlack, hours: Hours) -> Iterator[Callable[..., Front]]:
    """Make the app over a desk of the test's own."""
    fronts: list[Front] = []

    def build(desk: Desk = DESK, language: str = "en") -> Front:
        fronts.append(Front(slack, desk, language, hours))
        return fronts[-1]

    yield build
    for front in fronts:
        front.settle()


@pytest.fixture
def front(open_front: Callable[..., Front]) -> Front:
    """The app over the real knowledge."""
    return open_front()
