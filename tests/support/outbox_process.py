"""A process of its own that works on a database: `python -m tests.support.outbox_process WHAT URL OWNER`.

It says "ready", waits for a line, does its work at the same time as others do, and prints what came of it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence

from bot.outbox.vote_store import VoteRow, VoteStore
from bot.stores import ledger, outbox
from bot.stores.database import Database, open_database
from bot.stores.gaps import Gap
from tests.support.patience import PATIENCE
from tests.support.rows import TEAM, build_line

FOR_GOOD = 1e9  # seconds: no lease runs out, whatever the clocks of the processes
CHANNELS, EACH = 10, 10


def empty_queue(database: Database, owner: str) -> list[int]:
    """Put rows into each channel, then lease and finish until nothing is left; return the ids in order."""
    for number in range(CHANNELS * EACH):
        with database.write() as connection:
            channel = f"C{number % CHANNELS}"
            outbox.enqueue(connection, TEAM, channel, "chat.postMessage", {}, f"{owner}/{number}", 0.0)
    done: list[int] = []
    now = 0.0
    while True:
        now += outbox.PACE
        with database.write() as connection:
            rows = outbox.lease_rows(connection, owner, now, FOR_GOOD, 3)
        for row in rows:
            with database.write() as connection:
                assert outbox.finish_row(connection, row.id, owner, "sent", now)
            done.append(row.id)
        with database.read() as connection:
            if not rows and outbox.count_waiting(connection) == 0:
                return done


def tell(database: Database, owner: str) -> list[int]:
    """Write the same gaps and votes as others do, in an order of one's own; return their number."""
    numbers = list(range(CHANNELS * EACH))
    random.Random(owner).shuffle(numbers)  # noqa: S311 - it draws an order, not secrets
    store = VoteStore(database)
    for at in range(0, len(numbers), 5):
        some = numbers[at : at + 5]
        codes = tuple(Gap("code", f"code:{number}", str(number)) for number in some)
        with database.write() as connection:
            ledger.add_rows(connection, [build_line("1.0", person="U0MEI", gaps=(code,)) for code in codes])
        for number in some:
            vote = VoteRow(
                TEAM, f"a{number}", "U0MEI", "C1", "1.0", "2.0", "alone", "toy/28504", "not-it", 1.0
            )
            store.set_vote(vote, Gap("not-it", "not-it:toy/28504"), "en")
    return numbers


def main(what: str, url: str, owner: str) -> None:
    """Do one's part of the work."""
    database = open_database(url, patience=PATIENCE)
    print("ready", flush=True)  # noqa: T201 - the other end of the pipe waits for it
    sys.stdin.readline()
    work: Mapping[str, Callable[[], Sequence[object]]] = {
        "migrate": database.migrate,
        "empty_queue": lambda: empty_queue(database, owner),
        "tell": lambda: tell(database, owner),
    }
    done = work[what]()
    print(json.dumps(done))  # noqa: T201 - likewise
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
