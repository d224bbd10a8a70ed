"""The fixtures of the Slack app: a channel's settings are changed through it."""

from tests.slack.conftest import _no_proxy, front, hours, open_front, slack

__all__ = ["_no_proxy", "front", "hours", "open_front", "slack"]
