"""Looks: rows of the outbox that ended with an unknown outcome, and are looked for in Slack again later.

The row itself is kept for that, with `look_at`, so that a look survives a killed process. When to look is not
decided here.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.stores.outbox import UPDATE, OutboxRow, read_row
from bot.stores.tables import outbox

_FIND_LOOK = sa.select(sa.func.min(outbox.c.look_at)).where(outbox.c.look_at > 0.0)
_DUE_LOOK = (
    sa.select(outbox)
    .where(
        outbox.c.look_at > 0.0,
        outbox.c.look_at <= sa.bindparam("now", type_=sa.Double),
        outbox.c.leased_until <= sa.bindparam("now", type_=sa.Double),
    )
    .order_by(outbox.c.look_at, outbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LEASE_LOOK = (
    outbox.update()
    .where(outbox.c.id == sa.bindparam("row_id"))
    .values(owner=sa.bindparam("holder"), leased_until=sa.bindparam("until"))
)
_FINISH_LOOK = (
    outbox.update()
    .where(outbox.c.id == sa.bindparam("row_id"), outbox.c.owner == sa.bindparam("holder"))
    .values(look_at=sa.bindparam("look"), owner="", leased_until=0.0)
)
_LATEST_CHANGE = (
    sa.select(outbox.c.payload)
    .where(
        outbox.c.team == sa.bindparam("of_team"),
        outbox.c.reply_key == sa.bindparam("of_reply"),
        outbox.c.method == sa.bindparam("of_method"),
        outbox.c.state == "sent",
        outbox.c.id > sa.bindparam("after"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)


def find_next_look(connection: sa.Connection) -> float | None:
    """Return when a message whose outcome was unknown is looked for next, in epoch seconds, or None."""
    found: float | None = connection.execute(_FIND_LOOK).scalar_one()
    return found


def lease_look(connection: sa.Connection, owner: str, now: float, seconds: float) -> OutboxRow | None:
    """Lease one row that ended and is to be looked for now, for some seconds; return it, or None."""
    row = connection.execute(_DUE_LOOK, {"now": now}).mappings().one_or_none()
    if row is None:
        return None
    connection.execute(_LEASE_LOOK, {"row_id": row["id"], "holder": owner, "until": now + seconds})
    return read_row(row)


def finish_look(connection: sa.Connection, row_id: int, owner: str, look_at: float) -> bool:
    """Write down when a row is looked for next, 0.0 for never; return False unless the owner holds it."""
    done = {"row_id": row_id, "holder": owner, "look": look_at}
    return connection.execute(_FINISH_LOOK, done).rowcount == 1


def find_latest_change(
    connection: sa.Connection, team: str, reply_key: str, after: int
) -> dict[str, Any] | None:
    """Return the payload of the last change of a reply that was sent, of the rows after an id, or None."""
    asked = {"of_team": team, "of_reply": reply_key, "of_method": UPDATE, "after": after}
    payload: dict[str, Any] | None = connection.execute(_LATEST_CHANGE, asked).scalar_one_or_none()
    return payload
