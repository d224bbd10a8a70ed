"""Serves the Slack app until Ctrl-C or SIGTERM: by HTTP, or by Socket Mode with the health pages beside it.

SIGHUP has the knowledge read anew. app.py builds what is served.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from wsgiref.types import WSGIApplication

from slack_sdk.errors import SlackApiError

from bot.app import Service, build_http_app
from bot.config import Settings
from bot.errors import SettingError
from bot.reload import Reloader
from bot.slack.entry import SocketHandler
from bot.web.http_server import build_http_server
from bot.web.lanes import LARGE, LARGE_THREADS
from bot.web.pages import MOST_BYTES

ENDING = 9.5  # seconds from SIGTERM to the end; container platforms kill after ten
CONNECT_WAIT = 15.0  # seconds that a start waits for Socket Mode: a call of ten, and the WebSocket's start
PING_INTERVAL = 3  # seconds; slack_sdk takes a connection that ended without a word for ended after five more

_log = logging.getLogger(__name__)


def serve(service: Service, settings: Settings, reloader: Reloader, announce: Callable[[], None]) -> None:
    """Answer Slack until a signal ends it, then send what is waiting. `announce` is called once it listens.

    Raises SettingError if a token is refused or the address can't be listened at.
    """
    fault = service.identity.ask()
    if fault and not fault.passes:
        raise SettingError("token_refused", error=fault.name)
    with contextlib.ExitStack() as stack:
        stack.callback(service.close)
        service.start()
        stack.enter_context(reloader.running())
        if settings.by_socket:
            socket = stack.enter_context(_connect(service, settings))
            stack.enter_context(service.sessions.watch(socket.client.is_connected))

        def list_checks() -> dict[str, bool]:
            knows_slack = service.identity.known is not None
            checks = {"knowledge": True, "database": service.has_database(), "slack": knows_slack}
            return checks | ({"socket": service.sessions.are_live()} if settings.by_socket else {})

        pages = build_http_app(service, settings, list_checks, notes=lambda: reloader.notes)
        _listen(pages, settings, reloader, announce)


@contextlib.contextmanager
def _connect(service: Service, settings: Settings) -> Iterator[SocketHandler]:
    handler = SocketHandler(
        service.entry,
        service.app,
        settings.app_token.reveal(),
        ping_interval=PING_INTERVAL,
        large=LARGE,
        large_threads=LARGE_THREADS,
    )
    outcome: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()

    def connect() -> None:
        try:
            handler.connect()  # type: ignore[no-untyped-call] # Bolt types only a part of it
        except Exception as error:  # noqa: BLE001 - told below, or where nobody waits any more, here
            outcome.put(error)
            _log.warning("Socket Mode did not connect", extra={"error": type(error).__name__})
        else:
            outcome.put(None)

    # On a thread of its own: where Slack limits the rate, slack_sdk sleeps for as long as Slack asks.
    threading.Thread(target=connect, name="socket-mode-start", daemon=True).start()
    try:
        error = outcome.get(timeout=CONNECT_WAIT)
    except queue.Empty:
        _log.warning("Socket Mode is not connected yet; it will be when Slack allows")
        error = None
    if isinstance(error, SlackApiError):
        raise SettingError("app_token_refused", error=error.response.get("error", ""))
    if isinstance(error, OSError):
        raise SettingError("slack_unreachable", url=settings.api_url, why=error)
    if error:
        raise error
    try:
        yield handler
    finally:
        handler.close()


def _listen(
    pages: WSGIApplication, settings: Settings, reloader: Reloader, announce: Callable[[], None]
) -> None:
    try:
        server = build_http_server(pages, settings.host, settings.port, MOST_BYTES)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise SettingError("port_taken", host=settings.host, port=settings.port, why=why) from None
    handlers = {signal.SIGTERM: _end, signal.SIGHUP: lambda _number, _frame: reloader.request_reload()}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        announce()
        server.run()  # returns on SystemExit and Ctrl-C, when the requests in work are answered
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        server.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    # Nothing may keep the process longer, be it a file system or Slack: what is in flight has a lease.
    last = threading.Timer(ENDING, os._exit, [0])
    last.daemon = True
    last.start()
    raise SystemExit(0)
