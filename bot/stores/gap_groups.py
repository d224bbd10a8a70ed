"""Gaps that are counted together, ranked by people, then by days. What a gap is stands in gaps.py."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from bot.stores.gaps import GapGroup, GapKind
from bot.stores.tables import gap_marks, gaps

DAY = 86_400  # seconds


def rank_groups(
    connection: sa.Connection,
    team: str,
    since: float,
    until: float = float("inf"),
    *,
    key: str = "",
    kinds: Collection[GapKind] = (),
    ignored: bool | None = None,
    limit: int | None = None,
) -> tuple[Sequence[GapGroup], int]:
    """Return the gaps met within a time, of most people first, then of most days; and how many there are.

    Args:
        key: that gap alone, where one is named.
        kinds: those alone, where any is named.
        ignored: those that an author said to ignore, or the others; None: both.
        limit: as many at most; the count is of all.
    """
    within = [gaps.c.team == team, gaps.c.latest_at >= since, gaps.c.first_at < until]
    within += [gaps.c.key == key] if key else []
    within += [gaps.c.kind.in_(sorted(kinds))] if kinds else []
    if ignored is not None:
        mark = sa.exists().where(gap_marks.c.team == gaps.c.team, gap_marks.c.key == gaps.c.key)
        within.append(mark if ignored else ~mark)
    found = connection.execute(_build_ranking(within).limit(limit)).mappings().all()
    names = GapGroup.__dataclass_fields__
    groups = [GapGroup(**{name: row[name] for name in names}) for row in found]
    return groups, found[0]["all"] if found else 0


def _build_ranking(within: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """Return the query for groups, with the number of all as the last column.

    People and days are counted apart for the groups of several rows: PostgreSQL sorts each group for that,
    and most have one row.
    """
    grouped = (
        sa.select(
            gaps.c.key,
            sa.func.min(gaps.c.kind).label("kind"),  # a key has but one kind and one code
            sa.func.min(gaps.c.code).label("code"),
            sa.func.count().label("rows"),
            sa.func.min(gaps.c.first_at).label("first_at"),
            sa.func.max(gaps.c.latest_at).label("latest_at"),
        )
        .where(*within)
        .group_by(gaps.c.key)
        .cte("grouped")
    )
    several = sa.select(grouped.c.key).where(grouped.c.rows > 1)
    counted = (
        sa.select(
            gaps.c.key,
            sa.func.count(gaps.c.person.distinct()).label("people"),
            sa.func.count((gaps.c.first_at // DAY).distinct()).label("days"),
        )
        .where(*within, gaps.c.key.in_(several))
        .group_by(gaps.c.key)
        .subquery("counted")
    )
    people, days = sa.func.coalesce(counted.c.people, 1), sa.func.coalesce(counted.c.days, 1)
    names = ("rows", "first_at", "latest_at")
    return (
        sa.select(
            *(grouped.c[name] for name in ("key", "kind", "code")),
            people.label("people"),
            days.label("days"),
            *(grouped.c[name] for name in names),
            sa.func.count().over().label("all"),
        )
        .join(counted, counted.c.key == grouped.c.key, isouter=True)
        .order_by(people.desc(), days.desc(), grouped.c.latest_at.desc(), grouped.c.key)
    )
