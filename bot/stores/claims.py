"""Claims: what was answered in a thread, so that nothing is answered there twice.

The unique key is the promise: of two processes that see the same post, one gets the claim. Claims are never
pruned, so an old thread is not answered anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningInsert

from bot.stores.insert import insert_into
from bot.stores.tables import claims

_OF_THREAD = sa.select(claims.c.name, claims.c.reply_key).where(
    *(claims.c[name] == sa.bindparam(name) for name in ("team", "channel", "root"))
)
_OF_NAMES = _OF_THREAD.where(claims.c.name.in_(sa.bindparam("names", expanding=True)))


def claim_names(
    connection: sa.Connection,
    team: str,
    channel: str,
    root: str,
    names: Iterable[str],
    reply_key: str,
) -> tuple[str, ...]:
    """Claim names in a thread for a reply; return those that nobody had claimed, in the order given.

    A name is `pack/code`, or `post:<ts>` for a post as such. On PostgreSQL this waits for a transaction that
    is about to claim the same name.
    """
    wanted = tuple(dict.fromkeys(names))
    if not wanted:
        return ()
    thread = {"team": team, "channel": channel, "root": root, "reply_key": reply_key}
    # Sorted, so that of two transactions that want the same names neither waits for the other's second.
    rows = [thread | {"name": name} for name in sorted(wanted)]
    got = set(connection.execute(_build_claim(connection.dialect.name), rows).scalars())
    return tuple(name for name in wanted if name in got)


def find_claims(
    connection: sa.Connection, team: str, channel: str, root: str, names: Collection[str] | None = None
) -> dict[str, str]:
    """Return what is claimed in a thread: name -> key of the reply; of these names, if any are given.

    A direct conversation is one thread that grows for years: whoever waits for the answer gives names.
    """
    thread: dict[str, object] = {"team": team, "channel": channel, "root": root}
    if names is None:
        found = connection.execute(_OF_THREAD, thread)
    else:
        found = connection.execute(_OF_NAMES, thread | {"names": list(names)})
    return {row.name: row.reply_key for row in found}


@cache
def _build_claim(dialect: str) -> ReturningInsert[str]:
    return insert_into(dialect, claims).on_conflict_do_nothing().returning(claims.c.name)
