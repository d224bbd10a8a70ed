"""Jobs: functions of the app that go through the outbox."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.errors import StoreError
from bot.outbox.payload import build_job, build_post
from bot.stores.outbox import OutboxRow
from tests.support.office import CARD, CHANNEL, Office


def test_done(office: Office) -> None:
    """A job gets a client of its team and its arguments."""
    done = []

    def read(client: WebClient, row: OutboxRow) -> None:
        client.conversations_history(channel=row.channel)
        done.append((row.team, row.channel, row.payload, client.token))

    office.put(build_job("thread", ts="1.2"), channel=CHANNEL, team="T1")
    assert office.run(office.open_sender(jobs={"thread": read})) == 1
    assert done == [("T1", CHANNEL, {"ts": "1.2"}, "xoxb-tests-T1")]
    assert office.states() == ["sent"]
    assert len(office.slack.called("conversations.history")) == 1


def test_queue_of_their_own(office: Office) -> None:
    """A job doesn't hold up the channel's messages, nor has it a pace."""
    done = []
    for _ in range(2):
        office.put(build_job("note"), channel=CHANNEL)
    office.put(build_post(CARD, CHANNEL), channel=CHANNEL)
    office.run(office.open_sender(jobs={"note": lambda _, row: done.append(row.id)}))
    assert len(done) == 2
    assert len(office.list_cards()) == 1


def test_fails_for_now(office: Office) -> None:
    """A job that Slack or the database can't serve now is done again later."""
    failures: list[Exception] = [StoreError("store_failed", why="locked"), TimeoutError()]

    def read(client: WebClient, row: OutboxRow) -> None:
        if failures:
            raise failures.pop()
        client.conversations_history(channel=row.channel)

    sender = office.open_sender(jobs={"thread": read})
    office.put(build_job("thread"), channel=CHANNEL)
    office.slack.fail("conversations.history", "ratelimited", status=429)
    for states in (["waiting"], ["waiting"], ["waiting"], ["sent"]):
        office.run(sender, after=60)
        assert office.states() == states
    assert office.failures == []


def test_fails_for_good(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """A job that Slack refuses, or that is broken, isn't done again; the sender goes on."""

    def refuse(client: WebClient, row: OutboxRow) -> None:
        client.conversations_history(channel="X")

    def fall(client: WebClient, row: OutboxRow) -> None:
        raise ValueError("hunter2")

    for name in ("refuse", "fall", "unknown"):
        office.put(build_job(name, "k"), channel=CHANNEL)
    assert office.run(office.open_sender(jobs={"refuse": refuse, "fall": fall})) == 3
    assert office.states() == ["failed"] * 3
    assert [error for _, error in office.failures] == ["channel_not_found", "ValueError", "UnknownJobError"]
    assert len([each for each in caplog.records if each.exc_info]) == 2
