"""One attempt to deliver a row of the outbox to Slack, and its outcome. Nothing is recorded here.

This file keeps the rule that a message is visible once: what may have been sent already is looked for before
it is sent again, and of two copies the later is deleted.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.outbox.faults import Fault, read_fault
from bot.outbox.jobs import Job, run_job
from bot.outbox.payload import PLAINER, build_metadata
from bot.outbox.slack_client import SlackClient
from bot.outbox.thread import Thread
from bot.stores.outbox import DELETE, JOB, POST, UPDATE, OutboxRow
from bot.stores.sent_messages import ReplyRow

SKEW = 60.0  # seconds that Slack's clock, which ts are made by, may differ from ours
GONE = "message_not_found"
_TS = re.compile(r"\d{1,12}\.\d{6}")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended.

    Attributes:
        state: as the outbox has it; "waiting" to be tried again.
        error: Slack's name of the error or the reason, never a text.
        ts: of the message that is visible now, where one was posted or found.
        fault: what passes later, where it is tried again.
        maybe_taken: Slack may have taken the message, so that it is looked for before it is sent again.
        bug: an exception that is nothing of Slack's.
    """

    state: Literal["sent", "failed", "unsure", "kept", "waiting"]
    error: str = ""
    ts: str = ""
    fault: Fault | None = None
    maybe_taken: bool = False
    bug: Exception | None = None


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One row to be delivered by a client of its team.

    Attributes:
        reply: the message that the row is about, if any.
        in_time: says whether the row is still ours for long enough to send it.
        find_bot_id: returns the desk's own bot id, or "".
    """

    client: SlackClient
    row: OutboxRow
    reply: ReplyRow | None
    jobs: Mapping[str, Job]
    in_time: Callable[[], bool]
    find_bot_id: Callable[[], str]

    def deliver(self) -> Outcome:
        """Do what the row asks; raise nothing."""
        try:
            return self._deliver()
        except Exception as error:  # noqa: BLE001 - a row that fails must not end the worker
            return read_outcome(self.row, error)

    def settle(self, kept: int = 1) -> str:
        """Leave the first of the messages that this row posted; return its ts, or "" where there is none.

        `kept` 0 leaves none of them.
        """
        row = self.row
        thread = Thread(self.client, row.channel, str(row.payload.get("thread_ts") or ""))
        return thread.settle(self.key, self._find_start(), self.find_bot_id(), kept)

    def _find_start(self) -> float:
        """Return a time by Slack's clock before which the message can't be: that of the post it answers.

        Where it answers none, our own clock must do, which may be wrong by SKEW.
        """
        post_ts = self.reply.post_ts if self.reply else ""
        return float(post_ts) if _TS.fullmatch(post_ts) else self.row.created_at - SKEW

    @property
    def key(self) -> str:
        """What marks the message: the reply's key, or where nothing comes back to it, the row's own."""
        return self.row.reply_key or f"row/{self.row.id}/{self.row.created_at}"

    def _deliver(self) -> Outcome:
        method = self.row.method
        if method.startswith(JOB):
            run_job(self.jobs, self.client, self.row)
            return Outcome("sent")
        if method == POST:
            return self._post()
        if method not in (UPDATE, DELETE):
            return Outcome("failed", "unknown_method")
        if not self.reply or not self.reply.ts:
            return Outcome("kept", "never_sent")
        return self._update(self.reply.ts) if method == UPDATE else self._delete(self.reply)

    def _post(self) -> Outcome:
        row = self.row
        if row.maybe_taken:
            try:
                found = self.settle()
            except Exception as error:  # noqa: BLE001 - what can't be read is decided by its kind
                return self._leave_unread("unsure", read_fault(error))
            if found:
                return Outcome("sent", "found", found)
        if not self.in_time():
            return Outcome("waiting", "late", maybe_taken=row.maybe_taken)
        ts = str(self._call({**row.payload, "metadata": build_metadata(self.key)}).get("ts") or "")
        if row.maybe_taken:
            try:
                ts = self.settle() or ts
            except Exception as error:  # noqa: BLE001 - the message is out; a twin of it may be, too
                fault = read_fault(error)
                if fault.passes:
                    return Outcome("waiting", fault.name, ts, fault, maybe_taken=True)
        return Outcome("sent", ts=ts)

    def _update(self, ts: str) -> Outcome:
        try:
            self._call({**self.row.payload, "ts": ts})
        except SlackApiError as error:
            if error.response.get("error") == GONE:
                return Outcome("kept", GONE)
            raise
        return Outcome("sent", ts=ts)

    def _delete(self, reply: ReplyRow) -> Outcome:
        row = self.row
        try:
            if Thread(self.client, row.channel, reply.root).was_answered(reply.ts):
                return Outcome("kept", "answered")
        except Exception as error:  # noqa: BLE001 - what can't be read is decided by its kind
            return self._leave_unread("kept", read_fault(error))
        try:
            self.client.chat_delete(channel=row.channel, ts=reply.ts)
        except SlackApiError as error:
            if error.response.get("error") != GONE:
                raise
        return Outcome("sent")

    def _leave_unread(self, state: Literal["unsure", "kept"], fault: Fault) -> Outcome:
        """Leave a row as it is because the conversation can't be read, or try again where that passes."""
        if fault.passes:
            return Outcome("waiting", fault.name, fault=fault, maybe_taken=self.row.maybe_taken)
        return Outcome(state, fault.name)

    def _call(self, arguments: Mapping[str, Any]) -> SlackResponse:
        """Call the row's method; where Slack refuses the blocks, again with plainer ones or text alone."""
        method = self.row.method
        given = {key: value for key, value in arguments.items() if key != PLAINER}
        try:
            return self.client.api_call(method, json=given)
        except SlackApiError as error:
            fault = read_fault(error)
            if fault.kind != "too_rich" or not given.get("blocks"):
                raise
            _log.warning("sent plainer", extra={"method": method, "row": self.row.id, "error": fault.name})
            del given["blocks"]
            if PLAINER in arguments:
                given["blocks"] = arguments[PLAINER]
            elif method == UPDATE:
                given["blocks"] = []  # left out, those that are there would stay
            return self.client.api_call(method, json=given)


def read_outcome(row: OutboxRow, error: Exception) -> Outcome:
    """Return the outcome of an attempt that ended in an exception."""
    fault = read_fault(error)
    if fault.passes:
        taken = row.maybe_taken or fault.maybe_done
        return Outcome("waiting", fault.name, fault=fault, maybe_taken=taken)
    return Outcome("failed", fault.name, bug=error if fault.kind == "bug" else None)
