"""The commands that show and remove what is kept of a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from typing import TYPE_CHECKING

import click

from bot.console.exit_codes import DONE
from bot.console.session import Session
from bot.console.usage import Command
from bot.errors import InputError
from bot.replies.sentences import AnswerSentence, SettingSentence

if TYPE_CHECKING:
    from bot.stores.database import Database

PATIENCE = 60.0  # seconds that a statement may take: nobody in Slack waits for it
_USER = re.compile(r"[UW][A-Z0-9]{2,30}")


@click.command("forget", cls=Command)
@click.argument("user", metavar="USER")
@click.pass_obj
def forget(session: Session, user: str) -> int:
    """Remove what is kept of a person, whose user id is given: questions, votes, notes, gaps, settings.

    The desk may serve meanwhile. What stands in Slack stays there.
    """
    from bot.stores import people

    gone: Counter[str] = Counter()
    with _open(session, user) as database:
        while True:
            with database.write() as connection:
                some = people.forget_person(connection, user)
            if not some:
                break
            gone.update(some)
    counts = [f"{table} {count}" for table, count in sorted(gone.items())]
    rows = reduce(
        lambda one, two: session.say(AnswerSentence.CODES_JOINED, first=one, second=two), counts or [""]
    )
    click.echo(
        session.say(SettingSentence.FORGOTTEN if gone else SettingSentence.NOTHING_KEPT, user=user, rows=rows)
    )
    return DONE


@click.command("export-user", cls=Command)
@click.argument("user", metavar="USER")
@click.pass_obj
def export_user(session: Session, user: str) -> int:
    """Print what is kept of a person, whose user id is given: every row, by table, as JSON."""
    import json

    from bot.stores import people

    with _open(session, user) as database, database.read() as connection:
        rows = people.list_person(connection, user)
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    return DONE


@contextmanager
def _open(session: Session, user: str) -> Iterator[Database]:
    """Open the database. Raises InputError for what is no user id, FaultbookError for other tables."""
    from bot.stores.database import open_database

    if not _USER.fullmatch(user):
        raise InputError("user_malformed", value=user)
    database = open_database(session.settings.database_url.reveal(), patience=PATIENCE)
    try:
        database.require_compatible()
        yield database
    finally:
        database.close()
