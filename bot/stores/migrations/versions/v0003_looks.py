"""Looks at messages whose outcome was unknown; what a database knows of its programs; columns nobody reads.

The retired columns get a default, so that processes of the version before go on; the next version drops them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
oldest_code = "0001"

RETIRED: tuple[tuple[str, str, sa.types.TypeEngine[Any], str], ...] = (
    ("replies", "latest_at", sa.Double(), "0"),
    ("replies", "latest_root", sa.Text(), ""),
    ("claims", "at", sa.Double(), "0"),
    ("thread_mutes", "at", sa.Double(), "0"),
    ("outbox", "root", sa.Text(), ""),
)


def upgrade() -> None:
    """Add what is new; let the retired columns fill themselves."""
    op.create_table(
        "desk_state",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.add_column("outbox", sa.Column("look_at", sa.Double, nullable=False, server_default="0"))
    op.create_index(
        "outbox_looks",
        "outbox",
        ["look_at"],
        sqlite_where=sa.text("look_at > 0"),
        postgresql_where=sa.text("look_at > 0"),
    )
    for table, name, kind, default in RETIRED:
        if op.get_bind().dialect.name == "sqlite":  # it alters no column, but has one anew
            op.drop_column(table, name)
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
        else:
            op.alter_column(table, name, server_default=default)
