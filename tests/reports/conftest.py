"""The Slack app for what reports send by themselves."""

from __future__ import annotations

from pathlib import Path

from bot.app import Service, build_service
from bot.desk import Desk
from bot.stores.database import open_database
from tests.slack.conftest import hours, open_front, slack
from tests.support.front import Front

__all__ = ["hours", "open_front", "slack"]  # fixtures


def open_second(front: Front, desk: Desk, folder: Path) -> Service:
    """Return what another process on the database of a front has; `folder` is the front's."""
    database = open_database(f"sqlite:///{folder}/faultbook.db")
    service = build_service(front.settings, desk, database, front.hours.tell, front.hours.count)
    service.identity.ask()
    return service
