"""`/fault why` reads a silent post once more, and tells what stood there and why it didn't count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.watch_mode import WatchPreset
from tests.slack.commands.test_channel import give, link
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, PERSON, Front
from tests.support.slack_limits import find_faults, list_texts

TS, ROOT = "1790000100.000100", "1790000050.000100"


def ask_why(front: Front, slack: FakeSlack, text: str, thread_ts: str | None = None) -> str:
    """Post a text, ask why nothing was said, and return what comes after the acknowledgement."""
    place = {"ts": TS, "user": PERSON} | ({"thread_ts": thread_ts} if thread_ts else {})
    if thread_ts:
        slack.put(CHANNEL, ts=thread_ts, user=PERSON, text="lunch?")
    slack.put(CHANNEL, text=text, **place)
    front.event(front.build_post(text, **place))
    assert give(front, f"why {link(TS)}")
    [message] = [call.arguments for call in slack.wait_for("response_url")]
    assert find_faults(message) == []
    return "\n".join(list_texts(message["blocks"]))


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("we meet in room 28504 at noon", "en", "room 28504` at noon"),
        ("we meet in room 28504", "en", "the word before it names another kind of number"),
        ("about 28504 of them are online", "en", "nothing next to 28504 shows that it is an error code"),
        ("see /var/log/28504/core", "en", "part of something else"),
        ("lunch at the usual place?", "en", "contains no number that could be an error code"),
        ("会议室 28504，下午见", "zh", "前面的词表明它是另一种数字"),
        ("我们有 28504 个用户", "zh", "没有当作错误码"),
        ("今天中午吃什么", "zh", "没有可能是错误码的数字"),
    ],
)
def test_reading(
    open_front: Callable[..., Front], slack: FakeSlack, text: str, language: str, told: str
) -> None:
    """It quotes what stands beside the number, and says what that makes of it."""
    front = open_front(language=language, watch={CHANNEL: WatchPreset("auto")})
    said = ask_why(front, slack, text)
    assert told.replace("`", "") in said.replace("`", "")


def test_in_a_thread(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """A reply of a thread is found there."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    assert "another kind of number" in ask_why(front, slack, "room 28504, not the other", ROOT)


def test_unreadable(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """Where Slack doesn't let the post be read, that is said."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    slack.fail("conversations.history", "not_in_channel")
    assert "not_in_channel" in ask_why(front, slack, "room 28504")


def test_not_read(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """What the channel's setting decided needs no text: nothing is asked of Slack."""
    front = open_front(watch={CHANNEL: WatchPreset("shadow")})
    front.event(front.build_post("error code 28504", ts=TS))
    assert "In auto mode" in give(front, f"why {link(TS)}")
    front.settle()
    assert slack.called("conversations.history") == slack.called("response_url") == []
