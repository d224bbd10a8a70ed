"""Notes that people put on a code, in one channel or, where `channel` is "", in all of the team."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.stores.insert import insert_into, list_values
from bot.stores.safe_text import SafeText
from bot.stores.tables import notes

EVERYWHERE = ""
MOST_NOTES = 1_000  # that are read of a channel; older ones don't show
KEY = ("team", "channel", "code")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note; times are epoch seconds, and one without `until` holds until it is taken off."""

    team: str
    channel: str
    code: str
    text: str
    author: str
    author_name: str
    at: float
    until: float | None = None


def set_note(connection: sa.Connection, row: NoteRow) -> None:
    """Write a note, in place of the one that its channel has on the code; those that ended go."""
    connection.execute(notes.delete().where(notes.c.team == row.team, notes.c.until <= row.at))
    values = list_values(row)
    changed = {name: value for name, value in values.items() if name not in KEY}
    insert = insert_into(connection.dialect.name, notes).values(**values)
    connection.execute(insert.on_conflict_do_update(index_elements=KEY, set_=changed))


def delete_note(connection: sa.Connection, team: str, channel: str, code: str) -> bool:
    """Take a note off; say whether there was one."""
    of_code = (notes.c.team == team, notes.c.channel == channel, notes.c.code == code)
    return bool(connection.execute(notes.delete().where(*of_code)).rowcount)


def find_notes(
    connection: sa.Connection, team: str, channel: str, now: float, codes: Collection[str] | None = None
) -> Sequence[NoteRow]:
    """Return the notes that hold in a channel, on these codes or on any: MOST_NOTES, newest first."""
    asked = _HOLDING if codes is None else _HOLDING.where(notes.c.code.in_(sorted(codes)))
    found = connection.execute(asked, {"in_team": team, "in_channel": channel, "now": now})
    return tuple(NoteRow(**row) for row in found.mappings())


_HOLDING = (
    sa.select(notes)
    .where(
        notes.c.team == sa.bindparam("in_team", type_=SafeText()),
        notes.c.channel.in_([sa.bindparam("in_channel", type_=SafeText()), EVERYWHERE]),
        sa.or_(notes.c.until.is_(None), notes.c.until > sa.bindparam("now")),
    )
    .order_by(notes.c.at.desc(), notes.c.code)
    .limit(MOST_NOTES)
)
