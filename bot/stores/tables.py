"""The tables, as the newest migration leaves them; a test compares the two on both databases.

Times are epoch seconds; 0.0 stands for never, and "" for none, so that no comparison meets NULL.
The module that has a table's name documents its rows; `replies` and `reply_entries` are sent_messages.py's.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.stores.safe_text import SafeText

metadata = sa.MetaData()


def retired(name: str, kind: Any, default: str) -> sa.Column[Any]:
    """Return a column that is not used any more: the version before fills it, the next one drops it."""
    return sa.Column(name, kind, nullable=False, server_default=default)


def _index_named(name: str, column: str) -> sa.Index:
    """Return an index of the rows in which a column isn't ""."""
    named = sa.text(f"{column} <> ''")
    return sa.Index(name, column, sqlite_where=named, postgresql_where=named)


# SQLite counts up only in a column whose type is spelled INTEGER (docs.sqlalchemy.org, dialects/sqlite).
Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")

ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("team", SafeText, nullable=False),
    sa.Column("channel", SafeText, nullable=False),
    sa.Column("ts", SafeText, nullable=False),
    sa.Column("root", SafeText, nullable=False),
    sa.Column("surface", SafeText, nullable=False),
    sa.Column("by_bot", sa.Boolean, nullable=False),
    sa.Column("kind", SafeText, nullable=False),
    sa.Column("rule", SafeText, nullable=False),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("entries", sa.JSON, nullable=False),
    sa.Column("runners_up", sa.JSON, nullable=False),
    sa.Column("reason", SafeText, nullable=False),
    sa.Column("action", SafeText, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("latency_ms", sa.Double, nullable=False),
    sa.Column("text", SafeText, nullable=False),
    sa.Column("person", SafeText, nullable=False, server_default=""),
    sa.Index("ledger_post", "team", "channel", "ts"),
    sa.Index("ledger_at", "at"),
    _index_named("ledger_person", "person"),
    sqlite_autoincrement=True,
)

gaps = sa.Table(
    "gaps",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("team", SafeText, nullable=False),
    sa.Column("key", SafeText, nullable=False),
    sa.Column("kind", SafeText, nullable=False),
    sa.Column("code", SafeText, nullable=False),
    sa.Column("channel", SafeText, nullable=False),
    sa.Column("root", SafeText, nullable=False),
    sa.Column("ts", SafeText, nullable=False),
    sa.Column("person", SafeText, nullable=False),
    sa.Column("surface", SafeText, nullable=False),
    sa.Column("language", SafeText, nullable=False),
    sa.Column("nearest", sa.JSON, nullable=False),
    sa.Column("first_at", sa.Double, nullable=False),
    sa.Column("latest_at", sa.Double, nullable=False),
    sa.Column("line", Number, sa.ForeignKey("ledger.id", ondelete="CASCADE"), nullable=True),
    sa.Index("gaps_once", "team", "key", "channel", "root", "person", unique=True),
    sa.Index("gaps_latest", "latest_at"),
    sa.Index("gaps_line", "line"),
    sa.Index("gaps_person", "person"),
    sqlite_autoincrement=True,
)

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("team", SafeText, nullable=False),
    sa.Column("answer", SafeText, nullable=False),
    sa.Column("person", SafeText, nullable=False),
    sa.Column("channel", SafeText, nullable=False),
    sa.Column("root", SafeText, nullable=False),
    sa.Column("ts", SafeText, nullable=False),
    sa.Column("surface", SafeText, nullable=False),
    sa.Column("entry", SafeText, nullable=False),
    sa.Column("kind", SafeText, nullable=False),
    sa.Column("reason", SafeText, nullable=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("step_hash", SafeText, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Index("votes_once", "team", "answer", "person", unique=True),
    sa.Index("votes_entry", "team", "entry", "step"),
    sa.Index("votes_at", "at"),
    sa.Index("votes_person", "person"),
    sqlite_autoincrement=True,
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("team", SafeText, primary_key=True),
    sa.Column("channel", SafeText, primary_key=True),
    sa.Column("root", SafeText, primary_key=True),
    sa.Column("name", SafeText, primary_key=True),
    sa.Column("reply_key", SafeText, nullable=False),
    retired("at", sa.Double, "0"),
)

replies = sa.Table(
    "replies",
    metadata,
    sa.Column("key", SafeText, primary_key=True),
    sa.Column("team", SafeText, nullable=False),
    sa.Column("channel", SafeText, nullable=False),
    sa.Column("root", SafeText, nullable=False),
    sa.Column("post_ts", SafeText, nullable=False),
    sa.Column("kind", SafeText, nullable=False),
    sa.Column("recall", SafeText, nullable=False),
    sa.Column("entries", sa.JSON, nullable=False),
    sa.Column("ts", SafeText, nullable=False),
    sa.Column("first_at", sa.Double, nullable=False),
    retired("latest_at", sa.Double, "0"),
    retired("latest_root", SafeText, ""),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("text_hash", SafeText, nullable=False),
    sa.Column("is_deleted", sa.Boolean, nullable=False),
    sa.Index("replies_post", "team", "channel", "post_ts", "first_at"),
    sa.Index("replies_lately", "team", "channel", "first_at"),
)

# The state of the desk as a whole; the one table that holds nothing of a team.
desk_state = sa.Table(
    "desk_state",
    metadata,
    sa.Column("name", SafeText, primary_key=True),
    sa.Column("value", SafeText, nullable=False),
)

# The entries of each card once more, to be found by: every watched post asks which card showed an entry last.
reply_entries = sa.Table(
    "reply_entries",
    metadata,
    sa.Column("key", SafeText, sa.ForeignKey("replies.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("entry", SafeText, primary_key=True),
    sa.Column("team", SafeText, nullable=False),
    sa.Column("channel", SafeText, nullable=False),
    sa.Column("first_at", sa.Double, nullable=False),
    sa.Index("reply_entries_lately", "team", "channel", "entry", "first_at"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("team", SafeText, nullable=False),
    sa.Column("channel", SafeText, nullable=False),
    retired("root", SafeText, ""),
    sa.Column("method", SafeText, nullable=False),
    sa.Column("is_job", sa.Boolean, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("reply_key", SafeText, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("due_at", sa.Double, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("maybe_taken", sa.Boolean, nullable=False),
    sa.Column("state", SafeText, nullable=False),
    sa.Column("error", SafeText, nullable=False),
    sa.Column("owner", SafeText, nullable=False),
    sa.Column("leased_until", sa.Double, nullable=False),
    sa.Column("done_at", sa.Double, nullable=False),
    sa.Column("look_at", sa.Double, nullable=False, server_default="0"),
    sa.Column("lasts", sa.Double, nullable=False, server_default="3600"),
    sa.Index("outbox_queue", "state", "team", "channel", "is_job", "id", "leased_until"),
    sa.Index("outbox_pace", "team", "channel", "done_at"),
    sa.Index("outbox_age", "created_at"),
    sa.Index(
        "outbox_looks",
        "look_at",
        sqlite_where=sa.text("look_at > 0"),
        postgresql_where=sa.text("look_at > 0"),
    ),
    sqlite_autoincrement=True,  # an id is never given twice, though the newest row be deleted
)

pauses = sa.Table(
    "pauses",
    metadata,
    sa.Column("team", SafeText, primary_key=True),
    sa.Column("method", SafeText, primary_key=True),
    sa.Column("until", sa.Double, nullable=False),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("team", SafeText, primary_key=True),
    sa.Column("channel", SafeText, primary_key=True),
    sa.Column("mode", SafeText, nullable=False),
    sa.Column("eager", sa.Boolean, nullable=False),
    sa.Column("language", SafeText, nullable=False),
    sa.Column("external", sa.Boolean, nullable=True),
    sa.Column("muted_until", sa.Double, nullable=False),
    sa.Column("changed_by", SafeText, nullable=False),
    sa.Column("changed_at", sa.Double, nullable=False),
    sa.Column("packs", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("muted_at", sa.Double, nullable=False, server_default="0"),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("team", SafeText, primary_key=True),
    sa.Column("channel", SafeText, primary_key=True),
    sa.Column("code", SafeText, primary_key=True),
    sa.Column("text", SafeText, nullable=False),
    sa.Column("author", SafeText, nullable=False),
    sa.Column("author_name", SafeText, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("until", sa.Double, nullable=True),
)

thread_mutes = sa.Table(
    "thread_mutes",
    metadata,
    sa.Column("team", SafeText, primary_key=True),
    sa.Column("channel", SafeText, primary_key=True),
    sa.Column("root", SafeText, primary_key=True),
    sa.Column("at", sa.Double, nullable=False, server_default="0"),
)

gap_marks = sa.Table(
    "gap_marks",
    metadata,
    sa.Column("team", SafeText, primary_key=True),
    sa.Column("key", SafeText, primary_key=True),
    sa.Column("person", SafeText, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
)
