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

    People and days are counted in two steps each: what is distinct, then how many of those. COUNT(DISTINCT)
    has PostgreSQL sort every group, which takes several times as long.
    """
    first, latest = sa.func.min(gaps.c.first_at), sa.func.max(gaps.c.latest_at)
    kind, code = sa.func.min(gaps.c.kind), sa.func.min(gaps.c.code)  # a key has but one of each
    labelled = (kind.label("kind"), code.label("code"), first.label("first_at"), latest.label("latest_at"))
    persons = (
        sa.select(gaps.c.key, sa.func.count().label("rows"), *labelled)
        .where(*within)
        .group_by(gaps.c.key, gaps.c.person)
        .subquery("persons")
    )
    people = (
        sa.select(
            persons.c.key,
            sa.func.min(persons.c.kind).label("kind"),
            sa.func.min(persons.c.code).label("code"),
            sa.func.count().label("people"),
            sa.cast(sa.func.sum(persons.c.rows), sa.Integer).label("rows"),
            sa.func.min(persons.c.first_at).label("first_at"),
            sa.func.max(persons.c.latest_at).label("latest_at"),
        )
        .group_by(persons.c.key)
        .subquery("people")
    )
    dates = sa.select(gaps.c.key, (gaps.c.first_at // DAY).label("day")).where(*within).distinct().subquery()
    days = sa.select(dates.c.key, sa.func.count().label("days")).group_by(dates.c.key).subquery("days")
    names = ("key", "kind", "code", "people", "rows", "first_at", "latest_at")
    return (
        sa.select(*(people.c[name] for name in names), days.c.days, sa.func.count().over().label("all"))
        .join(days, days.c.key == people.c.key)
        .order_by(people.c.people.desc(), days.c.days.desc(), people.c.latest_at.desc(), people.c.key)
    )
