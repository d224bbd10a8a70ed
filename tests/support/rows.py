"""Rows to write: plausible ones, of which a test says only what matters to it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.stores.ledger import LedgerRow
from bot.stores.sent_messages import ReplyRow
from bot.stores.tables import votes
from bot.stores.votes import VoteRow

TEAM, CHANNEL, OTHER = "T0ACME", "C0SUPPORT", "C0OPS"


def build_line(ts: str, **fields: Any) -> LedgerRow:
    """Return the ledger's line on a post that was answered."""
    given: dict[str, Any] = {
        "team": TEAM,
        "channel": CHANNEL,
        "ts": ts,
        "root": ts,
        "surface": "watch",
        "by_bot": False,
        "kind": "answered",
        "rule": "code",
        "score": 97.5,
        "entries": ("toy/28504",),
        "runners_up": ("toy/28505", "toy/离线"),
        "reason": "",
        "action": "post",
        "at": 1000.25,
        "latency_ms": 1.5,
    }
    return LedgerRow(**given | fields)


def build_reply(key: str, **fields: Any) -> ReplyRow:
    """Return a card that isn't sent yet."""
    given: dict[str, Any] = {
        "key": key,
        "team": TEAM,
        "channel": CHANNEL,
        "root": "1.0",
        "post_ts": "1.0",
        "kind": "card",
        "recall": "{}",
        "entries": ("toy/28504",),
        "ts": "",
        "first_at": 1000.25,
        "count": 1,
    }
    return ReplyRow(**given | fields)


def list_votes(connection: sa.Connection) -> list[VoteRow]:
    """Return what everybody says of answers, as it came."""
    columns = [votes.c[name] for name in VoteRow.__dataclass_fields__]
    found = connection.execute(sa.select(*columns).order_by(votes.c.id)).mappings()
    return [VoteRow(**row) for row in found]
