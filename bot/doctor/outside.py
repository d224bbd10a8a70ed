"""What a command that examines a desk from outside can see: the database's file, and the page of the desk."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.stores.address import read_address
from bot.stores.database import Database, open_database

PATIENCE = 3  # seconds for the desk's own page
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where to ask, not where to listen


def open_existing(url: str) -> Database | None:
    """Return the database at a URL, or None where its file isn't there yet. Raises SettingError."""
    address = read_address(url)
    if address.drivername.startswith("sqlite") and not Path(address.database or "").expanduser().is_file():
        return None
    return open_database(url)


def ask_running(settings: Settings) -> bool | None:
    """Ask the desk that serves on this machine whether Socket Mode has a session; None where none answers."""
    host = EVERYWHERE.get(settings.host, settings.host)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        try:
            answer = direct.open(f"http://{host}:{settings.port}/readyz", timeout=PATIENCE)
        except urllib.error.HTTPError as error:  # 503: it isn't ready, and says why
            answer = error
        with answer:
            page: Any = json.load(answer)
    except (OSError, ValueError):
        return None
    checks = page.get("checks") if isinstance(page, dict) else None
    live = checks.get("socket") if isinstance(checks, dict) else None
    return live if isinstance(live, bool) else None
