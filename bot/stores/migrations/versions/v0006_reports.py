"""What reports count and gaps are marked with; how long a row of the outbox may wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
oldest_code = "0001"


def upgrade() -> None:
    """Add what is new; what the version before writes gets the defaults."""
    op.add_column("channels", sa.Column("muted_at", sa.Double, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("lasts", sa.Double, nullable=False, server_default="3600"))
    op.create_table(
        "gap_marks",
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
