"""The command line over the toy knowledge, as a fixture."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main

Run = Callable[..., tuple[int, str, str]]
"""Runs the command with words; returns the exit code, standard output and standard error."""


@pytest.fixture
def run(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command over the toy knowledge, in a folder and with a database of its own."""
    for name in [name for name in os.environ if name.startswith("FAULTBOOK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(toy))
    monkeypatch.setenv("FAULTBOOK_CACHE", "off")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/faultbook.db")
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        return code, *capsys.readouterr()

    return call
