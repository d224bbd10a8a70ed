"""The weekly digest: once over all processes, late rather than twice, and none of a week without events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.digest_schedule import read_schedule
from tests.reports.conftest import open_second
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import Front, Hours
from tests.support.slack_limits import find_faults, list_texts

DAY, HOUR = 86_400.0, 3_600.0
NEWS = "C0NEWS"
SCHEDULE = read_schedule(f"{NEWS}:mon:09:00:Asia/Shanghai")
MONDAY = datetime.fromisoformat("2026-11-23T09:00+08:00").timestamp()


@pytest.fixture
def front(open_front: Callable[..., Front], hours: Hours) -> Front:
    """The app with a digest, set up a day before it is due the first time."""
    hours.now = MONDAY - DAY
    front = open_front(digest=(SCHEDULE,))
    front.service.digest.work()
    return front


def post(front: Front, slack: FakeSlack, at: float) -> list[dict[str, Any]]:
    """Let the clock be at a time and post what is due; return what was posted."""
    slack.forget()
    front.hours.now = at
    front.service.digest.work()
    front.flush()
    posted = [call.arguments for call in slack.called("chat.postMessage")]
    assert [fault for each in posted for fault in find_faults(each)] == []
    return posted


def test_when_it_is_due(front: Front, slack: FakeSlack) -> None:
    """It comes at its time, to its channel, about the week before, once."""
    front.command("28504")
    assert post(front, slack, MONDAY - 1) == []
    [digest] = post(front, slack, MONDAY)
    assert digest["channel"] == NEWS
    assert "thread_ts" not in digest
    assert digest["text"].startswith("*What people asked Faultbook this week*\nQuestions: 1, answered: 1.")
    [chart] = [block for block in digest["blocks"] if block["type"] == "data_visualization"]
    assert chart["chart"]["axis_config"]["categories"][-1] == "11-22"
    for later in (1.0, HOUR, 6 * DAY):
        assert post(front, slack, MONDAY + later) == []
    front.command("28504")
    assert len(post(front, slack, MONDAY + 7 * DAY)) == 1


def test_nothing_of_the_time_before(open_front: Callable[..., Front], slack: FakeSlack, hours: Hours) -> None:
    """Set up in the middle of a week it waits for the next time, and makes up for none before."""
    hours.now = MONDAY - 2 * DAY
    front = open_front(digest=(SCHEDULE,))
    front.command("28504")
    assert post(front, slack, MONDAY + DAY) == []
    assert len(post(front, slack, MONDAY + 7 * DAY)) == 0
    front.command("28504")
    assert len(post(front, slack, MONDAY + 14 * DAY)) == 1


def test_late_after_downtime(front: Front, slack: FakeSlack) -> None:
    """After a downtime the digest of the last time comes late; those that were missed before it don't."""
    front.hours.now = MONDAY + 13 * DAY
    front.command("28504")
    [digest] = post(front, slack, MONDAY + 16 * DAY)
    assert "Questions: 1, answered: 1." in digest["text"]
    assert post(front, slack, MONDAY + 16 * DAY + HOUR) == []


def test_two_processes(front: Front, slack: FakeSlack, tmp_path: Path) -> None:
    """Of two processes one posts it."""
    front.command("28504")
    second = open_second(front, DESK, tmp_path / "app0")
    front.hours.now = MONDAY
    assert [each.digest.work() for each in (front.service, second)] == [1, 0]
    second.close()


def test_killed_between_commit_and_post(front: Front, slack: FakeSlack) -> None:
    """What was decided stands in the outbox for days: a process that starts later posts it."""
    front.command("28504")
    front.hours.now = MONDAY
    front.service.digest.work()  # and here the process is killed
    assert len(post(front, slack, MONDAY + 5 * DAY)) == 1


def test_no_events(front: Front, slack: FakeSlack) -> None:
    """Of a week without events there is none, and it isn't made up for."""
    assert post(front, slack, MONDAY) == []
    front.command("28504")
    assert post(front, slack, MONDAY + HOUR) == []


def test_in_the_language_of_the_channel(front: Front, slack: FakeSlack) -> None:
    """A channel that is set to Chinese gets its digest in Chinese."""
    front.command("watch shadow zh", channel_id=NEWS)
    slack.wait_for("chat.postMessage")  # that the channel was set is told on another thread
    front.command("28504")
    [digest] = post(front, slack, MONDAY)
    assert digest["text"].startswith("*本周大家向 Faultbook 提的问题*\n提问 1 个，解答 1 个。")


def test_charts_refused(front: Front, slack: FakeSlack) -> None:
    """A workspace that refuses charts gets the same in lines."""
    front.command("28504")
    slack.fail("chat.postMessage", "invalid_blocks")
    refused, taken = post(front, slack, MONDAY)
    assert "data_visualization" in {block["type"] for block in refused["blocks"]}
    assert {block["type"] for block in taken["blocks"]} == {"section"}
    assert "Command /fault: questions 1, answered 1" in "\n".join(list_texts(taken["blocks"]))


def test_no_words_of_questions(front: Front, slack: FakeSlack) -> None:
    """Nobody reads in a digest what somebody else asked elsewhere: codes and counts are all there is."""
    front.direct("the toaster of the director burns")
    front.direct("code 28505")
    [digest] = post(front, slack, MONDAY)
    assert "toaster" not in str(digest)
    assert "a question in words: people 1, days 1" in digest["text"]
    assert "28505: people 1, days 1" in digest["text"]
    assert "D0DIRECT" not in str(digest)


def test_slack_unknown_yet(front: Front, slack: FakeSlack) -> None:
    """While Slack has not told whose token it is, nothing is posted, and later it is."""
    front.command("28504")
    known, front.service.identity.known = front.service.identity.known, None
    assert post(front, slack, MONDAY) == []
    front.service.identity.known = known
    assert len(post(front, slack, MONDAY + HOUR)) == 1
