"""Whose token it is: asked once, by no request, and again by a timer where Slack doesn't tell."""

from __future__ import annotations

import threading

import pytest
from slack_sdk.errors import SlackApiError

from bot.outbox.identity import IdentityKeeper, UnknownIdentityError
from bot.outbox.slack_client import SlackClient
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT, BOT_USER, TEAM


@pytest.fixture
def keeper(slack: FakeSlack) -> IdentityKeeper:
    """A keeper that has not asked yet."""
    return IdentityKeeper(SlackClient("xoxb-tests", slack.url))


def test_asked_once(slack: FakeSlack, keeper: IdentityKeeper) -> None:
    """However often it is needed, Slack is asked once."""
    for _ in range(3):
        assert keeper.ask() is None
        known = keeper.get()
    assert (known.team, known.user, known.bot) == (TEAM, BOT_USER, BOT)
    assert len(slack.called("auth.test")) == 1


@pytest.mark.parametrize(("asked", "waited"), [("7", "7"), ("999999999", "3600"), ("soon", "30")])
def test_socket_mode_waits_an_hour_at_most(slack: FakeSlack, asked: str, waited: str) -> None:
    """Where Slack limits Socket Mode's connections, slack_sdk is told to wait for an hour at most."""
    slack.fail("apps.connections.open", "ratelimited", status=429, headers={"Retry-After": asked})
    with pytest.raises(SlackApiError) as raised:
        SlackClient(None, slack.url).apps_connections_open(app_token="xapp-1")  # noqa: S106 - the test's own
    answer = raised.value.response
    assert (answer["error"], answer.headers["Retry-After"]) == ("ratelimited", waited)


def test_nobody_waits(slack: FakeSlack, keeper: IdentityKeeper) -> None:
    """While Slack is being asked, whoever needs the answer is told at once that there is none."""
    with slack.hold("auth.test"):
        asking = threading.Thread(target=keeper.ask)
        asking.start()
        slack.wait_for("auth.test")
        with pytest.raises(UnknownIdentityError):
            keeper.get()
    asking.join()
    assert keeper.get().team == TEAM


@pytest.mark.parametrize(
    ("error", "status", "refused"), [("invalid_auth", 200, "invalid_auth"), ("x", 503, "")]
)
def test_refused(slack: FakeSlack, keeper: IdentityKeeper, error: str, status: int, refused: str) -> None:
    """A token that Slack refuses is told from a Slack that fails."""
    slack.fail("auth.test", error, status=status)
    assert keeper.ask()
    assert keeper.refused == refused
    assert keeper.ask() is None


def test_asked_again(slack: FakeSlack, keeper: IdentityKeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Slack doesn't tell it is asked again, after the seconds that it names."""
    waits: list[float] = []
    slack.fail("auth.test", "ratelimited", status=429, headers={"Retry-After": "600"})
    slack.fail("auth.test", "fatal_error", times=2)
    done = threading.Event()

    class Ends:
        """Stands for the event that ends the wait: it waits for nothing, and writes down how long."""

        def wait(self, seconds: float) -> bool:
            waits.append(seconds)
            return False

        def set(self) -> None:
            done.set()

    monkeypatch.setattr(keeper, "_ends", Ends())
    keeper.ask()  # as at the start
    keeper._ask_until_known()
    assert waits == [600.0, 60.0, 60.0]
    assert keeper.get().team == TEAM
    assert len(slack.called("auth.test")) == 4
