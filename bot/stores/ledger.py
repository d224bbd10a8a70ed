"""The ledger: one line for each post that the desk decided on, whether it spoke or not, and why.

Rows are written once, never changed, and deleted by prune_rows(). The words of a post stand there only where
its writer asked the desk and got no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from bot.redaction import EMPTY, Redacted, redact
from bot.stores import gaps
from bot.stores.gaps import Gap, GapRow
from bot.stores.insert import list_values
from bot.stores.tables import ledger

Kind = Literal["answered", "choices", "abstained", "filtered"]

MOST_OF_POST = 100  # lines on one post that are read
MOST_PRUNED = 10_000  # rows of one deletion: 0.1 s on a small machine, well within a transaction's 1.5 s

_ADD = ledger.insert()
_ADD_NUMBERED = _ADD.returning(ledger.c.id)
_ALL_OF_POST = sa.select(ledger).where(
    *(ledger.c[name] == sa.bindparam(name) for name in ("team", "channel", "ts"))
)
_OF_POST = _ALL_OF_POST.order_by(ledger.c.action == "silent", ledger.c.id.desc()).limit(MOST_OF_POST)
_BY_BOT = _ALL_OF_POST.with_only_columns(ledger.c.by_bot).order_by(ledger.c.id).limit(1)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What was decided on one post.

    Attributes:
        ts, root: of the post, and of its thread's first post.
        surface: where it was met, such as "watch" or "mention".
        kind: of the verdict; filtered where a rule ended it before the text was matched.
        score: 0 to 100.
        entries, runners_up: `pack/code`, best first.
        reason: why the desk is silent, else "".
        action: what was done, such as "post" or "silent".
        at: epoch seconds; `latency_ms` is what deciding took.
        text: what was asked, where it may be kept; __init__ raises TypeError for a text that isn't redacted.
        person: who put the post to the desk, or wrote one that has gaps; else "".
        language: of the answer; kept with the gaps alone.
        gaps: what the desk lacked, written with the line; not read again with it.
    """

    team: str
    channel: str
    ts: str
    root: str
    surface: str
    by_bot: bool
    kind: Kind
    rule: str
    score: float
    entries: tuple[str, ...]
    runners_up: tuple[str, ...]
    reason: str
    action: str
    at: float
    latency_ms: float
    text: Redacted = EMPTY
    person: str = ""
    language: str = field(default="", compare=False)
    gaps: tuple[Gap, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, Redacted):
            raise TypeError("the ledger takes redacted text only")


def add_row(connection: sa.Connection, row: LedgerRow) -> None:
    """Write a line, with its gaps."""
    add_rows(connection, [row])


def add_rows(connection: sa.Connection, rows: Sequence[LedgerRow]) -> None:
    """Write lines, one at least, each with its gaps."""
    plain = [_list_values(row) for row in rows if not row.gaps]
    if plain:
        connection.execute(_ADD, plain)
    lacking: list[GapRow] = []
    for row in rows:
        if row.gaps:
            line: int = connection.execute(_ADD_NUMBERED, _list_values(row)).scalar_one()
            lacking += [_build_gap(row, gap, line) for gap in row.gaps]
    if lacking:
        gaps.add_gaps(connection, lacking)


def try_to_write(connection: sa.Connection) -> None:
    """Write a line and take it back: the transaction ends well only where there was room for one."""
    row = LedgerRow("", "", "", "", "", False, "filtered", "", 0.0, (), (), "", "", 0.0, 0.0)
    written: int = connection.execute(_ADD_NUMBERED, _list_values(row)).scalar_one()
    connection.execute(ledger.delete().where(ledger.c.id == written))


def find_rows(connection: sa.Connection, team: str, channel: str, ts: str) -> tuple[LedgerRow, ...]:
    """Return the lines on a post, oldest first: an edited post may have several.

    Of very many, as an app leaves that edits its post all day, those that something was said to and the
    latest others, MOST_OF_POST in all.
    """
    found = connection.execute(_OF_POST, {"team": team, "channel": channel, "ts": ts}).mappings()
    return tuple(_read(row) for row in sorted(found, key=lambda row: row["id"]))


def is_by_bot(connection: sa.Connection, team: str, channel: str, ts: str) -> bool | None:
    """Say whether a bot wrote a post; None if the desk never saw it, or pruned it."""
    found = connection.execute(_BY_BOT, {"team": team, "channel": channel, "ts": ts})
    by_bot: bool | None = found.scalar_one_or_none()
    return by_bot


def find_latest_time(connection: sa.Connection) -> float | None:
    """Return when the latest post was decided on, in epoch seconds, or None if there is none."""
    newest: float | None = connection.execute(sa.select(sa.func.max(ledger.c.at))).scalar_one()
    return newest


def prune_rows(connection: sa.Connection, before: float) -> int:
    """Delete the lines older than that, the oldest first, MOST_PRUNED at most; return how many went.

    Call it again, in a transaction of its own, while it returns MOST_PRUNED.
    """
    old = sa.select(ledger.c.id).where(ledger.c.at < before).order_by(ledger.c.at).limit(MOST_PRUNED)
    return connection.execute(ledger.delete().where(ledger.c.id.in_(old))).rowcount


def list_questions(connection: sa.Connection, limit: int) -> Sequence[Redacted]:
    """Return the texts that are kept of questions, each once, the newest first."""
    newest = sa.func.max(ledger.c.at)
    asked = (
        sa.select(ledger.c.text)
        .where(ledger.c.text != "")
        .group_by(ledger.c.text)
        .order_by(newest.desc(), ledger.c.text)
        .limit(limit)
    )
    return tuple(map(redact, connection.execute(asked).scalars()))


def _list_values(row: LedgerRow) -> dict[str, Any]:
    return {name: value for name, value in list_values(row).items() if name in ledger.c}


def _build_gap(row: LedgerRow, gap: Gap, line: int) -> GapRow:
    places = {name: getattr(row, name) for name in ("team", "channel", "root", "ts", "person", "surface")}
    return GapRow(gap, **places, language=row.language, first_at=row.at, latest_at=row.at, line=line)


def _read(row: sa.RowMapping) -> LedgerRow:
    read: dict[str, Any] = {name: value for name, value in row.items() if name != "id"}
    lists = {name: tuple(row[name]) for name in ("entries", "runners_up")}
    return LedgerRow(**read | lists | {"text": redact(row["text"])})
