"""A database that takes nothing: Slack delivers the event again, people are told, and nothing is lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.outbox.decision_store import DecisionStore
from bot.watch_mode import WatchPreset
from tests.slack.commands.test_packs import HOT, open_two
from tests.slack.events.test_channel_posts import ALERT
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, Front, Hours, find_button
from tests.test_metrics import scrape

SHORT = 0.2  # seconds that a transaction waits for a lock: what holds one here never lets go


@pytest.fixture
def open_front(open_front: Callable[..., Front]) -> Callable[..., Front]:
    """Make an app that doesn't wait long for a lock."""
    return partial(open_front, patience=SHORT)


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the write lock of the app's database, as another program might."""
    with sqlite3.connect(folder / "app0" / "faultbook.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


def test_events(open_front: Callable[..., Front], slack: FakeSlack, tmp_path: Path) -> None:
    """An event that can't be recorded gets 503, posts nothing, and is answered when it is delivered again."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    front.start_holding()
    with lock(tmp_path):
        assert front.event(ALERT).status_code == 503
        assert front.mention("28504", ts="1790000002.000100").status_code == 503
        assert front.direct("28504", ts="1790000003.000100").status_code == 503
    assert slack.called("chat.postMessage") == []
    assert front.event(ALERT).status_code == 200
    assert front.mention("28504", ts="1790000002.000100").status_code == 200
    assert front.direct("28504", ts="1790000003.000100").status_code == 200
    front.release()
    assert len(slack.called("chat.postMessage")) == 3


def test_log(open_front: Callable[..., Front], tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever's request can't be recorded leaves a line without a traceback: an outage fills no disk."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    with lock(tmp_path):
        front.event(ALERT)
        front.direct("28504")
        front.command("watch auto")
    told = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert [each.getMessage() for each in told] == ["a request was not taken"] * 3
    assert not any(each.exc_info for each in told)


def test_people(open_front: Callable[..., Front], slack: FakeSlack, tmp_path: Path) -> None:
    """A person whose command can't be recorded is told so; a question is answered all the same."""
    front = open_front()
    front.start_holding()
    with lock(tmp_path):
        assert "can't be written to right now" in front.command("watch auto").get_json()["text"]
        assert front.command("28504").get_json()["text"].startswith("28504 ")
    assert "auto" in front.command("watch auto").get_json()["text"]
    front.release()


def test_private_answers(open_front: Callable[..., Front], slack: FakeSlack, tmp_path: Path) -> None:
    """What one person alone sees is answered meanwhile; the lines that can't be written are counted."""
    front = open_front()
    button = find_button(front.command("28504").get_json()["blocks"], "language_switch")
    front.start_holding()
    with lock(tmp_path):
        assert "toaster" in str(front.command("the toaster burns").get_json()["blocks"])
        front.shortcut(front.build_post("28601"))
        slack.wait_for("views.open")
        front.click(button, container={"type": "message", "is_ephemeral": True, "channel_id": CHANNEL})
        assert slack.wait_for("response_url")[0].arguments["text"].startswith("28504 ")
        assert scrape(front)["faultbook_ledger_lines_lost_total"][()] == 2
    front.command("28504")
    assert scrape(front)["faultbook_ledger_lines_lost_total"][()] == 2
    front.release()


def test_packs_are_remembered(
    open_front: Callable[..., Front], monkeypatch: pytest.MonkeyPatch, hours: Hours
) -> None:
    """Where the database answers nothing, a channel asks the packs that it was last known to ask."""
    front = open_front(open_two())
    front.command("packs lamp")
    assert front.command("28504").get_json()["text"].startswith(f"28504 {HOT}")
    hours.now += 10
    asked = []

    def fail(*_: object) -> None:
        asked.append(1)
        raise StoreError("store_failed", why="gone")

    monkeypatch.setattr(DecisionStore, "find_channel", fail)
    for _ in range(2):
        assert front.command("28504").get_json()["text"].startswith(f"28504 {HOT}")
    assert HOT not in front.command("28504", channel_id="C0OTHER").get_json()["text"].split("\n")[0]
    assert len(asked) == 1  # it isn't asked again for a second
    hours.now += 2
    front.command("28504")
    assert len(asked) == 2
