"""docs/architecture.md follows a post through the code: each file that it names on the way is entered."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from bot.config import Settings
from bot.watch_mode import WatchPreset
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, Front
from tests.support.shipped import open_desk

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
# On the way only if ...: it attached the listener before; Slack's answer was lost; the thread is asked for.
ELSEWHERE = {"slack/register.py", "outbox/thread.py", "slack/thread_job.py", "slack/commands/fault.py"}


def read_way(heading: str) -> list[str]:
    """Return the files of bot/ that a section links to, in its order."""
    section = PAGE.split(f"## {heading}")[1].split("\n## ")[0]
    return [file for file in re.findall(r"\]\(\.\./bot/([\w/]+\.py)\)", section) if file not in ELSEWHERE]


def list_entered(act: Callable[[], object]) -> list[str]:
    """Return the files of bot/ whose functions an action enters, each once."""
    entered: dict[str, None] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(f"{ROOT}/bot/"):
            entered.setdefault(frame.f_code.co_filename.removeprefix(f"{ROOT}/bot/"))

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return list(entered)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The app, with a watched channel."""
    desk = open_desk()
    settings = replace(Settings(), watch={CHANNEL: WatchPreset("auto")})
    with FakeSlack() as fake:
        front = Front(fake, desk, tmp_path_factory.mktemp("front"), settings)
        yield front
        front.settle()


def test_watched_post(front: Front) -> None:
    """A post without an error takes the first steps, one with an error all of them but the batch."""
    way = read_way("A watched post, from Slack to the record")
    quiet = list_entered(lambda: front.event(front.build_post("deployed build 1 of the shop, all green")))
    shown = list_entered(lambda: front.event(front.build_post("error code 28504 on host a")))
    batcher, policy = "outbox/ledger_batcher.py", "channels/policy.py"
    assert [file for file in way if file not in {*quiet, *shown}] == []
    assert batcher in quiet
    assert policy not in quiet
    assert policy in shown
    assert len(set(way)) == len(way) < 27


def test_mention(front: Front) -> None:
    """A mention enters the files that the page names."""
    way = read_way("A mention, from Slack to the answer")
    answered = list_entered(lambda: front.mention("28504"))
    unanswered = list_entered(lambda: front.mention("the sky is blue and far away"))
    assert [file for file in way if file not in {*answered, *unanswered}] == []
    assert "redaction/redact.py" in unanswered
    assert "redaction/redact.py" not in answered
