"""Votes: what people say of an answer, one row for each person and answer.

After the retention a vote counts on without its person. A vote never changes what is answered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.stores.insert import insert_into, list_values
from bot.stores.tables import votes

VoteKind = Literal["helped", "not-it"]
Reason = Literal["", "wrong-code", "steps-failed", "outdated", "other"]

MOST_CHANGED = 10_000  # rows of one transaction
NOBODY = "~"  # begins what stands for a person who was removed; no id of Slack's does

_ONCE = ("team", "answer", "person")
_ONE = [votes.c[name] == sa.bindparam(f"of_{name}") for name in _ONCE]
_SET_REASON = votes.update().where(*_ONE, votes.c.kind == "not-it").values(reason=sa.bindparam("why"))
_SET_STEP = (
    votes.update()
    .where(*_ONE, votes.c.kind == "helped")
    .values(
        entry=sa.bindparam("of_entry"), step=sa.bindparam("number"), step_hash=sa.bindparam("hash_of_step")
    )
)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """What a person says of an answer.

    Attributes:
        answer: names the answer, wherever it is shown: in another language too, or shared.
        channel, root, ts: where the message stands that was clicked; "" in a modal.
        surface: where it was clicked: "channel", "alone" (one person sees the message) or "modal".
        entry: `pack/code`, the first that the answer showed, or the one whose step fixed it.
        reason: why it is not it, if that was told.
        step: the number of the step that fixed it, 0 for none; `step_hash` tells its words.
        at: epoch seconds.
    """

    team: str
    answer: str
    person: str
    channel: str
    root: str
    ts: str
    surface: str
    entry: str
    kind: VoteKind
    at: float
    reason: Reason = ""
    step: int = 0
    step_hash: str = ""


def set_vote(connection: sa.Connection, row: VoteRow) -> None:
    """Write a vote in place of the person's one before; one of the same kind keeps what was told besides."""
    connection.execute(_build_set(connection.dialect.name), list_values(row))


def set_reason(connection: sa.Connection, team: str, answer: str, person: str, reason: Reason) -> bool:
    """Note why an answer is not it; return False where the person doesn't say so."""
    done = connection.execute(_SET_REASON, {**_name_one(team, answer, person), "why": reason})
    return done.rowcount == 1


def set_step(
    connection: sa.Connection, team: str, answer: str, person: str, entry: str, step: int, step_hash: str
) -> bool:
    """Note which step of which entry fixed it; return False where the person doesn't say that it helped."""
    values = {"of_entry": entry, "number": step, "hash_of_step": step_hash}
    return connection.execute(_SET_STEP, {**_name_one(team, answer, person), **values}).rowcount == 1


def count_fixes(
    connection: sa.Connection, team: str, entries: Collection[str]
) -> Mapping[str, Mapping[str, int]]:
    """Return how many votes say of each step that it fixed it: entry -> hash of the step -> votes."""
    asked = (
        sa.select(votes.c.entry, votes.c.step_hash, sa.func.count())
        .where(votes.c.team == team, votes.c.entry.in_(sorted(entries)), votes.c.step > 0)
        .group_by(votes.c.entry, votes.c.step_hash)
    )
    counts: dict[str, dict[str, int]] = {}
    for entry, step_hash, count in connection.execute(asked):
        counts.setdefault(entry, {})[step_hash] = count
    return counts


def count_votes(
    connection: sa.Connection, team: str, since: float, until: float = float("inf")
) -> Mapping[tuple[VoteKind, Reason], int]:
    """Return how many votes of a time say what: (kind, reason) -> votes."""
    asked = (
        sa.select(votes.c.kind, votes.c.reason, sa.func.count())
        .where(votes.c.team == team, votes.c.at >= since, votes.c.at < until)
        .group_by(votes.c.kind, votes.c.reason)
    )
    return {(kind, reason): count for kind, reason, count in connection.execute(asked)}


def remove_persons(connection: sa.Connection, before: float) -> int:
    """Take the person from votes older than that, MOST_CHANGED at most; return how many there were."""
    old = (
        sa.select(votes.c.id)
        .where(votes.c.at < before, votes.c.person.not_like(f"{NOBODY}%"))
        .order_by(votes.c.at)
        .limit(MOST_CHANGED)
    )
    nobody = sa.literal(NOBODY) + sa.cast(votes.c.id, sa.Text)
    where_met = {"channel": "", "root": "", "ts": ""}
    changed = votes.update().where(votes.c.id.in_(old)).values(person=nobody, **where_met)
    return connection.execute(changed).rowcount


@cache
def _build_set(dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = insert_into(dialect, votes)
    new = insert.excluded
    is_same = votes.c.kind == new.kind
    told = sa.and_(is_same, new.step == 0)
    return insert.on_conflict_do_update(
        index_elements=_ONCE,
        set_={
            "kind": new.kind,
            "at": new.at,
            "entry": sa.case((told, votes.c.entry), else_=new.entry),
            "reason": sa.case((is_same, votes.c.reason), else_=new.reason),
            "step": sa.case((told, votes.c.step), else_=new.step),
            "step_hash": sa.case((told, votes.c.step_hash), else_=new.step_hash),
        },
    )


def _name_one(team: str, answer: str, person: str) -> dict[str, str]:
    return {"of_team": team, "of_answer": answer, "of_person": person}
