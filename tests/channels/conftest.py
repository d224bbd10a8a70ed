"""The fixtures of the Slack app: a channel's settings are changed through it."""

from tests.slack.conftest import front, hours, open_front, slack

__all__ = ["front", "hours", "open_front", "slack"]
