"""The Slack app over the real knowledge, with a fake Web API on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.desk import Desk
from tests.support.fake_slack import FakeSlack
from tests.support.front import Front, Hours
from tests.support.patience import PATIENCE
from tests.support.shipped import open_desk

DESK = open_desk()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake Web API."""
    with FakeSlack(start=1_800_000_000) as fake:  # after the posts that the tests deliver
        yield fake


@pytest.fixture
def hours() -> Hours:
    """The clock of the app."""
    return Hours()


@pytest.fixture
def open_front(slack: FakeSlack, hours: Hours, tmp_path: Path) -> Iterator[Callable[..., Front]]:
    """Make the app over a desk of the test's own, with a database of its own."""
    fronts: list[Front] = []

    def build(desk: Desk = DESK, patience: float = PATIENCE, **settings: Any) -> Front:
        folder = tmp_path / f"app{len(fronts)}"
        fronts.append(Front(slack, desk, folder, Settings(**settings), hours, patience=patience))
        return fronts[-1]

    yield build
    for front in fronts:
        front.settle()


@pytest.fixture
def front(open_front: Callable[..., Front]) -> Front:
    """The app over the real knowledge."""
    return open_front()
