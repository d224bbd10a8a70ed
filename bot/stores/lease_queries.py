"""Whose turn it is in the outbox: the rule that lease() and find_next_due() share, as a query.

Rows queue by team and channel, jobs apart from messages. The first row of a queue has its turn when it is
due, no row of the queue is leased, its method isn't paused, and the channel's last message is `pace` ago.
Of several queues the one goes first whose row was tried least: channels that Slack fails hold up no others.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.stores.tables import outbox, pauses

NOW, PACE = sa.bindparam("now", type_=sa.Double), sa.bindparam("pace", type_=sa.Double)


@cache
def build_turns(dialect: str) -> sa.Select[Any]:
    """Return the query for the rows that may be leased, with all their columns.

    Its parameters: `now`, `pace` in seconds, and how many at `most`.
    """
    ready = _build_ready(dialect)
    # What another lease changes is asked of the row itself as well: once PostgreSQL has the lock it looks at
    # the row anew, but at nothing else (postgresql.org, transaction-iso, Read Committed).
    return (
        ready.add_columns(outbox)
        .where(ready.selected_columns.ready_at <= NOW)
        .where(outbox.c.state == "waiting", outbox.c.leased_until <= NOW)
        .order_by(outbox.c.attempts, outbox.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .with_for_update(of=outbox, skip_locked=True)  # nothing on SQLite, where a writer is alone
    )


@cache
def build_next_due(dialect: str) -> sa.Select[Any]:
    """Return the query for the earliest time at which a row may be leased; parameters: `now` and `pace`."""
    return sa.select(sa.func.min(_build_ready(dialect).subquery().c.ready_at))


def _build_ready(dialect: str) -> sa.Select[Any]:
    """Return the query for `ready_at`, the time at which the first row of each queue may be leased."""
    heads = (
        sa.select(
            sa.func.min(outbox.c.id).label("id"), sa.func.max(outbox.c.leased_until).label("busy_until")
        )
        .where(outbox.c.state == "waiting")
        .group_by(outbox.c.team, outbox.c.channel, outbox.c.is_job)
        .subquery("heads")
    )
    done = outbox.alias("done")
    paced = (
        sa.select(sa.func.coalesce(sa.func.max(done.c.done_at), 0.0) + PACE)
        .where(done.c.team == outbox.c.team, done.c.channel == outbox.c.channel)
        .where(done.c.done_at > NOW - PACE, done.c.is_job.is_(False))
        .scalar_subquery()
    )
    paused = sa.func.coalesce(pauses.c.until, 0.0)
    own_pace = sa.case((outbox.c.is_job, 0.0), else_=paced)
    latest = sa.func.greatest if dialect == "postgresql" else sa.func.max
    ready = latest(outbox.c.due_at, heads.c.busy_until, paused, own_pace, type_=sa.Double)
    is_paused = sa.and_(pauses.c.team == outbox.c.team, pauses.c.method == outbox.c.method)
    together = outbox.join(heads, heads.c.id == outbox.c.id).outerjoin(pauses, is_paused)
    return sa.select(ready.label("ready_at")).select_from(together)
