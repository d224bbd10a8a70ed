"""The app's manifest: what Slack is told of the app when it is created. The text stands in manifest.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import InputError

PACKAGE = Path(__file__).resolve().parent
PLACES = (PACKAGE / "_manifest.json", PACKAGE.parent / "manifest.json")
"""Inside the installed package, then beside it as in a checkout."""

EVENTS_PATH = "/slack/events"


def build_manifest(http: str | None = None) -> dict[str, Any]:
    """Return the manifest for Socket Mode, or for HTTP where `http` is the address that Slack reaches.

    Raises InputError if that is no https address.
    """
    path = next(place for place in PLACES if place.is_file())
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if http is None:
        return manifest
    url = _find_events_url(http)
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    settings = manifest["settings"]
    settings["event_subscriptions"] = {"request_url": url, **settings["event_subscriptions"]}
    settings["interactivity"]["request_url"] = url
    settings["socket_mode_enabled"] = False
    return manifest


def _find_events_url(address: str) -> str:
    """Return where Slack sends requests to; the address may name the path already."""
    try:
        parts = urlsplit(address.strip())
        sound = parts.scheme == "https" and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        sound = None
    if not sound:
        raise InputError("manifest_address", value=address)
    return f"{address.strip().rstrip('/').removesuffix(EVENTS_PATH)}{EVENTS_PATH}"
