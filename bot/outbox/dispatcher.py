"""The dispatcher: leases a row of the outbox, has it delivered, and records the outcome.

attempt.py delivers; bot/stores/outbox.py decides the order of rows and the pace of a channel.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

import sqlalchemy as sa

from bot.errors import StoreError
from bot.outbox.attempt import DeliveryAttempt, Outcome, read_outcome
from bot.outbox.direct_sender import Observe, report
from bot.outbox.faults import Fault, read_fault
from bot.outbox.jobs import Job
from bot.outbox.slack_client import PATIENCE, SlackClient
from bot.outbox.thread import find_method
from bot.outbox.twin_search import LOOKS
from bot.stores import outbox, sent_messages
from bot.stores.database import Database
from bot.stores.outbox import DELETE, HOUR, JOB, POST, UPDATE, OutboxRow
from bot.stores.sent_messages import ReplyRow

LONGEST_SEND = 2 * PATIENCE  # seconds: a message, and once more as text alone
LEASE = LONGEST_SEND + PATIENCE  # seconds: how late a message is whose sender was killed
"""It covers a send at its slowest and, before that, one look for what may be there already, at its slowest.
A look that takes longer is no send: the row is put off (DeliveryAttempt.in_time). What takes longer all the
same, is settled afterwards (Dispatcher._settle_late)."""
EXPIRY = HOUR
FIRST_BACK_OFF, LONGEST_BACK_OFF = 2.0, 60.0  # seconds, doubled each time
TRIES = 2  # at the database: where a connection was cut, the second is a new one

OnFailure = Callable[[OutboxRow, str], None]
"""Told of a row that failed for good, after that is written down, with Slack's name of the error."""

_log = logging.getLogger(__name__)


class Dispatcher:
    """Delivers the rows of a database's outbox, one a call; threads may share it."""

    def __init__(
        self,
        database: Database,
        client_for: Callable[[str], SlackClient],
        clock: Callable[[], float],
        jobs: Mapping[str, Job],
        on_failure: OnFailure | None,
        draw: Callable[[], float],
        observe: Observe = lambda _outcome, _seconds: None,
    ) -> None:
        """See OutboxWorker's arguments."""
        self._database = database
        self._client_for = client_for
        self._clock = clock
        self._jobs = jobs
        self._on_failure = on_failure
        self._draw = draw
        self._observe = observe
        self._bot_ids: dict[str, str] = {}

    def deliver_next(self, now: float, owner: str) -> bool:
        """Deliver one row that is due; return False if there is none. Raises StoreError."""
        with self._database.write() as connection:
            expired = outbox.expire_rows(connection, now - EXPIRY, now, now + LOOKS[0])
            for method, key in expired:
                if method == POST:
                    sent_messages.mark_deleted(connection, key)
            row = next(iter(outbox.lease_rows(connection, owner, now, LEASE, 1)), None)
            reply = sent_messages.find_reply(connection, row.reply_key) if row else None
            paused = _find_pause(connection, row, reply) if row else 0.0
            if row and paused > now:
                outbox.postpone_row(connection, row.id, owner, paused, "ratelimited")
        if expired:
            _log.error("given up: it waited for an hour", extra={"rows": len(expired)})
            for _ in expired:
                self._observe("expired", EXPIRY)
        if row and paused <= now:
            self._deliver(row, reply, owner, now + LEASE - LONGEST_SEND)
        return row is not None

    def _deliver(self, row: OutboxRow, reply: ReplyRow | None, owner: str, latest: float) -> None:
        began = self._clock()
        try:
            client = self._client_for(row.team)
        except Exception as error:  # noqa: BLE001 - as everything that a row fails by
            attempt, outcome = None, read_outcome(row, error)
        else:
            attempt = DeliveryAttempt(
                client,
                row,
                reply,
                self._jobs,
                in_time=lambda: self._clock() <= latest,
                find_bot_id=lambda: self.find_bot_id(row.team, client),
            )
            outcome = attempt.deliver()
        is_ours = self._record_outcome(row, outcome, owner)
        if attempt and not is_ours and row.method == POST and outcome.ts:
            self._settle_late(attempt)
        self._report_outcome(row, outcome, self._clock() - began)

    def _record_outcome(self, row: OutboxRow, outcome: Outcome, owner: str) -> bool:
        """Record an outcome; return False if the lease ran out meanwhile, so that another may have sent, too.

        Raises StoreError: then the lease runs out, and whoever takes the row looks for what was sent.
        """
        for left in reversed(range(TRIES)):
            try:
                with self._database.write() as connection:
                    return self._write_outcome(connection, row, outcome, owner)
            except StoreError:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _write_outcome(self, connection: sa.Connection, row: OutboxRow, outcome: Outcome, owner: str) -> bool:
        now, fault = self._clock(), outcome.fault
        if fault and fault.kind == "limited":
            outbox.pause_method(connection, row.team, fault.method or row.method, now + fault.wait)
        if outcome.state == "waiting":
            due = now + self._find_wait(row, fault)
            is_ours = outbox.postpone_row(connection, row.id, owner, due, outcome.error, outcome.maybe_taken)
        else:
            look_at = now + LOOKS[0] if _needs_look(row, outcome) else 0.0
            is_ours = outbox.finish_row(connection, row.id, owner, outcome.state, now, outcome.error, look_at)
        if is_ours and row.method == POST and outcome.ts:
            sent_messages.set_sent(connection, row.reply_key, outcome.ts)
        if is_ours and (row.method, outcome.state) in ((POST, "failed"), (DELETE, "sent")):
            sent_messages.mark_deleted(connection, row.reply_key)
        return is_ours

    def _find_wait(self, row: OutboxRow, fault: Fault | None) -> float:
        if fault and fault.kind == "limited":
            return fault.wait
        longest = min(LONGEST_BACK_OFF, FIRST_BACK_OFF * 2.0 ** min(row.attempts - 1, 10))
        return longest * (0.5 + self._draw() / 2)

    def _settle_late(self, attempt: DeliveryAttempt) -> None:
        """Settle a message that was sent after its lease ran out: another sender may have sent it, too."""
        row = attempt.row
        try:
            ts = attempt.settle()
            if ts:
                with self._database.write() as connection:
                    sent_messages.set_sent(connection, row.reply_key, ts)
        except Exception as error:  # noqa: BLE001 - nothing is left to be done about it
            _log.warning("may be there twice", extra={"row": row.id, "error": read_fault(error).name})

    def find_bot_id(self, team: str, client: SlackClient) -> str:
        """Ask Slack once who the desk is; "" where it doesn't tell."""
        if team not in self._bot_ids:
            try:
                self._bot_ids[team] = str(client.auth_test().get("bot_id") or "")
            except Exception as error:  # noqa: BLE001 - the mark has to do
                _log.warning("Slack did not tell the bot's id", extra={"error": read_fault(error).name})
                return ""
        return self._bot_ids[team]

    def _report_outcome(self, row: OutboxRow, outcome: Outcome, seconds: float) -> None:
        levels = {"failed": logging.ERROR, "unsure": logging.ERROR, "waiting": logging.WARNING}
        fields = {
            "state": outcome.state,
            "row": row.id,
            "method": row.method,
            "team": row.team,
            "channel": row.channel,
            "attempts": row.attempts,
            "error": outcome.error,
            "seconds": round(seconds, 3),
        }
        _log.log(levels.get(outcome.state, logging.INFO), "an outbox row was dealt with", extra=fields)
        if not row.method.startswith(JOB):
            self._observe(outcome.state, self._clock() - row.created_at)
        if outcome.bug:
            report(outcome.bug, f"outbox row {row.id} failed")
        if outcome.state == "failed" and self._on_failure:
            try:
                self._on_failure(row, outcome.error)
            except Exception as error:  # noqa: BLE001 - the row itself is dealt with
                report(error, "a failure could not be reported")


def _needs_look(row: OutboxRow, outcome: Outcome) -> bool:
    """Say whether Slack may yet do what a row asks, though it ended: an attempt's outcome was unknown."""
    was_unknown = row.maybe_taken or outcome.maybe_taken
    return was_unknown and row.method in (POST, UPDATE) and outcome.state in ("sent", "failed")


def _find_pause(connection: sa.Connection, row: OutboxRow, reply: ReplyRow | None) -> float:
    """Return until when the conversation that the row must read first can't be read, in epoch seconds."""
    if row.method == POST and row.maybe_taken:
        method = find_method(str(row.payload.get("thread_ts") or ""))
    elif row.method == DELETE and reply:
        method = find_method(reply.root)
    else:
        return 0.0
    return outbox.find_pause(connection, row.team, method)
