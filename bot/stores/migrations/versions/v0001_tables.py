"""The first tables. What each holds is told in bot/stores/tables.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
oldest_code = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def text(name: str, primary_key: bool = False) -> sa.Column[str]:
    """Return a column of text."""
    return sa.Column(name, sa.Text, primary_key=primary_key, nullable=False)


def time(name: str) -> sa.Column[float]:
    """Return a column of epoch seconds."""
    return sa.Column(name, sa.Double, nullable=False)


def flag(name: str) -> sa.Column[bool]:
    """Return a column that is true or false."""
    return sa.Column(name, sa.Boolean, nullable=False)


def upgrade() -> None:
    """Create the tables and their indices."""
    create_ledger()
    create_replies()
    create_outbox()
    create_channels()


def create_ledger() -> None:
    """What was decided, and what is claimed by that."""
    op.create_table(
        "ledger",
        sa.Column("id", NUMBER, primary_key=True),
        *(text(name) for name in ("team", "channel", "ts", "root", "surface")),
        flag("by_bot"),
        text("kind"),
        text("rule"),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("entries", sa.JSON, nullable=False),
        sa.Column("runners_up", sa.JSON, nullable=False),
        text("reason"),
        text("action"),
        time("at"),
        sa.Column("latency_ms", sa.Double, nullable=False),
        text("text"),
        sqlite_autoincrement=True,
    )
    op.create_index("ledger_post", "ledger", ["team", "channel", "ts"])
    op.create_index("ledger_at", "ledger", ["at"])
    op.create_table(
        "claims",
        *(text(name, primary_key=True) for name in ("team", "channel", "root", "name")),
        text("reply_key"),
        time("at"),
    )


def create_replies() -> None:
    """The desk's own messages, and the entries of its cards."""
    op.create_table(
        "replies",
        text("key", primary_key=True),
        *(text(name) for name in ("team", "channel", "root", "post_ts", "kind", "recall")),
        sa.Column("entries", sa.JSON, nullable=False),
        text("ts"),
        time("first_at"),
        time("latest_at"),
        text("latest_root"),
        sa.Column("count", sa.Integer, nullable=False),
        text("text_hash"),
        flag("is_deleted"),
    )
    op.create_index("replies_post", "replies", ["team", "channel", "post_ts", "first_at"])
    op.create_index("replies_lately", "replies", ["team", "channel", "first_at"])
    op.create_table(
        "reply_entries",
        sa.Column("key", sa.Text, sa.ForeignKey("replies.key", ondelete="CASCADE"), primary_key=True),
        text("entry", primary_key=True),
        text("team"),
        text("channel"),
        time("first_at"),
    )
    op.create_index("reply_entries_lately", "reply_entries", ["team", "channel", "entry", "first_at"])


def create_outbox() -> None:
    """What is to be sent, and what Slack asked to wait with."""
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True),
        *(text(name) for name in ("team", "channel", "root", "method")),
        flag("is_job"),
        sa.Column("payload", sa.JSON, nullable=False),
        text("reply_key"),
        time("created_at"),
        time("due_at"),
        sa.Column("attempts", sa.Integer, nullable=False),
        flag("maybe_taken"),
        text("state"),
        text("error"),
        text("owner"),
        time("leased_until"),
        time("done_at"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_queue", "outbox", ["state", "team", "channel", "is_job", "id", "leased_until"])
    op.create_index("outbox_pace", "outbox", ["team", "channel", "done_at"])
    op.create_index("outbox_age", "outbox", ["created_at"])
    op.create_table("pauses", text("team", primary_key=True), text("method", primary_key=True), time("until"))


def create_channels() -> None:
    """How the desk behaves in each channel, and the threads it is silent in."""
    op.create_table(
        "channels",
        text("team", primary_key=True),
        text("channel", primary_key=True),
        text("mode"),
        flag("eager"),
        text("language"),
        sa.Column("external", sa.Boolean, nullable=True),
        time("muted_until"),
        text("changed_by"),
        time("changed_at"),
    )
    op.create_table(
        "thread_mutes",
        *(text(name, primary_key=True) for name in ("team", "channel", "root")),
        time("at"),
    )
