"""A bare mention in a thread: the desk reads the thread and answers what stands there."""

from __future__ import annotations

import pytest

from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT, BOT_USER
from tests.support.front import CHANNEL, OTHER, Front, Json
from tests.support.house_rules import find_house_faults

ROOT = "1790000001.000100"


def begin(slack: FakeSlack, text: str, *replies: str, **fields: object) -> None:
    """Put a thread into the channel."""
    slack.put(CHANNEL, **{"ts": ROOT, "user": OTHER, "text": text, **fields})
    for number, reply in enumerate(replies):
        slack.put(CHANNEL, ts=f"179000001{number}.000100", thread_ts=ROOT, user=OTHER, text=reply)


def call(front: Front, words: str = "", ts: str = "1790000050.000100") -> None:
    front.mention(words, ts=ts, thread_ts=ROOT)


def hear(slack: FakeSlack, count: int = 1) -> Json:
    """Return the latest answer in the thread."""
    told = slack.wait_for("chat.postMessage", count)[count - 1].arguments
    assert told["thread_ts"] == ROOT
    assert find_house_faults(told) == []
    return told


@pytest.mark.parametrize(
    "words",
    [
        "", "help", "?", "这个怎么解决", "what is this?", "please explain this error", "explain please", "hi",
        "how do I fix this", "any idea?", "see above", "这啥情况", "帮忙看看上面的报错", "求解",
        "what went wrong here?",
    ],
)  # fmt: skip
def test_root(front: Front, slack: FakeSlack, words: str) -> None:
    """What the thread's first post shows is answered in the thread."""
    begin(slack, "错误码 28504，请看一下", "same here")
    call(front, words)
    assert hear(slack)["text"].startswith("28504 ")


def test_alert(front: Front, slack: FakeSlack) -> None:
    """An alert's attachment is read as in a watched channel."""
    fields = [{"title": "错误码", "value": "28601"}]
    begin(slack, "", attachments=[{"id": 1, "fields": fields}], bot_id="B0ALERT")
    call(front, "这个怎么解决")
    assert hear(slack)["text"].startswith("28601 用户")


def test_latest(front: Front, slack: FakeSlack) -> None:
    """Where the first post shows nothing, the latest reply that does is answered."""
    begin(slack, "the lamp is odd", "it said error code 2065", "now it says error code 28504", "hm")
    call(front)
    assert hear(slack)["text"].startswith("28504 ")


def test_words(front: Front, slack: FakeSlack) -> None:
    """Where no code is named, what the posts say in words is answered as a question would be."""
    begin(slack, "my device is offline since today")
    call(front)
    assert hear(slack)["text"].startswith("28504 ")


def test_nothing_there(front: Front, slack: FakeSlack) -> None:
    """A thread without an error is told so, with what to do."""
    begin(slack, "lunch?", "yes")
    call(front)
    assert "found no documented error" in hear(slack)["text"]


def test_own_posts_are_not_read(front: Front, slack: FakeSlack) -> None:
    """What the desk said in the thread is not what is asked about."""
    begin(slack, "lunch?")
    slack.put(CHANNEL, ts="1790000020.000100", thread_ts=ROOT, user=BOT_USER, bot_id=BOT, text="错误码 28504")
    call(front)
    assert "found no documented error" in hear(slack)["text"]


def test_once(front: Front, slack: FakeSlack) -> None:
    """A mention that is delivered again reads nothing again; one that asks anew is answered anew."""
    begin(slack, "错误码 28504")
    call(front)
    call(front)
    front.mention("2065?", ts="1790000060.000100", thread_ts=ROOT)
    assert hear(slack, 2)["text"].startswith("2065 ")
    assert len(slack.called("conversations.replies")) == 1


def test_told_already(front: Front, slack: FakeSlack) -> None:
    """What the thread was told already is shown to whoever asks alone."""
    begin(slack, "错误码 28504")
    call(front)
    call(front, ts="1790000070.000100")
    [alone] = slack.wait_for("chat.postEphemeral")
    assert alone.arguments["thread_ts"] == ROOT
    assert len(slack.called("chat.postMessage")) == 1


def test_scope_is_missing(front: Front, slack: FakeSlack) -> None:
    """Where the app may not read the thread, it says which scope it lacks."""
    begin(slack, "错误码 28504")
    slack.fail("conversations.replies", "missing_scope")
    call(front)
    assert "channels:history" in hear(slack)["text"]


def test_outside_of_threads(front: Front, slack: FakeSlack) -> None:
    """A bare mention that begins a thread is told how to ask."""
    front.mention("", ts=ROOT)
    assert "`/fault 28504`" in hear(slack)["text"]
