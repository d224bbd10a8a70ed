"""The knowledge that generated questions are made from; read once, it is never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped knowledge."""
    return load_knowledge(Path(__file__).parents[2] / "knowledge")
