"""Gaps: what people needed and the desk lacked, one row for each thread and person.

Rows are written with the ledger's line on the post, and go with it; one of a vote or a near miss has no line.
What was asked stands, redacted, in the ledger alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.redaction import EMPTY, Redacted, redact
from bot.stores.insert import insert_into, list_values
from bot.stores.tables import gaps, ledger, votes

GapKind = Literal["question", "code", "not-it", "near-miss"]

MOST_PRUNED = 10_000

_ONCE = ("team", "key", "channel", "root", "person")
_WITHOUT = (
    gaps.delete()
    .where(*(gaps.c[name] == sa.bindparam(f"of_{name}") for name in _ONCE))
    .where(
        ~sa.exists().where(
            votes.c.team == gaps.c.team,
            votes.c.person == gaps.c.person,
            votes.c.channel == gaps.c.channel,
            votes.c.root == gaps.c.root,
            votes.c.entry == sa.bindparam("of_entry"),
            votes.c.kind == "not-it",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What was lacking.

    Attributes:
        kind: question: not answered. code: documented nowhere. not-it: an answer that somebody rejected.
            near-miss: a watched post that shows a documented number, and nothing that makes it an error.
        key: the same for what is counted together, such as `code:28612`.
        code: the undocumented code, else "".
        nearest: `pack/code`, best first.
    """

    kind: GapKind
    key: str
    code: str = ""
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap as one person met it in one thread; times are epoch seconds, `text` is what was asked, redacted.

    `line` is the id of the ledger's line that it was written with.

    `root` is "" where there is no thread: after a command, or in a direct message.
    """

    gap: Gap
    team: str
    channel: str
    root: str
    ts: str
    person: str
    surface: str
    language: str
    first_at: float
    latest_at: float
    text: Redacted = EMPTY
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class GapGroup:
    """All rows of one key: how many people, days (UTC) and threads or places; times are epoch seconds."""

    key: str
    kind: GapKind
    code: str
    people: int
    days: int
    rows: int
    first_at: float
    latest_at: float


def add_gaps(connection: sa.Connection, rows: Sequence[GapRow]) -> None:
    """Write rows, one at least.

    What the same person met in the thread before stays one row, with the newest time and line.
    """
    # Sorted, so that of two transactions that write the same rows neither waits for the other's second.
    values = sorted(map(_list_values, rows), key=lambda one: [one[name] for name in _ONCE])
    connection.execute(_build_add(connection.dialect.name), values)


def take_back_not_it(connection: sa.Connection, row: GapRow) -> None:
    """Delete what a vote added, unless another vote of the person in the thread rejects the entry too."""
    values = {f"of_{name}": value for name, value in _list_values(row).items() if name in _ONCE}
    connection.execute(_WITHOUT, {**values, "of_entry": row.gap.key.partition(":")[2]})


def list_rows(connection: sa.Connection, team: str, key: str, limit: int) -> Sequence[GapRow]:
    """Return the rows of one key, the newest first."""
    asked = (
        sa.select(gaps, ledger.c.text)
        .join(ledger, ledger.c.id == gaps.c.line, isouter=True)
        .where(gaps.c.team == team, gaps.c.key == key)
        .order_by(gaps.c.latest_at.desc(), gaps.c.id.desc())
        .limit(limit)
    )
    return tuple(_read(row) for row in connection.execute(asked).mappings())


def prune_gaps(connection: sa.Connection, before: float) -> int:
    """Delete what was met last before then, MOST_PRUNED rows at most; return how many went."""
    old = sa.select(gaps.c.id).where(gaps.c.latest_at < before).order_by(gaps.c.latest_at).limit(MOST_PRUNED)
    return connection.execute(gaps.delete().where(gaps.c.id.in_(old))).rowcount


@cache
def _build_add(dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = insert_into(dialect, gaps)
    changed = {name: insert.excluded[name] for name in ("ts", "surface", "language", "nearest", "latest_at")}
    line = sa.func.coalesce(insert.excluded.line, gaps.c.line)
    return insert.on_conflict_do_update(index_elements=_ONCE, set_={**changed, "line": line})


def _list_values(row: GapRow) -> dict[str, Any]:
    gap = {"key": row.gap.key, "kind": row.gap.kind, "code": row.gap.code, "nearest": row.gap.nearest}
    return {name: value for name, value in list_values(row).items() if name in gaps.c} | gap


def _read(row: sa.RowMapping) -> GapRow:
    gap = Gap(row["kind"], row["key"], row["code"], tuple(row["nearest"]))
    read: dict[str, Any] = {name: row[name] for name in GapRow.__dataclass_fields__ if name in row}
    return GapRow(**{**read, "gap": gap, "text": redact(row["text"] or "")})
