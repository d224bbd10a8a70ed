"""What an error of a call means: by Slack's own answers, as slack_sdk's client tells them."""

from __future__ import annotations

import http.client
import socket
import urllib.error

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import StoreError
from bot.outbox.faults import LONGEST_PAUSE, PAUSE, Fault, UnreadableError, read_fault
from bot.outbox.slack_client import SlackClient
from demo.ports import ReservedPort
from tests.support.fake_slack import FakeSlack
from tests.support.office import TOKEN

PERMANENT = [
    "account_inactive",
    "channel_not_found",
    "invalid_auth",
    "is_archived",
    "message_limit_exceeded",
    "missing_scope",
    "not_in_channel",
    "restricted_action",
    "thread_not_found",
    "token_revoked",
    "an_error_of_tomorrow",
]


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return SlackClient(TOKEN, slack.url)


def ask(client: WebClient) -> Fault:
    """Return the fault of a call that must fail."""
    with pytest.raises((SlackApiError, OSError, http.client.HTTPException)) as caught:
        client.chat_postMessage(channel="C1", text="words")
    return read_fault(caught.value)


@pytest.mark.parametrize("error", PERMANENT)
def test_permanent(slack: FakeSlack, client: WebClient, error: str) -> None:
    """What Slack refuses it will refuse again; so is an error that nobody here knows."""
    slack.fail("chat.postMessage", error)
    assert ask(client) == Fault("permanent", error, "chat.postMessage")


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
def test_too_rich(slack: FakeSlack, client: WebClient, error: str) -> None:
    """Blocks that are refused don't speak against the text."""
    slack.fail("chat.postMessage", error)
    fault = ask(client)
    assert (fault.kind, fault.passes, fault.maybe_done) == ("too_rich", False, False)


@pytest.mark.parametrize("error", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"])
def test_transient(slack: FakeSlack, client: WebClient, error: str) -> None:
    """Slack's own troubles pass, and what was asked may have been done."""
    slack.fail("chat.postMessage", error)
    assert ask(client) == Fault("transient", error, "chat.postMessage", maybe_done=True)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_statuses(slack: FakeSlack, client: WebClient, status: int) -> None:
    """So does every 5xx, whatever its body says."""
    slack.fail("chat.postMessage", "channel_not_found", status=status)
    assert ask(client) == Fault("transient", f"http_{status}", "chat.postMessage", maybe_done=True)


@pytest.mark.parametrize(
    ("told", "wait"),
    [("7", 7.0), ("0", 1.0), ("90000", LONGEST_PAUSE), ("soon", PAUSE), ("nan", PAUSE), ("-3", 1.0)],
)
def test_limited(slack: FakeSlack, client: WebClient, told: str, wait: float) -> None:
    """A 429 names its seconds; what it asked was not done."""
    slack.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": told})
    assert ask(client) == Fault("limited", "ratelimited", "chat.postMessage", wait)


def test_limited_without_seconds(slack: FakeSlack, client: WebClient) -> None:
    """An answer 200 may say so, too, and names none."""
    slack.fail("chat.postMessage", "rate_limited")
    assert ask(client) == Fault("limited", "ratelimited", "chat.postMessage", PAUSE)


def test_no_repetition(slack: FakeSlack, client: WebClient) -> None:
    """The client that senders have calls once, however the call fails."""
    slack.cut("chat.postMessage")
    slack.fail("chat.postMessage", "ratelimited", status=429)
    slack.fail("chat.postMessage", "internal_error", status=500)
    assert [ask(client).kind for _ in range(3)] == ["transient", "limited", "transient"]
    assert len(slack.called("chat.postMessage")) == 3


def test_cut(slack: FakeSlack, client: WebClient) -> None:
    """After a connection that was cut nobody knows."""
    slack.cut("chat.postMessage")
    fault = ask(client)
    assert (fault.kind, fault.maybe_done) == ("transient", True)


def test_no_connection() -> None:
    """Where no connection came about, nothing was done."""
    reserved = ReservedPort()
    fault = ask(SlackClient(TOKEN, f"http://127.0.0.1:{reserved.number}/api/"))
    assert (fault.kind, fault.maybe_done) == ("transient", False)
    unknown = urllib.error.URLError(socket.gaierror(-2, "Name or service not known"))
    assert not read_fault(unknown).maybe_done


def test_below_slack() -> None:
    """What breaks on the way to Slack passes; what is broken here doesn't."""
    for error in (TimeoutError(), http.client.IncompleteRead(b""), urllib.error.URLError("reset")):
        fault = read_fault(error)
        assert (fault.kind, fault.maybe_done, fault.name) == ("transient", True, type(error).__name__)
    assert read_fault(StoreError("store_failed", why="x")) == Fault("transient", "store_failed")
    assert read_fault(UnreadableError()) == Fault("permanent", "too_much_to_read")
    assert read_fault(TypeError("words")) == Fault("bug", "TypeError")


def test_page_of_a_proxy() -> None:
    """An answer that isn't JSON passes, and its text is no name."""
    told = {"ok": False, "error": "Received a response in a non-JSON format: <html>"}
    error = SlackApiError("refused", told)  # type: ignore[no-untyped-call]  # slack_sdk gives it no types
    assert read_fault(error) == Fault("transient", "no_json", maybe_done=True)
