"""Order and pace: one message a second in a channel, in turn; a limit of Slack's holds for every sender.

By real clocks a burst is proved in tests/acceptance/test_burst.py.
"""

from __future__ import annotations

import logging
import threading

import pytest

from bot.stores.outbox import PACE
from tests.support.office import CHANNEL, OTHER_CHANNEL, Office, both
from tests.support.patience import PATIENCE


def list_keys(office: Office) -> list[str]:
    """Return the keys of all messages that were asked for, in the order in which Slack got them."""
    calls = office.slack.called("chat.postMessage")
    return [call.arguments["metadata"]["event_payload"]["key"] for call in calls]


@both
def test_order(office: Office) -> None:
    """Messages of a channel come in the order in which they were decided, each in its own second."""
    for key in ("k1", "k2", "k3"):
        office.answer(key)
    assert [office.run(after=0.25) for _ in range(12)] == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert list_keys(office) == ["k1", "k2", "k3"]


@both
def test_channels(office: Office) -> None:
    """Channels don't wait for each other."""
    for key, channel in (("k1", CHANNEL), ("k2", CHANNEL), ("k3", OTHER_CHANNEL)):
        office.answer(key, channel)
    assert office.run() == 2
    assert list_keys(office) == ["k1", "k3"]


@both
def test_two_senders(office: Office) -> None:
    """Two senders at once send each message once, and keep a channel's order and pace."""
    for number in range(8):
        office.answer(f"a{number}", CHANNEL)
        office.answer(f"b{number}", OTHER_CHANNEL)
    senders = [office.open_sender(name) for name in ("a", "b")]
    for _ in range(8):
        threads = [threading.Thread(target=office.run, args=(sender,)) for sender in senders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        office.clock.now += PACE
    keys = list_keys(office)
    assert sorted(keys) == sorted(f"{name}{number}" for name in "ab" for number in range(8))
    assert [key for key in keys if key[0] == "a"] == [f"a{number}" for number in range(8)]
    assert [key for key in keys if key[0] == "b"] == [f"b{number}" for number in range(8)]


def test_first_waits(office: Office) -> None:
    """A message that is tried again holds up the later ones of its channel, so that the order stays."""
    office.answer("k1")
    office.answer("k2")
    office.slack.fail("chat.postMessage", "service_unavailable", status=503)
    office.run()
    assert office.run(after=1) == 0
    assert office.run(after=1) == 1
    assert office.run(after=1) == 1
    assert list_keys(office) == ["k1", "k1", "k2"]


@both
def test_limited(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """After a 429 no sender calls the method for the team until then; other teams go on."""
    caplog.set_level(logging.INFO)
    office.answer("k1", CHANNEL)
    office.answer("k2", OTHER_CHANNEL)
    office.answer("k3", "C0ELSE", team="T0OTHER")
    office.slack.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "7"})
    assert office.run() == 2
    assert list_keys(office) == ["k1", "k3"]
    other = office.open_sender("other")
    assert office.run(other, after=6.9) == 0
    assert office.run(other, after=0.1) == 2
    assert list_keys(office) == ["k1", "k3", "k2", "k1"]
    assert office.slack.called("conversations.replies") == []  # a 429 means that Slack didn't take it
    assert office.states() == ["sent"] * 3
    [waiting] = [each for each in caplog.records if getattr(each, "state", "") == "waiting"]
    assert (waiting.levelno, getattr(waiting, "error", "")) == (logging.WARNING, "ratelimited")


def test_limited_for_ever(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """What Slack limits for an hour is given up, and the log says so."""
    office.answer()
    office.slack.fail("chat.postMessage", "ratelimited", 200, 429, {"Retry-After": "100"})
    calls = 0
    while office.states() == ["waiting"]:
        office.run(after=100)
        calls += 1
        assert calls < 40
    assert office.states() == ["expired"]
    assert office.run(after=100) == 0
    [given_up] = [each for each in caplog.records if "given up" in each.message]
    assert given_up.levelno == logging.ERROR
