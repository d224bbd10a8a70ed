"""Fixtures that several folders of tests need. The made-up knowledge stands in tests/toy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
REAL = TESTS.parent / "knowledge"


@pytest.fixture
def real() -> Path:
    """The knowledge folder of this repository."""
    return REAL


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A small sound knowledge folder to spoil: the pack "kettle", with the real languages and sentences."""
    root = tmp_path / "knowledge"
    shutil.copytree(TESTS / "toy", root)
    shutil.copytree(REAL / "messages", root / "messages")
    shutil.copy(REAL / "languages.yaml", root)
    return root
