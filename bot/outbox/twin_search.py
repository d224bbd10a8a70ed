"""The search for twins: messages whose outcome was unknown are looked for again, and the later copy deleted.

The looks are kept in the rows of the outbox (bot/stores/looks.py). The last change of a message is made
again, for one that Slack makes late undoes the one that followed it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import sqlalchemy as sa

from bot.outbox.attempt import DeliveryAttempt
from bot.outbox.faults import Fault, read_fault
from bot.outbox.slack_client import SlackClient
from bot.outbox.thread import find_method
from bot.stores import looks, outbox, sent_messages
from bot.stores.database import Database
from bot.stores.outbox import POST, UPDATE, OutboxRow
from bot.stores.sent_messages import ReplyRow

LOOKS = (15.0, 60.0, 300.0)
"""Seconds after a message ended whose outcome was once unknown: Slack was seen to take one 28 s after it was
sent, and to show it in conversations.replies 4 s later than that. Each look costs one call."""
LEASE = 30.0  # seconds: reading a thread, and deleting what is there twice
PERSISTENCE = 3600.0  # seconds after a row ended until looks that fail are given up

_log = logging.getLogger(__name__)


class TwinSearch:
    """Makes the looks that are due, one a call; threads may share it."""

    def __init__(
        self,
        database: Database,
        client_for: Callable[[str], SlackClient],
        clock: Callable[[], float],
        find_bot_id: Callable[[str, SlackClient], str],
    ) -> None:
        """See OutboxWorker's arguments; `find_bot_id` returns the desk's own bot id in a team, or ""."""
        self._database = database
        self._client_for = client_for
        self._clock = clock
        self._find_bot_id = find_bot_id

    def look_next(self, now: float, owner: str) -> bool:
        """Make one look that is due; return False if there is none. Raises StoreError."""
        with self._database.write() as connection:
            row = looks.lease_look(connection, owner, now, LEASE)
            reply = sent_messages.find_reply(connection, row.reply_key) if row else None
            paused = outbox.find_pause(connection, row.team, _find_method(row)) if row else 0.0
            if row and paused > now:
                looks.finish_look(connection, row.id, owner, _find_retry(row, paused))
        if row and paused <= now:
            self._look(row, reply, owner)
        return row is not None

    def _look(self, row: OutboxRow, reply: ReplyRow | None, owner: str) -> None:
        found, fault = "", None
        try:
            if row.method == POST:
                found = self._settle(row, reply)
        except Exception as error:  # noqa: BLE001 - what can't be read is decided by its kind
            fault = read_fault(error)
            level = logging.WARNING if fault.passes else logging.ERROR
            _log.log(level, "could not look for a twin", extra={"row": row.id, "error": fault.name})
        with self._database.write() as connection:
            now = self._clock()
            if fault and fault.kind == "limited":
                outbox.pause_method(connection, row.team, fault.method, now + fault.wait)
            if not looks.finish_look(connection, row.id, owner, _find_next(row, fault, now)) or fault:
                return
            has_moved = bool(found and reply and reply.ts != found)
            if has_moved:
                sent_messages.restore_reply(connection, row.reply_key, found)
            if has_moved or row.method == UPDATE:
                _repeat_change(connection, row, now)

    def _settle(self, row: OutboxRow, reply: ReplyRow | None) -> str:
        """Delete the later copies, or all of a message that was withdrawn; return the ts of what stays."""
        client = self._client_for(row.team)
        is_withdrawn = row.state == "sent" and reply is not None and reply.is_deleted
        attempt = DeliveryAttempt(
            client, row, reply, {}, lambda: False, lambda: self._find_bot_id(row.team, client)
        )
        return attempt.settle(kept=0 if is_withdrawn else 1)


def _find_next(row: OutboxRow, fault: Fault | None, now: float) -> float:
    """Return when a row is looked for after a look now, 0.0 for never."""
    if fault:
        return _find_retry(row, now + max(fault.wait, LOOKS[0])) if fault.passes else 0.0
    return next((row.done_at + each for each in LOOKS if row.done_at + each > now), 0.0)


def _find_retry(row: OutboxRow, at: float) -> float:
    return at if at < row.done_at + PERSISTENCE else 0.0


def _find_method(row: OutboxRow) -> str:
    return find_method(str(row.payload.get("thread_ts") or "")) if row.method == POST else row.method


def _repeat_change(connection: sa.Connection, row: OutboxRow, now: float) -> None:
    """Have the last change of a reply made again."""
    change = looks.find_latest_change(connection, row.team, row.reply_key, row.id) if row.reply_key else None
    if change:
        outbox.supersede_changes(connection, row.team, row.reply_key, UPDATE)
        outbox.enqueue(connection, row.team, row.channel, UPDATE, change, row.reply_key, now)
