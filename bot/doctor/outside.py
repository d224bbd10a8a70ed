"""What a command that examines a desk from outside can see: the database's file, and the page of the desk."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from bot.config import Settings
from bot.outbox.transport import Transport
from bot.stores.address import read_address
from bot.stores.database import Database, open_database

PATIENCE = 3.0  # seconds for the desk's own page, to its last byte
MOST_PAGE = 100_000  # bytes of it
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where to ask, not where to listen


def open_existing(url: str) -> Database | None:
    """Return the database at a URL, or None where its file isn't there yet. Raises SettingError."""
    address = read_address(url)
    if address.drivername.startswith("sqlite") and not Path(address.database or "").expanduser().is_file():
        return None
    return open_database(url)


def ask_running(settings: Settings, timer: Callable[[], float] = time.monotonic) -> bool | None:
    """Ask the desk that serves on this machine whether Socket Mode has a session; None where none answers.

    `timer` counts seconds; the answer has PATIENCE of them.
    """
    host = EVERYWHERE.get(settings.host, settings.host)
    request = Request(f"http://{host}:{settings.port}/readyz")
    try:
        page: Any = json.loads(_read_page(request, timer))
    except (OSError, HTTPException, ValueError):
        return None
    checks = page.get("checks") if isinstance(page, dict) else None
    live = checks.get("socket") if isinstance(checks, dict) else None
    return live if isinstance(live, bool) else None


def _read_page(request: Request, timer: Callable[[], float]) -> str | bytes:
    try:
        return Transport("", timer).send(request, PATIENCE).text
    except HTTPError as error:  # 503: it isn't ready, and says why
        with error:
            return error.read(MOST_PAGE)
