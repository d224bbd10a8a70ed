"""The knowledge that generated questions are made from; read once, it is never changed."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from tests.support.shipped import load_shipped


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped knowledge."""
    return load_shipped()
