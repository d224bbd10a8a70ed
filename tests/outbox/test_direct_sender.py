"""The direct sender: what Slack limits waits in a list, and holds no other message back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

from bot.outbox.direct_sender import MOST_WAITING, DirectSender
from bot.outbox.faults import LONGEST_PAUSE
from bot.outbox.message import ChannelMessage, Ephemeral, InOrder, OpenModal, ResponseUrlMessage
from bot.outbox.slack_client import SlackClient
from bot.replies.reply import Reply
from tests.support.fake_slack import FakeSlack
from tests.support.patience import PATIENCE

REPLY = Reply("28504: offline", ())
ALONE = Ephemeral(REPLY, "C1", "U0MEI")


class Timer:
    """A timer that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Outcomes:
    """How the messages ended; wait_for() blocks until so many have."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, outcome: str, _seconds: float) -> None:
        with self._changed:
            self.all.append(outcome)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[str]:
        """Return them once there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all) >= count, PATIENCE), self.all
            return list(self.all)


@pytest.fixture
def timer() -> Timer:
    """The sender's timer."""
    return Timer()


@pytest.fixture
def outcomes() -> Outcomes:
    """What the sender reports."""
    return Outcomes()


@pytest.fixture
def sender(timer: Timer, outcomes: Outcomes) -> Iterator[DirectSender]:
    """A sender with a single thread, so that a wait on it would hold everything."""
    opened = DirectSender(1, outcomes, timer)
    yield opened
    opened.close()


@pytest.fixture
def client(slack: FakeSlack) -> SlackClient:
    """A client of the fake."""
    return SlackClient("xoxb-tests", slack.url)


def limit(slack: FakeSlack, method: str, seconds: int) -> None:
    """Let Slack limit the next call of a method."""
    slack.fail(method, "ratelimited", status=429, headers={"Retry-After": str(seconds)})


def test_others_go_on(
    slack: FakeSlack, sender: DirectSender, client: SlackClient, timer: Timer, outcomes: Outcomes
) -> None:
    """A message that must wait for ten minutes holds back no other, and is sent afterwards."""
    limit(slack, "chat.postEphemeral", 600)
    sender.post(client, ALONE)
    sender.post(client, ChannelMessage(REPLY, "C2"))
    assert outcomes.wait_for(1) == ["sent"]
    assert [call.method for call in slack.calls] == ["chat.postEphemeral", "chat.postMessage"]
    timer.now += 600
    sender.post(client, ChannelMessage(REPLY, "C2"))  # wakes the thread, as time would
    assert outcomes.wait_for(3) == ["sent"] * 3
    assert len(slack.called("chat.postEphemeral")) == 2


def test_no_longer_than_an_hour(
    slack: FakeSlack,
    sender: DirectSender,
    client: SlackClient,
    outcomes: Outcomes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A message that would wait for an hour fails at once, with the reason for fallback and log."""
    limit(slack, "chat.postEphemeral", int(LONGEST_PAUSE))
    reasons: list[str] = []
    sender.post(client, ALONE, lambda error, _reference: reasons.append(error))
    assert outcomes.wait_for(1) == ["failed"]
    sender.close()
    assert reasons == ["ratelimited"]
    assert [each.levelno for each in caplog.records if "was not sent" in each.message] == [logging.ERROR]


@pytest.mark.parametrize(
    ("message", "method", "life"),
    [
        (OpenModal({"type": "modal"}, "1.2.x"), "views.open", 3),
        (ResponseUrlMessage(REPLY, ""), "response_url", 1800),
    ],
    ids=["trigger", "response_url"],
)
def test_what_expires(
    slack: FakeSlack,
    sender: DirectSender,
    client: SlackClient,
    outcomes: Outcomes,
    message: OpenModal | ResponseUrlMessage,
    method: str,
    life: int,
) -> None:
    """What Slack takes for seconds or half an hour only doesn't wait longer than that."""
    if isinstance(message, ResponseUrlMessage):
        message = ResponseUrlMessage(REPLY, slack.response_url("late"))
    limit(slack, method, life)
    sender.post(client, message)
    assert outcomes.wait_for(1) == ["failed"]


def test_order_is_kept_and_nothing_doubled(
    slack: FakeSlack, sender: DirectSender, client: SlackClient, timer: Timer, outcomes: Outcomes
) -> None:
    """Of messages in order, where the second is limited, the first isn't sent again."""
    limit(slack, "chat.postEphemeral", 5)
    sender.post(client, InOrder((ChannelMessage(REPLY, "C1"), ALONE)))
    sender.post(client, ChannelMessage(REPLY, "C2"))
    outcomes.wait_for(1)
    timer.now += 5
    sender.post(client, ChannelMessage(REPLY, "C2"))
    assert outcomes.wait_for(3) == ["sent"] * 3
    posted = [call.arguments["channel"] for call in slack.called("chat.postMessage")]
    assert sorted(posted) == ["C1", "C2", "C2"]
    assert len(slack.called("chat.postEphemeral")) == 2


def test_no_more_than_fit(
    slack: FakeSlack, sender: DirectSender, client: SlackClient, outcomes: Outcomes
) -> None:
    """While a thousand wait, further ones are dropped, and counted."""
    with slack.hold("chat.postEphemeral"):
        sender.post(client, ALONE)
        slack.wait_for("chat.postEphemeral")
        for _ in range(MOST_WAITING + 3):
            sender.post(client, ALONE)
        assert outcomes.all == ["dropped"] * 3
        sender.close(timeout=0.0)


def test_close_leaves_what_waits(
    slack: FakeSlack,
    sender: DirectSender,
    client: SlackClient,
    outcomes: Outcomes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """At the end a message that is due is sent; one that must wait is given up, and logged."""
    limit(slack, "chat.postEphemeral", 600)
    sender.post(client, ALONE)
    sender.post(client, ChannelMessage(REPLY, "C2"))
    outcomes.wait_for(1)
    sender.close()
    assert len(slack.called("chat.postEphemeral")) == 1
    [left] = [each for each in caplog.records if "the desk ends" in each.message]
    assert getattr(left, "messages", 0) == 1
