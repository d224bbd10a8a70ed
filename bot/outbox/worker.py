"""The worker: threads that deliver the rows of the outbox.

Any number of workers may share a database, in one process or many: a row is leased to one of them at a time,
and what a killed one left is taken over when its lease runs out.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping

from bot.errors import StoreError
from bot.outbox.direct_sender import Observe, report
from bot.outbox.dispatcher import Dispatcher, OnFailure
from bot.outbox.jobs import Job
from bot.outbox.slack_client import SlackClient
from bot.outbox.twin_search import TwinSearch
from bot.stores import gaps, ledger, looks, outbox, votes
from bot.stores.database import Database

WORKERS = 4  # threads, so that one channel's slow answers don't hold up the others
POLL = 1.0  # seconds after which rows that other processes put are seen, too
SHORTEST_WAIT = 0.05  # seconds between looks at a row that is due, but not its turn
DATABASE_WAIT = 2.0  # seconds after the database failed
HOUSEKEEPING = 3600.0  # seconds between two deletions of old rows
RETENTION = 90 * 24 * 3600.0  # seconds that the ledger goes back
OUTBOX_RETENTION = 24 * 3600.0  # seconds that what was sent is kept, to look into what went wrong

_log = logging.getLogger(__name__)


class OutboxWorker:
    """Delivers the outbox: on threads once started, or step by step by run_once()."""

    def __init__(
        self,
        database: Database,
        client_for: Callable[[str], SlackClient],
        clock: Callable[[], float],
        owner: str,
        jobs: Mapping[str, Job] | None = None,
        on_failure: OnFailure | None = None,
        *,
        retention: float = RETENTION,
        draw: Callable[[], float] = random.random,
        observe: Observe = lambda _outcome, _seconds: None,
        compare_clock: Callable[[], None] = lambda: None,
    ) -> None:
        """Deliver the outbox of a database.

        Args:
            database: holds the outbox.
            client_for: from a team's id to its client, without retry handlers. What it raises
                fails the row.
            clock: tells epoch seconds that go on evenly (SteadyClock).
            owner: names this worker; no other on the database, nor this one's last run, may have the name.
            jobs: from the names of jobs to what does them.
            on_failure: called for a row that failed for good, with Slack's name of the error.
            retention: seconds after which the ledger's rows are deleted.
            draw: gives numbers from 0.0 to 1.0, by which the waits of several workers differ.
            observe: called for each row but jobs, with the outbox's word for how it ended ("waiting"
                where it is tried again) and the seconds since it was put there.
            compare_clock: called again and again; compares `clock` with the database's.
        """
        self._database = database
        self._clock = clock
        self._owner = owner
        self._retention = retention
        self._dispatcher = Dispatcher(database, client_for, clock, jobs or {}, on_failure, draw, observe)
        self._twins = TwinSearch(database, client_for, clock, self._dispatcher.find_bot_id)
        self._condition = threading.Condition()
        self._wakes = 0
        self._is_stopping = False
        self._workers: list[threading.Thread] = []
        self._compare_clock = compare_clock
        self._kept_house_at: float | None = None

    def run_once(self, now: float) -> int:
        """Deliver every row that is due at a time, in epoch seconds; return how many there were.

        Raises StoreError.
        """
        self._keep_house(now)
        count = 0
        while self._dispatcher.deliver_next(now, self._owner):
            count += 1
        while self._twins.look_next(now, self._owner):
            pass
        return count

    def start(self) -> None:
        """Start the threads."""
        for number in range(WORKERS):
            arguments = (f"{self._owner}/{number}",)
            worker = threading.Thread(
                target=self._work, args=arguments, name=f"outbox-worker-{number}", daemon=True
            )
            self._workers.append(worker)
            worker.start()

    def wake(self) -> None:
        """Look at the outbox now: there is something new."""
        with self._condition:
            self._wakes += 1
            self._condition.notify()

    def stop(self, timeout: float) -> bool:
        """Finish what is being sent, take nothing more; return False if that took over `timeout` seconds.

        What isn't finished then is left to its lease: it may reach Slack yet, so nobody may take it at once.
        """
        with self._condition:
            self._is_stopping = True
            self._condition.notify_all()
        _log.info("the outbox worker takes no more rows")
        until = time.monotonic() + timeout
        for worker in self._workers:
            worker.join(max(0.0, until - time.monotonic()))
        late = [worker.name for worker in self._workers if worker.is_alive()]
        if late:
            _log.warning("stopped while sending", extra={"threads": late})
        return not late

    def _work(self, owner: str) -> None:
        while not self._is_stopping:
            wakes = self._wakes
            try:
                wait = self._step(owner)
            except StoreError as error:
                _log.error("the database failed while sending", extra={"error": str(error)})
                self._wait(DATABASE_WAIT)
            except Exception as error:  # noqa: BLE001 - a thread that ends delivers nothing any more
                report(error, "the outbox worker failed")
                self._wait(DATABASE_WAIT)
            else:
                self._wait(wait, wakes)

    def _step(self, owner: str) -> float:
        """Deliver one row, if one is due; return the seconds to wait until the next."""
        self._compare_clock()
        now = self._clock()
        self._keep_house(now)
        with self._database.read() as connection:
            due, look_at = outbox.find_next_due(connection, now), looks.find_next_look(connection)
        if due is None or due > now:
            if look_at is not None and look_at <= now and self._twins.look_next(now, owner):
                return 0.0
            return POLL if due is None else min(max(due - now, SHORTEST_WAIT), POLL)
        if not self._dispatcher.deliver_next(now, owner):
            return SHORTEST_WAIT
        return 0.0

    def _wait(self, seconds: float, wakes: int | None = None) -> None:
        """Wait until the worker stops, or is woken after `wakes`, or the time is over."""
        with self._condition:
            self._condition.wait_for(
                lambda: self._is_stopping or (wakes is not None and self._wakes != wakes), seconds
            )

    def _keep_house(self, now: float) -> None:
        """Delete old rows once an hour, and persons from old votes; claims stay, so none is answered anew."""
        with self._condition:
            if self._kept_house_at is not None and now - self._kept_house_at < HOUSEKEEPING:
                return
            self._kept_house_at = now
        for prune, before in (
            (ledger.prune_rows, now - self._retention),
            (gaps.prune_gaps, now - self._retention),
            (votes.remove_persons, now - self._retention),
            (outbox.prune_rows, now - OUTBOX_RETENTION),
        ):
            pruned = 1
            while pruned and not self._is_stopping:
                with self._database.write() as connection:
                    pruned = prune(connection, before)
                if pruned:
                    _log.info("old rows pruned", extra={"rows": pruned, "table": prune.__module__})
