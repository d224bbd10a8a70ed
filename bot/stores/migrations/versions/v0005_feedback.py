"""What people say of answers, what the desk could not answer, and who asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
oldest_code = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add what is new; the version before leaves the ledger's new column empty."""
    op.add_column("ledger", sa.Column("person", sa.Text, nullable=False, server_default=""))
    named = sa.text("person <> ''")
    op.create_index("ledger_person", "ledger", ["person"], sqlite_where=named, postgresql_where=named)
    op.create_table(
        "gaps",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("first_at", sa.Double, nullable=False),
        sa.Column("latest_at", sa.Double, nullable=False),
        sa.Column("line", NUMBER, sa.ForeignKey("ledger.id", ondelete="CASCADE"), nullable=True),
        sqlite_autoincrement=True,
    )
    once = ["team", "key", "channel", "root", "person"]
    op.create_index("gaps_once", "gaps", once, unique=True)
    op.create_index("gaps_latest", "gaps", ["latest_at"])
    op.create_index("gaps_line", "gaps", ["line"])
    op.create_index("gaps_person", "gaps", ["person"])
    op.create_table(
        "votes",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("step_hash", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("votes_once", "votes", ["team", "answer", "person"], unique=True)
    op.create_index("votes_entry", "votes", ["team", "entry", "step"])
    op.create_index("votes_at", "votes", ["at"])
    op.create_index("votes_person", "votes", ["person"])
