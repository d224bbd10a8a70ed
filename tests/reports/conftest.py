"""The Slack app for what reports send by themselves."""

from __future__ import annotations

from tests.slack.conftest import hours, open_front, slack

__all__ = ["hours", "open_front", "slack"]  # fixtures
