"""Channels: where the desk watches, in which mode, and where it must be silent.

A channel that nobody set up has no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from bot.stores.insert import insert_into, list_values
from bot.stores.tables import channels, claims, gaps, notes, replies, reply_entries, thread_mutes, votes
from bot.watch_mode import WatchMode

KEY = ("team", "channel")

_FIND = sa.select(channels).where(*(channels.c[name] == sa.bindparam(name) for name in KEY))
_IS_MUTED = sa.select(thread_mutes.c.root).where(
    *(thread_mutes.c[name] == sa.bindparam(name) for name in (*KEY, "root"))
)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """The setting of one channel; the defaults are those of a channel that nobody set up.

    Attributes:
        eager: weaker evidence is taken too.
        language: of replies, or "" for the desk's own choice.
        external: people of other companies are in it; None if nobody knows.
        muted_until: epoch seconds, 0.0 if it isn't muted, infinite if until further notice.
        muted_at: when somebody muted it last, 0.0 for never.
        changed_by, changed_at: who set the mode, and when.
        packs: those that are asked in it; all of them if none is named.
    """

    team: str
    channel: str
    mode: WatchMode = "off"
    eager: bool = False
    language: str = ""
    external: bool | None = None
    muted_until: float = 0.0
    changed_by: str = ""
    changed_at: float = 0.0
    packs: tuple[str, ...] = ()
    muted_at: float = 0.0


def find_channel(connection: sa.Connection, team: str, channel: str) -> ChannelRow | None:
    """Return the setting of a channel, or None."""
    row = connection.execute(_FIND, {"team": team, "channel": channel}).mappings().one_or_none()
    return _read(row) if row else None


def list_channels(connection: sa.Connection, team: str) -> tuple[ChannelRow, ...]:
    """Return the settings of a team's channels, by channel id."""
    asked = sa.select(channels).where(channels.c.team == team).order_by(channels.c.channel)
    return tuple(map(_read, connection.execute(asked).mappings()))


def set_channel(connection: sa.Connection, row: ChannelRow) -> None:
    """Write the whole setting of a channel, in place of the one before."""
    _write(connection, row, {name: value for name, value in list_values(row).items() if name not in KEY})


def set_external(connection: sa.Connection, team: str, channel: str, external: bool) -> None:
    """Note whether people of other companies are in a channel; where that is known, nothing is written."""
    differs = channels.c.external.is_distinct_from(external)
    _write(connection, ChannelRow(team, channel, external=external), {"external": external}, differs)


def mute_channel(connection: sa.Connection, team: str, channel: str, until: float, at: float) -> None:
    """Let the desk be silent in a channel from `at` until then; 0.0 ends it, infinity is for good."""
    row = ChannelRow(team, channel, muted_until=until, muted_at=at if until > at else 0.0)
    changed = {"muted_until": until, "muted_at": at} if until > at else {"muted_until": until}
    _write(connection, row, changed)


def bind_channel(connection: sa.Connection, team: str, channel: str, packs: Sequence[str]) -> None:
    """Let these packs alone be asked in a channel; none named: all of them."""
    _write(connection, ChannelRow(team, channel, packs=tuple(packs)), {"packs": list(packs)})


def mute_thread(connection: sa.Connection, team: str, channel: str, root: str, at: float) -> None:
    """Let the desk be silent in a thread from then on, for good."""
    values = {"team": team, "channel": channel, "root": root, "at": at}
    insert = insert_into(connection.dialect.name, thread_mutes).values(values)
    connection.execute(insert.on_conflict_do_nothing())


def is_thread_muted(connection: sa.Connection, team: str, channel: str, root: str) -> bool:
    """Say whether the desk was told to be silent in a thread."""
    found = connection.execute(_IS_MUTED, {"team": team, "channel": channel, "root": root})
    return found.first() is not None


def rename_channel(connection: sa.Connection, team: str, old: str, new: str) -> None:
    """Carry a channel's setting, notes, muted threads, claims, replies, gaps and votes over to its new id.

    What the new id has already stays, but for the setting: there the old one counts, and only whether people
    of other companies are in the channel is what was noted since, for that is why it was renamed. The ledger
    and the outbox keep the id that they were written with. A second time does nothing.
    """
    setting = find_channel(connection, team, old)
    if setting:
        since = find_channel(connection, team, new)
        set_channel(connection, replace(setting, channel=new, external=since.external if since else None))
        connection.execute(channels.delete().where(_is_in(channels, team, old)))
    for table in (thread_mutes, claims, notes):
        moved = [sa.literal(new) if column.name == "channel" else column for column in table.c]
        insert = insert_into(connection.dialect.name, table).from_select(
            list(table.c.keys()), sa.select(*moved).where(_is_in(table, team, old))
        )
        connection.execute(insert.on_conflict_do_nothing())
        connection.execute(table.delete().where(_is_in(table, team, old)))
    since_then = gaps.alias()
    same = [since_then.c[name] == gaps.c[name] for name in ("team", "key", "root", "person")]
    met_since = sa.exists().where(*same, since_then.c.channel == new)
    connection.execute(gaps.delete().where(_is_in(gaps, team, old), met_since))
    for table in (replies, reply_entries, gaps, votes):
        connection.execute(table.update().where(_is_in(table, team, old)).values(channel=new))


def _read(row: Mapping[Any, Any]) -> ChannelRow:
    return ChannelRow(**{**row, "packs": tuple(row["packs"])})


def _is_in(table: sa.Table, team: str, channel: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.team == team, table.c.channel == channel)


def _write(
    connection: sa.Connection,
    row: ChannelRow,
    changed: Mapping[str, Any],
    where: sa.ColumnElement[bool] | None = None,
) -> None:
    """Insert a row, or change the columns given in the one that is there, if that is as `where` says."""
    insert = insert_into(connection.dialect.name, channels).values(**list_values(row))
    connection.execute(insert.on_conflict_do_update(index_elements=KEY, set_=changed, where=where))
