"""What a request costs the database: most requests write one line, and read nothing that was read before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.watch_mode import WatchPreset
from tests.support.front import CHANNEL, Front


@contextmanager
def list_statements() -> Iterator[list[str]]:
    """Yield the beginnings of the statements that are run meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(" ".join(statement.split()[:3]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def test_silent_post(open_front: Callable[..., Front]) -> None:
    """A watched post that gets no reply is one line of the ledger; the channel's setting is known."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    front.start_holding()  # so nobody looks for what is to be sent
    for number in range(2):  # the first tells who reads along, the second reads the setting
        front.event(front.build_post("the build is green", ts=f"179000000{number}.000100"))
    with list_statements() as statements:
        front.event(front.build_post("the build is red", ts="1790000005.000100"))
    assert statements == ["INSERT INTO ledger"]


def test_command(front: Front) -> None:
    """An answer to a command is one line of the ledger; notes, votes and setting are known."""
    front.start_holding()
    front.command("28504")
    with list_statements() as statements:
        front.command("28504")
    assert statements == ["INSERT INTO ledger"]
