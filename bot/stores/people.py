"""People: where a person stands in the tables, to show all of it or to remove it.

A test holds that every table is named here. What Slack itself keeps is not the desk's to remove.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.stores import tables

MOST_FORGOTTEN = 1_000  # rows of each table at a time, so that no transaction is long
NOBODY = "~"  # set by somebody whose id was removed; "" would be nobody at all


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands in a table: `find` gives the condition, `change` what their rows become.

    Rows without a `change` go.
    """

    table: sa.Table
    find: Callable[[str], sa.ColumnElement[bool]]
    change: Callable[[str], Mapping[str, Any]] | None = None


def _find_in_payload(person: str) -> sa.ColumnElement[bool]:
    """Return the condition for a mention, a value, and a value in a button's JSON within the payload's."""
    payload = sa.cast(tables.outbox.c.payload, sa.Text)
    forms = (f"<@{person}>", f'"{person}"', f'"{person}\\"')
    return sa.or_(*(payload.contains(form, autoescape=True) for form in forms))


def _is_asker(person: str) -> str:
    """Return how a recall (replies/recall.py) names whoever asked."""
    return f'"a":"{person}"'


PLACES = (
    Place(tables.gaps, lambda person: tables.gaps.c.person == person),
    Place(tables.ledger, lambda person: tables.ledger.c.person == person),
    Place(tables.votes, lambda person: tables.votes.c.person == person),
    Place(tables.notes, lambda person: tables.notes.c.author == person),
    Place(tables.outbox, _find_in_payload),
    Place(
        tables.gap_marks,
        lambda person: tables.gap_marks.c.person == person,
        lambda _person: {"person": NOBODY},
    ),
    Place(
        tables.channels,
        lambda person: tables.channels.c.changed_by == person,
        lambda _person: {"changed_by": NOBODY},
    ),
    Place(
        tables.replies,
        lambda person: tables.replies.c.recall.contains(_is_asker(person), autoescape=True),
        lambda person: {"recall": sa.func.replace(tables.replies.c.recall, _is_asker(person), _is_asker(""))},
    ),
)

WITHOUT_PEOPLE = (
    tables.claims,
    tables.desk_state,
    tables.pauses,
    tables.reply_entries,
    tables.thread_mutes,
)
"""Tables that hold no id of a person."""


def forget_person(connection: sa.Connection, person: str) -> Mapping[str, int]:
    """Remove a person from every table, MOST_FORGOTTEN rows of each at most; return how many, by table.

    Call it again, in a transaction of its own, until it returns nothing.
    """
    gone: dict[str, int] = {}
    for place in PLACES:
        table = place.table
        some = sa.select(*table.primary_key).where(place.find(person)).limit(MOST_FORGOTTEN)
        is_one = sa.tuple_(*table.primary_key).in_(some)
        change = place.change and place.change(person)
        statement = table.update().where(is_one).values(**change) if change else table.delete().where(is_one)
        count = connection.execute(statement).rowcount
        if count:
            gone[table.name] = count
    return gone


def list_person(connection: sa.Connection, person: str) -> Mapping[str, list[dict[str, Any]]]:
    """Return every row that tells of a person, by table."""
    found = {
        place.table.name: [
            dict(row)
            for row in connection.execute(sa.select(place.table).where(place.find(person))).mappings()
        ]
        for place in PLACES
    }
    return {name: rows for name, rows in found.items() if rows}
