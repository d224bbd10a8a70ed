"""Threads that wait: somebody asked there, got no answer, and has not been told of one since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.stores.tables import claims, gaps, ledger, replies

TOLD = "told:"  # begins the claim of a thread that was told of an answer to a gap, whose key follows
MOST_WAITING = 5_000  # threads, the newest


@dataclass(frozen=True, slots=True)
class WaitingThread:
    """A gap in one thread: `text` is what was asked, redacted; "" where that is kept no more.

    `ts` is that of the post that asked last, `at` when it did, in epoch seconds.
    """

    team: str
    channel: str
    root: str
    ts: str
    key: str
    code: str
    text: str
    language: str
    at: float


def list_waiting_threads(connection: sa.Connection, since: float) -> Sequence[WaitingThread]:
    """Return the threads in which somebody asked since then and was not told, the newest first, each once."""
    told = sa.exists().where(
        claims.c.team == gaps.c.team,
        claims.c.channel == gaps.c.channel,
        claims.c.root == gaps.c.root,
        claims.c.name == sa.literal(TOLD) + gaps.c.key,
    )
    columns = (gaps.c.team, gaps.c.channel, gaps.c.root, gaps.c.ts, gaps.c.key, gaps.c.code)
    asked = (
        sa.select(*columns, sa.func.coalesce(ledger.c.text, ""), gaps.c.language, gaps.c.latest_at)
        .join(ledger, ledger.c.id == gaps.c.line, isouter=True)
        .where(gaps.c.latest_at >= since, gaps.c.root != "", gaps.c.kind.in_(("question", "code")), ~told)
        .order_by(gaps.c.latest_at.desc(), gaps.c.id.desc())
        .limit(MOST_WAITING)
    )
    found: dict[tuple[str, ...], WaitingThread] = {}
    for row in connection.execute(asked):
        thread = WaitingThread(*row)
        found.setdefault((thread.team, thread.channel, thread.root, thread.key), thread)
    return tuple(found.values())


def was_answered_since(connection: sa.Connection, thread: WaitingThread) -> bool:
    """Say whether an entry was answered in a thread after somebody asked there in vain."""
    answered = (
        sa.select(replies.c.key)
        .join(claims, claims.c.reply_key == replies.c.key)
        .where(
            claims.c.team == thread.team,
            claims.c.channel == thread.channel,
            claims.c.root == thread.root,
            claims.c.name.contains("/"),
            replies.c.first_at > thread.at,
            replies.c.is_deleted.is_(False),
        )
        .limit(1)
    )
    return connection.execute(answered).first() is not None
