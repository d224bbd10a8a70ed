"""A desk that serves is warm: its first question of a kind takes no longer than the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import build_served
from bot.config import Settings
from bot.desk import Desk, Snapshot
from bot.knowledge.load import load_knowledge
from bot.matching.pinyin import sound_out
from tests.support.front import SECRET, TOKEN
from tests.support.shipped import load_shipped
from tests.support.spoil import spoil

STRANGE = "雾锁楼台月迷津渡"  # says nothing, but sounds like something
FEW = 20  # times that a question has characters sounded out; the words of the knowledge are thousands


def test_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that is warm doesn't sound out the words of the knowledge for a question; a cold one does."""
    sounded: list[str] = []

    def note_sound_out(written: str) -> list[str]:
        sounded.append(written)
        return sound_out(written)

    monkeypatch.setattr("bot.matching.slips.sound_out", note_sound_out)
    warm, cold = Snapshot(load_shipped()), Snapshot(load_shipped())
    warm.warm()
    sounded.clear()
    warm.ask(STRANGE)
    assert 0 < len(sounded) < FEW
    cold.ask(STRANGE)
    assert len(sounded) > 100 * FEW


def test_before_it_serves(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What serves is warmed before, at the start and when the knowledge was changed."""
    desk = Desk(Snapshot(load_knowledge(toy)))
    first = desk.snapshot
    warmed: list[tuple[Snapshot, Snapshot]] = []
    monkeypatch.setattr(Snapshot, "warm", lambda self: warmed.append((self, desk.snapshot)))
    settings = Settings.from_env(
        {
            "DATABASE_URL": f"sqlite:///{tmp_path}/faultbook.db",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
        }
    )
    service, reloader = build_served(
        settings, desk, toy, lambda: load_knowledge(toy), lambda: Snapshot(load_knowledge(toy))
    )
    try:
        assert warmed == [(first, first)]
        spoil(toy / "kettle/codes/102.yaml", "The lid stands open", "The lid is ajar")
        assert reloader.reload()
        assert warmed[1:] == [(desk.snapshot, first)]
        assert reloader.reload()  # nothing new
        assert len(warmed) == 2
    finally:
        service.close()
