"""A process of its own that works on a database: `python -m tests.support.outbox_process WHAT URL OWNER`.

It says "ready", waits for a line, does its work at the same time as others do, and prints what came of it.
"""

from __future__ import annotations

import json
import sys

from bot.stores import outbox
from bot.stores.database import Database, open_database
from tests.support.rows import TEAM

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


def main(what: str, url: str, owner: str) -> None:
    """Do one's part of the work."""
    database = open_database(url, patience=20.0)
    print("ready", flush=True)  # noqa: T201 - the other end of the pipe waits for it
    sys.stdin.readline()
    done = database.migrate() if what == "migrate" else empty_queue(database, owner)
    print(json.dumps(done))  # noqa: T201 - likewise
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
