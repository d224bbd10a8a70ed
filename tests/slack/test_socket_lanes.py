"""Socket Mode: what is large is answered apart, so that nothing else waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from slack_bolt import App, BoltResponse
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.entry import Entry, SocketHandler
from tests.support.patience import PATIENCE

LARGE_THREADS = 2
SMALL = {"text": "28504"}
LARGE = {"text": "28504" * 1000}


class Connection(BaseSocketModeClient):
    """A connection to Slack that notes what is acknowledged on it."""

    def __init__(self) -> None:
        self.logger = logging.getLogger(__name__)
        self.acknowledged: list[str] = []
        self._changed = threading.Condition()

    def send_socket_mode_response(self, response: object) -> None:
        """Note an acknowledgement."""
        assert isinstance(response, SocketModeResponse)
        with self._changed:
            self.acknowledged.append(response.envelope_id)
            self._changed.notify_all()

    def wait_for(self, count: int) -> set[str]:
        """Return what is acknowledged once it is so much."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.acknowledged) >= count, PATIENCE)
            return set(self.acknowledged)


class HeldEntry(Entry):
    """Answers what is large once it may go, or fails then."""

    def __init__(self) -> None:
        self.may_go = threading.Event()
        self.error: Exception | None = None

    def take(self, body: object) -> BoltResponse:
        """Answer a request."""
        if body == LARGE:
            self.may_go.wait(PATIENCE)
            if self.error:
                raise self.error
        return BoltResponse(status=200)


@pytest.fixture
def entry() -> HeldEntry:
    """What answers the requests."""
    return HeldEntry()


@pytest.fixture
def handler(entry: HeldEntry) -> Iterator[SocketHandler]:
    """A handler that isn't connected."""
    app = App(token="xoxb-tests", token_verification_enabled=False)  # noqa: S106 - opens nothing
    handler = SocketHandler(entry, app, "xapp-tests", 3, len(LARGE["text"]), LARGE_THREADS)
    yield handler
    entry.may_go.set()
    handler.close()


def test_large_one(handler: SocketHandler, entry: HeldEntry) -> None:
    """While large requests are in work, and more wait, a small one is answered; then the large ones are."""
    connection = Connection()
    for number in range(LARGE_THREADS + 2):
        handler.handle(connection, SocketModeRequest("events_api", f"large {number}", LARGE))
    handler.handle(connection, SocketModeRequest("events_api", "small", SMALL))
    assert connection.acknowledged == ["small"]
    entry.may_go.set()
    assert connection.wait_for(LARGE_THREADS + 3) == {"small", *(f"large {n}" for n in range(4))}


def test_large_one_that_fails(
    handler: SocketHandler, entry: HeldEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """One that fails is not acknowledged, so that Slack delivers it again; the log says why."""
    connection, entry.error = Connection(), OSError("no room")
    entry.may_go.set()
    with caplog.at_level(logging.ERROR):
        handler.handle(connection, SocketModeRequest("events_api", "large", LARGE))
        handler._pool.shutdown(wait=True)
    assert connection.acknowledged == []
    assert any(record.exc_info and record.exc_info[1] is entry.error for record in caplog.records)
