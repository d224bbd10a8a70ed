"""Sent messages: the desk's own messages that others can see, with what is needed to change or delete them.

A row is written before Slack has the message; its `ts` is filled in when Slack took it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from bot.stores.insert import list_values
from bot.stores.tables import replies, reply_entries

Kind = Literal["card", "short", "roll-up", "notice"]

_ADD = replies.insert()
_ADD_ENTRY = reply_entries.insert()
_COLUMNS = [column for column in replies.c if column.name not in ("latest_at", "latest_root")]
_BY_KEY = sa.select(*_COLUMNS).where(replies.c.key == sa.bindparam("key"))
_IN_CHANNEL = [replies.c[name] == sa.bindparam(name) for name in ("team", "channel")]
_LATEST = (
    sa.select(*_COLUMNS)
    .where(*_IN_CHANNEL, replies.c.is_deleted.is_(False))
    .order_by(replies.c.first_at.desc(), replies.c.key)
    .limit(1)
)
_TO_POST = _LATEST.where(replies.c.post_ts == sa.bindparam("post_ts"))
_ROLL_UP = _LATEST.where(replies.c.kind == "roll-up", replies.c.first_at >= sa.bindparam("since"))
_POSTED = sa.select(sa.func.count()).where(
    *_IN_CHANNEL, replies.c.kind.in_(("card", "short")), replies.c.first_at >= sa.bindparam("since")
)
_RECENT = (
    sa.select(*_COLUMNS)
    .join(reply_entries, reply_entries.c.key == replies.c.key)
    .where(*(reply_entries.c[name] == sa.bindparam(name) for name in ("team", "channel", "entry")))
    .where(reply_entries.c.first_at >= sa.bindparam("since"), replies.c.is_deleted.is_(False))
    .order_by(reply_entries.c.first_at, replies.c.key)
    .limit(1)
)
_ONE = replies.update().where(replies.c.key == sa.bindparam("of_key"))
_NOTE_REPEAT = _ONE.values(count=replies.c.count + 1)
_UPDATE = _ONE.values(
    recall=sa.bindparam("shown"), entries=sa.bindparam("new_entries", type_=sa.JSON)
).returning(replies.c.kind, replies.c.team, replies.c.channel, replies.c.first_at)
_SET_SENT = _ONE.values(ts=sa.bindparam("sent_ts"))
_RESTORE = _ONE.values(ts=sa.bindparam("sent_ts"), is_deleted=False)
_MARK_DELETED = _ONE.values(is_deleted=True)
_FORGET_ENTRIES = reply_entries.delete().where(reply_entries.c.key == sa.bindparam("of_key"))


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One message of the desk.

    Attributes:
        key: names it for ever; it goes to Slack in the message's metadata.
        root, post_ts: the thread it stands in and the post it answers.
        recall: what it shows, as replies/recall.py writes it.
        entries: those it shows, `pack/code`.
        ts: Slack's, "" until Slack took it.
        first_at: when it was decided on.
        count: posts that it stands for.
        text_hash: of the post's text, to see whether an edit changed that.
        is_deleted: it is gone, or never came to stand in Slack.
    """

    key: str
    team: str
    channel: str
    root: str
    post_ts: str
    kind: Kind
    recall: str
    entries: tuple[str, ...]
    ts: str
    first_at: float
    count: int
    text_hash: str = ""
    is_deleted: bool = False


def add_reply(connection: sa.Connection, row: ReplyRow) -> None:
    """Write a reply that is to be sent."""
    connection.execute(_ADD, list_values(row))
    if row.kind == "card":
        _note_entries(connection, row.key, row.team, row.channel, row.entries, row.first_at)


def get_reply(connection: sa.Connection, key: str) -> ReplyRow:
    """Return a reply, deleted or not. Raises KeyError if there is none of this key."""
    reply = find_reply(connection, key)
    if reply is None:
        raise KeyError(key)
    return reply


def find_reply(connection: sa.Connection, key: str) -> ReplyRow | None:
    """Return a reply, deleted or not, or None."""
    return _find_one(connection, _BY_KEY, key=key)


def find_reply_to(connection: sa.Connection, team: str, channel: str, post_ts: str) -> ReplyRow | None:
    """Return the latest reply to a post that isn't deleted, or None."""
    return _find_one(connection, _TO_POST, team=team, channel=channel, post_ts=post_ts)


def find_recent(
    connection: sa.Connection, team: str, channel: str, entry: str, since: float
) -> ReplyRow | None:
    """Return the first card in the channel since then that shows the entry and isn't deleted, or None."""
    return _find_one(connection, _RECENT, team=team, channel=channel, entry=entry, since=since)


def find_roll_up(connection: sa.Connection, team: str, channel: str, since: float) -> ReplyRow | None:
    """Return the latest roll-up in the channel since then that isn't deleted, or None."""
    return _find_one(connection, _ROLL_UP, team=team, channel=channel, since=since)


def count_posted(connection: sa.Connection, team: str, channel: str, since: float) -> int:
    """Count the cards and short lines in the channel since then, deleted ones too."""
    found = connection.execute(_POSTED, {"team": team, "channel": channel, "since": since})
    return found.scalar_one()


def note_repeat(connection: sa.Connection, key: str) -> None:
    """Count one more post that a reply stands for."""
    connection.execute(_NOTE_REPEAT, {"of_key": key})


def update_reply(connection: sa.Connection, key: str, recall: str, entries: tuple[str, ...]) -> None:
    """Note what a reply shows from now on."""
    shown = {"of_key": key, "shown": recall, "new_entries": entries}
    changed = connection.execute(_UPDATE, shown).one_or_none()
    if changed and changed.kind == "card":
        connection.execute(_FORGET_ENTRIES, {"of_key": key})
        _note_entries(connection, key, changed.team, changed.channel, entries, changed.first_at)


def set_sent(connection: sa.Connection, key: str, ts: str) -> None:
    """Note that Slack took a reply, under the ts given."""
    connection.execute(_SET_SENT, {"of_key": key, "sent_ts": ts})


def restore_reply(connection: sa.Connection, key: str, ts: str) -> None:
    """Note that a reply stands in Slack after all, under the ts given."""
    connection.execute(_RESTORE, {"of_key": key, "sent_ts": ts})


def mark_deleted(connection: sa.Connection, key: str) -> None:
    """Note that a reply is gone from Slack, or that it will never get there."""
    connection.execute(_MARK_DELETED, {"of_key": key})


def _note_entries(
    connection: sa.Connection, key: str, team: str, channel: str, entries: Iterable[str], first_at: float
) -> None:
    card = {"key": key, "team": team, "channel": channel, "first_at": first_at}
    rows = [card | {"entry": entry} for entry in dict.fromkeys(entries)]
    if rows:
        connection.execute(_ADD_ENTRY, rows)


def _find_one(connection: sa.Connection, asked: sa.Select[Any], **values: object) -> ReplyRow | None:
    row = connection.execute(asked, values).mappings().one_or_none()
    return _read(row) if row else None


def _read(row: sa.RowMapping) -> ReplyRow:
    read: dict[str, Any] = dict(row)
    return ReplyRow(**read | {"entries": tuple(row["entries"])})
