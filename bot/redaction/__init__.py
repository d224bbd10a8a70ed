"""What people wrote -> what may be kept of it, as a type of its own. Nothing here knows Slack's payloads."""

from bot.redaction.redact import EMPTY, redact
from bot.redaction.redacted import Redacted

__all__ = ["EMPTY", "Redacted", "redact"]
