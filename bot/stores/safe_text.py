"""The type of every text column: what no database can hold is replaced, not refused.

PostgreSQL takes no NUL character, and a lone surrogate has no UTF-8. Both come in people's posts, and a post
that can't be written would be delivered again and again.
"""

from __future__ import annotations

import re

import sqlalchemy as sa

_UNFIT = re.compile("[\0\ud800-\udfff]")


class SafeText(sa.TypeDecorator[str]):
    """Text in which U+FFFD, the replacement character, stands for what can't be stored."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the value as it can be stored; what is asked for is replaced alike, so it's found."""
        return value if value is None else _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)
