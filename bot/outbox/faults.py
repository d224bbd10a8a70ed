"""Faults of calls to Slack, by what can be done about them. What is done is decided elsewhere.

Names of errors are Slack's (docs.slack.dev, the page of each method, "Errors").
"""

from __future__ import annotations

import http.client
import re
import socket
import urllib.error
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import StoreError

FaultKind = Literal["limited", "transient", "too_rich", "permanent", "bug"]

TRANSIENT = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)
"""Slack's own troubles; it says of the first two that some of what was asked may have been done."""

LIMITED = frozenset({"ratelimited", "rate_limited"})

TOO_RICH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
"""Refused for what the blocks are: the text alone may be taken."""

PAUSE = 30.0  # seconds after a 429 that names none; the documented ones do
LONGEST_PAUSE = 3600.0  # seconds that a Retry-After counts for: what waits longer has expired

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class GarbledError(Exception):
    """An answer is none of Slack's, as when a proxy spoke in its place; what was asked may have been done."""


class RefusedError(Exception):
    """A response address took no message: Slack's name of the error, the status, and the answer's headers."""

    def __init__(self, name: str, status: int = 200, headers: Mapping[str, object] | None = None) -> None:
        super().__init__(name)
        self.name, self.status, self.headers = name, status, headers or {}


class UnreadableError(Exception):
    """A conversation has more messages than are read, so that what was not found may be there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A call that failed.

    Attributes:
        kind: "limited" (429), "transient" (later it may go), "too_rich" (without blocks it may go),
            "permanent" (Slack refuses it), "bug" (nothing of Slack's).
        name: Slack's name of the error, or the exception's class; never a text.
        method: Slack's name of the method that was called, where Slack answered; else "".
        wait: seconds until the method may be called again, where Slack limits it.
        maybe_done: what was asked may have been done all the same.
    """

    kind: FaultKind
    name: str
    method: str = ""
    wait: float = 0.0
    maybe_done: bool = False

    @property
    def passes(self) -> bool:
        """Say whether the same call may succeed later."""
        return self.kind in ("limited", "transient")


def read_fault(error: Exception) -> Fault:
    """Return what an exception of slack_sdk's client, or from below it, means."""
    if isinstance(error, SlackApiError):
        return _read_answer(error)
    if isinstance(error, RefusedError):
        if error.status == 429:
            return Fault("limited", "ratelimited", wait=_read_wait(error.headers))
        return Fault(
            "transient" if error.status >= 500 else "permanent", error.name, maybe_done=error.status >= 500
        )
    if isinstance(error, OSError | http.client.HTTPException | SlackClientError):
        return Fault("transient", type(error).__name__, maybe_done=not _never_left(error))
    if isinstance(error, GarbledError):
        return Fault("transient", "no_json", maybe_done=True)
    if isinstance(error, StoreError):
        return Fault("transient", error.key)
    if isinstance(error, UnreadableError):
        return Fault("permanent", "too_much_to_read")
    return Fault("bug", type(error).__name__)


def _read_answer(error: SlackApiError) -> Fault:
    answer = error.response
    status = int(getattr(answer, "status_code", 0) or 0)
    headers: Mapping[str, object] = getattr(answer, "headers", None) or {}
    body = getattr(answer, "data", answer)
    name = str(body.get("error") or "") if isinstance(body, Mapping) else ""
    method = str(getattr(answer, "api_url", "")).rpartition("/")[2]
    if status == 429 or name in LIMITED:
        return Fault("limited", "ratelimited", method, _read_wait(headers))
    if status >= 500:
        return Fault("transient", f"http_{status}", method, maybe_done=True)
    if not _NAME.fullmatch(name):  # a proxy's page: slack_sdk puts it where the name would be
        return Fault("transient", "no_json", method, maybe_done=True)
    if name in TRANSIENT:
        return Fault("transient", name, method, maybe_done=True)
    return Fault("too_rich" if name in TOO_RICH else "permanent", name, method)


def _read_wait(headers: Mapping[str, object]) -> float:
    value = next((value for key, value in headers.items() if key.lower() == "retry-after"), None)
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    try:
        wait = float(str(value))
    except ValueError:
        return PAUSE
    return min(max(wait, 1.0), LONGEST_PAUSE) if wait == wait else PAUSE


def _never_left(error: Exception) -> bool:
    """Say whether no connection came about, so that Slack can't have seen the request."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return isinstance(cause, ConnectionRefusedError | socket.gaierror)
