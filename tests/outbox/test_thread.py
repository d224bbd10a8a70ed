"""A conversation read page by page: the desk's messages in it, and whether others wrote after one."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.outbox import thread as module
from bot.outbox.faults import UnreadableError
from bot.outbox.payload import build_metadata
from bot.outbox.slack_client import SlackClient
from bot.outbox.thread import Thread
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT, BOT_USER
from tests.support.office import CHANNEL, DIRECT, START, TOKEN


@pytest.fixture
def client(slack: FakeSlack) -> SlackClient:
    return SlackClient(TOKEN, slack.url)


@pytest.fixture
def root(slack: FakeSlack) -> str:
    return slack.put(CHANNEL, user="U0MEI", text="28504")


def put_own(slack: FakeSlack, root: str, key: str, **fields: Any) -> str:
    """Put a message of the desk into a thread, or where root is "" into a direct conversation."""
    place = {"thread_ts": root} if root else {}
    own = {"user": BOT_USER, "bot_id": BOT, "text": "card", "metadata": build_metadata(key)}
    return slack.put(CHANNEL if root else DIRECT, **own | place | fields)


def test_nothing_there(client: SlackClient, slack: FakeSlack, root: str) -> None:
    """Where no message has the key, nothing is found: a mark of another app or key is none."""
    put_own(slack, root, "other")
    put_own(slack, root, "k1", metadata={"event_type": "task", "event_payload": {"key": "k1"}})
    slack.put(CHANNEL, user="U0MEI", text="k1", thread_ts=root)
    assert Thread(client, CHANNEL, root).settle("k1", START - 60) == ""
    assert slack.called("chat.delete") == []


@pytest.mark.parametrize("in_thread", [True, False])
def test_twins(client: SlackClient, slack: FakeSlack, root: str, in_thread: bool) -> None:
    """Of several with the key the first stays, in a thread and in a direct conversation."""
    place, channel = (root, CHANNEL) if in_thread else ("", DIRECT)
    first, second, third = [put_own(slack, place, "k1") for _ in range(3)]
    assert Thread(client, channel, place).settle("k1", START - 60) == first
    left = [each["ts"] for each in slack.messages(channel) if each.get("bot_id")]
    assert left == [first]
    assert {call.arguments["ts"] for call in slack.called("chat.delete")} == {second, third}


def test_twin_that_is_gone(client: SlackClient, slack: FakeSlack, root: str) -> None:
    """A twin that another sender deleted meanwhile is no error; one that can't be deleted is."""
    first, _ = put_own(slack, root, "k1"), put_own(slack, root, "k1")
    slack.fail("chat.delete", "message_not_found")
    assert Thread(client, CHANNEL, root).settle("k1", START - 60) == first
    slack.fail("chat.delete", "ratelimited", status=429)
    with pytest.raises(SlackApiError):
        Thread(client, CHANNEL, root).settle("k1", START - 60)


def test_foreign_mark(client: SlackClient, slack: FakeSlack, root: str) -> None:
    """A mark that another app copied doesn't count where the desk's own id is known."""
    put_own(slack, root, "k1", bot_id="B0OTHER")
    own = put_own(slack, root, "k1")
    assert Thread(client, CHANNEL, root).settle("k1", START - 60, BOT) == own
    assert slack.called("chat.delete") == []


def test_pages(client: SlackClient, slack: FakeSlack, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long thread is read to its end; one that is too long is not taken for read."""
    monkeypatch.setattr(module, "PAGE", 2)
    for _ in range(6):
        slack.put(CHANNEL, user="U0MEI", text="me too", thread_ts=root)
    own = put_own(slack, root, "k1")
    assert Thread(client, CHANNEL, root).settle("k1", START - 60) == own
    assert len(slack.called("conversations.replies")) == 4
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    with pytest.raises(UnreadableError):
        Thread(client, CHANNEL, root).settle("k1", START - 60)


def test_only_the_latest(client: SlackClient, slack: FakeSlack, root: str) -> None:
    """What is older than the row is not asked for."""
    put_own(slack, root, "k1")
    assert Thread(client, CHANNEL, root).settle("k1", START + 1) == ""
    assert slack.called("conversations.replies")[0].arguments["oldest"] == f"{START + 1:.6f}"


@pytest.mark.parametrize("in_thread", [True, False])
def test_answered(client: SlackClient, slack: FakeSlack, root: str, in_thread: bool) -> None:
    """A person's or another bot's words below a message are an answer; earlier and own ones are not."""
    place, channel = (root, CHANNEL) if in_thread else ("", DIRECT)
    conversation = Thread(client, channel, place)
    fields = {"thread_ts": root} if in_thread else {}
    slack.put(channel, user="U0ALEX", text="earlier", **fields)
    own = put_own(slack, place, "k1")
    put_own(slack, place, "k2")
    assert not conversation.was_answered(own)
    slack.put(channel, user="U0ALEX", bot_id="B0OTHER", text="later", **fields)
    assert conversation.was_answered(own)
    assert not conversation.was_answered("1999999999.000001")


def test_answered_in_its_thread(client: SlackClient, slack: FakeSlack) -> None:
    """A message outside threads that began one was answered."""
    own = put_own(slack, "", "k1", reply_count=1)
    assert Thread(client, DIRECT, "").was_answered(own)
