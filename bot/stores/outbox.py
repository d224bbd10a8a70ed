"""The outbox: what is to be sent or done, in order, each row leased to one owner at a time.

A row is written in the transaction that decides on it, so nothing decided is lost; a lease that runs out
frees it again, so nothing hangs on a process that died. What a method means is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from bot.stores.insert import insert_into
from bot.stores.lease_queries import build_next_due, build_turns
from bot.stores.tables import outbox, pauses

State = Literal["waiting", "sent", "failed", "expired", "unsure", "kept"]

HOUR = 3600.0  # seconds that a row may wait: an answer an hour late helps nobody
PACE = 1.0  # seconds: Slack takes about one message a second in a channel (docs.slack.dev, rate limits)
POST, UPDATE, DELETE = "chat.postMessage", "chat.update", "chat.delete"  # Slack's methods for a message
JOB = "job:"  # begins the method of a row that runs a function of ours; others are methods of Slack's Web API
MOST_PRUNED = 10_000  # rows of one deletion, as in ledger.py

_BARE = {
    "is_job",
    "owner",
    "leased_until",
    "ready_at",
    "look_at",
    "lasts",
    "root",
}  # columns that only this module knows

_ENQUEUE = outbox.insert().returning(outbox.c.id)
_HELD = outbox.update().where(
    outbox.c.id == sa.bindparam("row_id"),
    outbox.c.owner == sa.bindparam("holder"),
    outbox.c.state == "waiting",
)
_FINISH = _HELD.where(outbox.c.leased_until > sa.bindparam("now")).values(
    state=sa.bindparam("ended"),
    error=sa.bindparam("why"),
    done_at=sa.bindparam("now"),
    look_at=sa.bindparam("look"),
    owner="",
    leased_until=0.0,
)
_POSTPONE = _HELD.values(
    due_at=sa.bindparam("due"),
    error=sa.bindparam("why"),
    maybe_taken=sa.or_(outbox.c.maybe_taken, sa.bindparam("taken", type_=sa.Boolean)),
    owner="",
    leased_until=0.0,
)
_LEASE = (
    outbox.update()
    .where(outbox.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(
        owner=sa.bindparam("holder"),
        leased_until=sa.bindparam("until"),
        attempts=outbox.c.attempts + 1,
        maybe_taken=sa.or_(outbox.c.maybe_taken, outbox.c.leased_until > 0.0),
    )
)
_SUPERSEDE = (
    outbox.update()
    .where(
        outbox.c.team == sa.bindparam("of_team"),
        outbox.c.reply_key == sa.bindparam("of_reply"),
        outbox.c.method == sa.bindparam("of_method"),
        outbox.c.state == "waiting",
        outbox.c.leased_until == 0.0,
    )
    .values(state="kept", error="superseded")
)
_MAY_STAND = sa.and_(outbox.c.maybe_taken, outbox.c.method == POST)  # Slack may show it all the same
_EXPIRE = (
    outbox.update()
    .where(
        outbox.c.state == "waiting",
        outbox.c.created_at < sa.bindparam("before"),
        outbox.c.created_at + outbox.c.lasts - HOUR < sa.bindparam("before"),
        outbox.c.leased_until < sa.bindparam("before"),
    )
    .values(
        state="expired",
        owner="",
        leased_until=0.0,
        done_at=sa.case((_MAY_STAND, sa.bindparam("now", type_=sa.Double)), else_=outbox.c.done_at),
        look_at=sa.case((_MAY_STAND, sa.bindparam("look", type_=sa.Double)), else_=0.0),
    )
    .returning(outbox.c.method, outbox.c.reply_key)
)
_PAUSE = sa.select(pauses.c.until).where(
    pauses.c.team == sa.bindparam("team"), pauses.c.method == sa.bindparam("method")
)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One thing to be sent or done.

    Attributes:
        method: of Slack's Web API, or "job:<name>".
        payload: its arguments, as JSON takes them.
        reply_key: the reply that it is about, "" if none.
        created_at, due_at: epoch seconds; it isn't leased before `due_at`.
        attempts: leases so far, this one included.
        state: waiting, or how it ended: sent; failed for good; expired, for it came too late; unsure, for it
            may be sent and nobody can tell; kept, for there was nothing to do.
        error: the last one, "" if none.
        maybe_taken: an attempt ended such that Slack may have taken it: look before it's sent again.
        done_at: when it ended, in epoch seconds; 0.0 while it waits.
    """

    id: int
    team: str
    channel: str
    method: str
    payload: dict[str, Any]
    reply_key: str
    created_at: float
    due_at: float
    attempts: int
    state: State
    error: str
    maybe_taken: bool = False
    done_at: float = 0.0


def enqueue(
    connection: sa.Connection,
    team: str,
    channel: str,
    method: str,
    payload: Mapping[str, Any],
    reply_key: str,
    at: float,
    lasts: float = HOUR,
) -> int:
    """Put a row at the end of its channel's queue, due at once; return its id.

    `lasts` is how many seconds it may wait, an hour at least.
    """
    row = {
        "team": team,
        "channel": channel,
        "method": method,
        "is_job": method.startswith(JOB),
        "payload": dict(payload),
        "reply_key": reply_key,
        "created_at": at,
        "due_at": at,
        "attempts": 0,
        "maybe_taken": False,
        "state": "waiting",
        "error": "",
        "owner": "",
        "leased_until": 0.0,
        "done_at": 0.0,
        "lasts": lasts,
    }
    row_id: int = connection.execute(_ENQUEUE, row).scalar_one()
    return row_id


def lease_rows(
    connection: sa.Connection, owner: str, now: float, seconds: float, most: int
) -> list[OutboxRow]:
    """Lease the rows whose turn it is to an owner, for some seconds; return them, those tried least first.

    Of each channel that is one row: what was put first and waits. It is left alone until it is due, while
    another row of the channel is leased, for PACE after the last one, and while its method is paused for its
    team. Jobs queue apart from messages, for a slow one must not hold up what people wait for, and have no
    pace. A row whose lease ran out may have been sent: it comes with `maybe_taken` set.
    """
    turns = build_turns(connection.dialect.name)
    rows = connection.execute(turns, {"now": now, "pace": PACE, "most": most}).mappings().all()
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    connection.execute(_LEASE, {"ids": ids, "holder": owner, "until": now + seconds})
    return [
        replace(
            read_row(row),
            attempts=row["attempts"] + 1,
            maybe_taken=row["maybe_taken"] or row["leased_until"] > 0.0,
        )
        for row in rows
    ]


def find_next_due(connection: sa.Connection, now: float) -> float | None:
    """Return when lease_rows() will find a row, `now` if it would already, or None if nothing waits.

    It may come earlier, when a row that holds up another is finished.
    """
    earliest = build_next_due(connection.dialect.name)
    first = connection.execute(earliest, {"now": now, "pace": PACE}).scalar_one()
    return None if first is None else max(first, now)


def finish_row(
    connection: sa.Connection,
    row_id: int,
    owner: str,
    state: State,
    now: float,
    error: str = "",
    look_at: float = 0.0,
) -> bool:
    """Write down how a row ended; return False, and change nothing, unless the owner's lease still runs.

    `look_at` is when to look in Slack for what came of it, 0.0 for never.
    """
    ended = {"row_id": row_id, "holder": owner, "now": now, "ended": state, "why": error, "look": look_at}
    return connection.execute(_FINISH, ended).rowcount == 1


def postpone_row(
    connection: sa.Connection, row_id: int, owner: str, due_at: float, error: str, maybe_taken: bool = False
) -> bool:
    """Let a row wait until it is tried again; return False, and change nothing, if it is leased to another.

    `maybe_taken` says that Slack may have taken it this time; once said, that stays.
    """
    later = {"row_id": row_id, "holder": owner, "due": due_at, "why": error, "taken": maybe_taken}
    return connection.execute(_POSTPONE, later).rowcount == 1


def supersede_changes(connection: sa.Connection, team: str, reply_key: str, method: str) -> None:
    """End the changes of a reply that nobody holds: in a flood of them only the last one is worth a call."""
    connection.execute(_SUPERSEDE, {"of_team": team, "of_reply": reply_key, "of_method": method})


def pause_method(connection: sa.Connection, team: str, method: str, until: float) -> None:
    """Lease no row of a team and method until then; a longer pause that is on stays."""
    insert = insert_into(connection.dialect.name, pauses).values(team=team, method=method, until=until)
    longer = insert.excluded.until > pauses.c.until
    connection.execute(
        insert.on_conflict_do_update(index_elements=("team", "method"), set_={"until": until}, where=longer)
    )


def find_pause(connection: sa.Connection, team: str, method: str) -> float:
    """Return until when a method rests for a team, in epoch seconds, or 0.0."""
    asked = {"team": team, "method": method}
    return float(connection.execute(_PAUSE, asked).scalar_one_or_none() or 0.0)


def expire_rows(
    connection: sa.Connection, before: float, now: float, look_at: float
) -> list[tuple[str, str]]:
    """End the rows that were put before then and wait still; return the method and reply key of each.

    `before` is an hour ago; a row that lasts longer waits on. One that is being sent, or whose lease ran out
    since then, gets its turn once more. A message that Slack may have taken is looked for at `look_at`.
    """
    ended = connection.execute(_EXPIRE, {"before": before, "now": now, "look": look_at})
    return [(method, key) for method, key in ended]


def find_latest_time(connection: sa.Connection) -> float:
    """Return the latest time at which a row was put here or ended, in epoch seconds; 0.0 if there is none."""
    asked = sa.select(sa.func.max(outbox.c.created_at), sa.func.max(outbox.c.done_at))
    return max((time or 0.0 for time in connection.execute(asked).one()), default=0.0)


def prune_rows(connection: sa.Connection, before: float) -> int:
    """Delete rows that were put before then and have ended, MOST_PRUNED at most; return how many went."""
    ended = sa.select(outbox.c.id).where(outbox.c.created_at < before, outbox.c.state != "waiting")
    ended = ended.order_by(outbox.c.created_at).limit(MOST_PRUNED)
    return connection.execute(outbox.delete().where(outbox.c.id.in_(ended))).rowcount


def count_waiting(connection: sa.Connection) -> int:
    """Count the rows that wait, leased ones included."""
    asked = sa.select(sa.func.count()).where(outbox.c.state == "waiting")
    return connection.execute(asked).scalar_one()


def find_oldest_waiting(connection: sa.Connection) -> float | None:
    """Return when the oldest row that waits was put here, in epoch seconds, or None if none waits."""
    asked = sa.select(sa.func.min(outbox.c.created_at)).where(outbox.c.state == "waiting")
    oldest: float | None = connection.execute(asked).scalar_one()
    return oldest


def find_row(connection: sa.Connection, row_id: int) -> OutboxRow | None:
    """Return a row as it stands, or None."""
    row = connection.execute(sa.select(outbox).where(outbox.c.id == row_id)).mappings().one_or_none()
    return read_row(row) if row else None


def read_row(row: sa.RowMapping) -> OutboxRow:
    """Return a row of the table."""
    return OutboxRow(**{name: value for name, value in row.items() if name not in _BARE})
