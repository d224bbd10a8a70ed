"""The packs that a channel asks; processes of the version before go on writing rows without them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
oldest_code = "0001"


def upgrade() -> None:
    """Let each channel that is there ask all packs."""
    op.add_column("channels", sa.Column("packs", sa.JSON, nullable=False, server_default="[]"))
