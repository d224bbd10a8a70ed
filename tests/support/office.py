"""A record and senders on a real database, a fake Slack, and a clock that goes on when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa

from bot.outbox.decision_store import Decision, DecisionStore, PostKey, Send
from bot.outbox.jobs import Job
from bot.outbox.payload import build_post
from bot.outbox.slack_client import SlackClient
from bot.outbox.worker import OutboxWorker
from bot.replies.reply import Reply
from bot.stores.database import Database
from bot.stores.ledger import LedgerRow
from bot.stores.outbox import OutboxRow
from bot.stores.sent_messages import ReplyRow, get_reply
from bot.stores.tables import outbox
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM

START = 1767225600.0  # epoch seconds: the fake's messages are from then
TOKEN = "xoxb-tests"  # noqa: S105 - opens nothing
CHANNEL, OTHER_CHANNEL, DIRECT = "C0SUPPORT", "C0OTHER", "D0DIRECT"
both = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
"""Run a test on both kinds of database."""

CARD = Reply("28504: offline", ({"type": "section", "text": {"type": "mrkdwn", "text": "offline"}},))


class Hours:
    """A clock that goes on when it is told to; called, it tells epoch seconds."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


def build_row(post: PostKey, **fields: Any) -> LedgerRow:
    """Return the ledger's line on a post that a card answers."""
    given: dict[str, Any] = {
        "team": post.team,
        "channel": post.channel,
        "ts": post.ts,
        "root": post.root,
        "surface": "watch",
        "by_bot": False,
        "kind": "answered",
        "rule": "code",
        "score": 100.0,
        "entries": ("toy/28504",),
        "runners_up": (),
        "reason": "",
        "action": "post",
        "at": START,
        "latency_ms": 1.0,
    }
    return LedgerRow(**given | fields)


def build_reply_row(post: PostKey, key: str, **fields: Any) -> ReplyRow:
    """Return a card that answers a post and isn't sent yet."""
    given: dict[str, Any] = {
        "key": key,
        "team": post.team,
        "channel": post.channel,
        "root": post.root,
        "post_ts": post.ts,
        "kind": "card",
        "recall": "{}",
        "entries": ("toy/28504",),
        "ts": "",
        "first_at": START,
        "count": 1,
    }
    return ReplyRow(**given | fields)


@dataclass
class Office:
    """What a test of sending needs."""

    database: Database
    slack: FakeSlack
    clock: Hours
    url: str
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def decisions(self) -> DecisionStore:
        """A record without anybody to wake."""
        return DecisionStore(self.database, self.clock)

    def client_for(self, team: str) -> SlackClient:
        """Return a client as the app has it; its token tells the team."""
        return SlackClient(f"{TOKEN}-{team}", self.slack.url)

    def open_sender(
        self,
        owner: str = "a",
        client_for: Callable[[str], SlackClient] | None = None,
        jobs: Mapping[str, Job] | None = None,
        clock: Callable[[], float] | None = None,
        database: Database | None = None,
    ) -> OutboxWorker:
        """Return a sender; its back-off is the longest of what chance allows."""

        def note(row: OutboxRow, error: str) -> None:
            self.failures.append((row.reply_key, error))

        return OutboxWorker(
            database or self.database,
            client_for or self.client_for,
            clock or self.clock,
            owner,
            jobs,
            note,
            draw=lambda: 1.0,
        )

    def run(self, sender: OutboxWorker | None = None, after: float = 0.0) -> int:
        """Let the clock go on for some seconds, then a sender deal with what is due."""
        self.clock.now += after
        return (sender or self.open_sender()).run_once(self.clock.now)

    def answer(
        self, key: str = "k1", channel: str = CHANNEL, reply: Reply = CARD, team: str = TEAM
    ) -> PostKey:
        """Let a person post, and decide on a card in the post's thread."""
        ts = self.slack.put(channel, user="U0MEI", text="28504")
        post = PostKey(team, channel, ts, ts)
        send = build_post(reply, channel, ts, key)
        decision = Decision(build_row(post), ("toy/28504",), (send,), build_reply_row(post, key))
        self.decisions.record_decision(post, lambda _: decision)
        return post

    def put(self, *sends: Send, channel: str = CHANNEL, team: str = TEAM) -> None:
        """Put something else into the outbox."""
        self.decisions.enqueue(team, channel, *sends)

    def states(self) -> list[str]:
        """Return the states of the outbox's rows, the oldest first."""
        return [str(row["state"]) for row in self.rows()]

    def rows(self) -> list[dict[str, Any]]:
        """Return the outbox's rows, the oldest first."""
        with self.database.read() as connection:
            asked = sa.select(outbox).order_by(outbox.c.id)
            return [dict(row) for row in connection.execute(asked).mappings()]

    def find_ts(self, key: str = "k1") -> str:
        """Return the ts that is recorded for a reply."""
        with self.database.read() as connection:
            return get_reply(connection, key).ts

    def list_cards(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """Return the desk's messages that are visible in a channel."""
        return [each for each in self.slack.messages(channel) if each.get("bot_id")]
