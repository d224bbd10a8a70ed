"""Where Slack's requests come in, by HTTP and by Socket Mode alike: read, typed, given to Bolt, answered.

What isn't of Slack's shape reaches neither Bolt nor a listener: it is acknowledged, and the log has a line.
Bolt gets no more of a request than what it chooses the listener by.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.payload import EventCallback, ShapeError, read_payload
from bot.slack.response_url import is_response_url
from bot.slack.services import Services

JSON = "application/json"

Observe = Callable[[int, float], None]
"""Told the status of each answer, and how many seconds it took."""

_log = logging.getLogger(__name__)


class Entry:
    """Takes requests. Threads may share it."""

    def __init__(
        self, app: App, services: Services, observe: Observe = lambda _status, _seconds: None
    ) -> None:
        self._app = app
        self._services = services
        self._observe = observe

    def take_http(self, body: str, content_type: str) -> BoltResponse:
        """Answer a request whose signature was found good: 400 where it holds no JSON and is no form."""
        began = time.monotonic()
        try:
            answer = self._answer(parse_body(body, content_type))
        except (ValueError, RecursionError):
            answer = BoltResponse(status=400, body="the body holds no payload\n")
        self._observe(answer.status, time.monotonic() - began)
        return answer

    def take(self, body: object) -> BoltResponse:
        """Answer a request whose JSON was read already."""
        began = time.monotonic()
        answer = self._answer(body)
        self._observe(answer.status, time.monotonic() - began)
        return answer

    def _answer(self, body: object) -> BoltResponse:
        if isinstance(body, dict) and body.get("type") == "url_verification":
            return BoltResponse(status=200, body={"challenge": body.get("challenge")})
        try:
            received = read_payload(body)
        except ShapeError as error:
            _log.warning("not of the shape that Slack documents", extra={"why": str(error)})
            return BoltResponse(status=200)
        if received is None:
            return BoltResponse(status=200)
        url = "" if isinstance(received, EventCallback) else received.response_url
        if url and not is_response_url(url, self._services.client.base_url):
            _log.warning("a response_url that isn't Slack's; nothing is sent there")
            return BoltResponse(status=200)
        # Bolt hands what stands in the context to a listener's arguments of the same names.
        context = {"services": self._services, "received": received}
        return self._app.dispatch(
            BoltRequest(body=received.list_routes(), context=context, mode="socket_mode")
        )


def parse_body(body: str, content_type: str) -> object:
    """Return what a body holds: JSON, a form that holds JSON as its `payload`, or a form.

    Raises ValueError or RecursionError where JSON is due and can't be read.
    """
    if content_type.partition(";")[0].strip() == JSON or body.startswith("{"):
        return json.loads(body)
    form = dict(parse_qsl(body, keep_blank_values=True))
    return json.loads(form["payload"]) if "payload" in form else form


class SocketHandler(SocketModeHandler):
    """Bolt's handler of Socket Mode, which gives the requests to the entry."""

    def __init__(
        self, entry: Entry, app: App, app_token: str, ping_interval: float, large: int, large_threads: int
    ) -> None:
        """Requests of more than `large` bytes have so many threads of their own: no other waits for them."""
        super().__init__(app, app_token, ping_interval=ping_interval)
        self._entry = entry
        self._large = large
        self._pool = ThreadPoolExecutor(large_threads, "socket-large")

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        """Answer a request; one that isn't acknowledged is delivered again."""
        if len(json.dumps(req.payload)) > self._large:
            self._pool.submit(self._answer, client, req).add_done_callback(_report)
        else:
            self._answer(client, req)

    def close(self) -> None:
        """Take no more requests; those that wait are delivered again."""
        super().close()  # type: ignore[no-untyped-call] # Bolt types only a part of it
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _answer(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        send_response(client, req, self._entry.take(req.payload), time.time())


def _report(answered: Future[None]) -> None:
    if not answered.cancelled() and (error := answered.exception()):
        _log.error("a request was not answered", exc_info=error)
