"""Whose token it is: Slack is asked once (auth.test), and where it doesn't answer again later, by a timer.

No request waits for it: what needs the answer before there is one raises UnknownIdentityError.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from bot.outbox.faults import Fault, read_fault
from bot.outbox.slack_client import SlackClient

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between two questions, doubled each time

_log = logging.getLogger(__name__)


class UnknownIdentityError(ConnectionError):
    """Slack has not told yet whose token it is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What auth.test answered; `url` is the address of the workspace."""

    team: str
    enterprise: str
    user: str
    bot: str
    url: str


class IdentityKeeper:
    """Asks once and keeps the answer; threads may share it."""

    def __init__(self, client: SlackClient) -> None:
        self.known: Identity | None = None
        self.refused = ""  # Slack's name of the error, where it refused the token
        self._client = client
        self._wait = FIRST_WAIT
        self._ends = threading.Event()

    def get(self) -> Identity:
        """Return the identity. Raises UnknownIdentityError, without waiting, while Slack has not told."""
        if self.known is None:
            raise UnknownIdentityError("Slack has not told yet whose token it is")
        return self.known

    def ask(self) -> Fault | None:
        """Ask Slack now, unless it has told; return the fault where it doesn't answer, or refuses."""
        if self.known:
            return None
        try:
            answer = self._client.auth_test()
        except Exception as error:  # noqa: BLE001 - the caller decides by its kind
            fault = read_fault(error)
            self.refused = "" if fault.passes else fault.name
            self._wait = fault.wait if fault.kind == "limited" else min(2 * self._wait, LONGEST_WAIT)
            _log.warning("Slack did not tell whose token it is", extra={"error": fault.name})
            return fault
        fields = ("team_id", "enterprise_id", "user_id", "bot_id", "url")
        self.known = Identity(*(str(answer.get(name) or "") for name in fields))
        self.refused = ""
        return None

    def start(self) -> None:
        """Ask on a thread of its own until Slack tells; a Retry-After is waited there, an hour at most."""
        if not self.known:
            threading.Thread(target=self._ask_until_known, name="identity", daemon=True).start()

    def stop(self) -> None:
        """Ask no more."""
        self._ends.set()

    def _ask_until_known(self) -> None:
        while not self._ends.wait(self._wait):
            if self.ask() is None:
                return
