"""A database that takes nothing: Slack delivers the event again, people are told, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.watch_mode import WatchPreset
from tests.slack.events.test_channel_posts import ALERT
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, Front


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


def test_people(open_front: Callable[..., Front], slack: FakeSlack, tmp_path: Path) -> None:
    """A person whose command can't be recorded is told so; a question is answered all the same."""
    front = open_front()
    front.start_holding()
    with lock(tmp_path):
        assert "can't be written to right now" in front.command("watch auto").get_json()["text"]
        assert front.command("28504").get_json()["text"].startswith("28504 ")
    assert "auto" in front.command("watch auto").get_json()["text"]
    front.release()
