"""The one place where a failed listener ends: a reference to the person, the traceback to the log under it.

Never an exception's text in a channel. Slack gets 200, for its repetition would fail the same way; but 503
where the database took nothing or Slack itself couldn't be asked, so that it delivers the event again.
"""

from __future__ import annotations

import logging
import threading

from cachetools import TTLCache
from slack_bolt import BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.errors import StoreError
from bot.outbox.direct_sender import report
from bot.outbox.identity import UnknownIdentityError
from bot.outbox.message import ChannelMessage, Ephemeral, ResponseUrlMessage
from bot.replies.reply import Reply
from bot.replies.sentences import SENTENCES, SlackSentence
from bot.slack.payload import Event, EventCallback, Payload, SlashCommand, Submission
from bot.slack.services import Services

REMEMBERED = 600  # seconds: Slack delivers an event again within six minutes
MOST_TOLD = 10_000

_log = logging.getLogger(__name__)


class ErrorHandler:
    """What `app.error` calls."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._told: TTLCache[tuple[str, str], bool] = TTLCache(MOST_TOLD, REMEMBERED)
        self._lock = threading.Lock()

    def handle_error(self, error: Exception, context: BoltContext) -> BoltResponse:
        """Tell the person once; requests that no listener is for are acknowledged in silence."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        reference = _note(error)
        received: Payload = context["received"]
        if isinstance(received, EventCallback) and isinstance(error, OSError | StoreError):
            return BoltResponse(status=503)
        values: dict[str, object]
        if isinstance(error, StoreError):
            key, values = SENTENCES[error.key], error.values
        else:
            key, values = SlackSentence.FAILED, {"reference": reference}
        desk = self._services.contexts.open_context()
        language = desk.find_language(_find_text(received))
        if isinstance(received, Submission):
            view = desk.replies.build_notice_modal(key, language, **values)
            return BoltResponse(status=200, body={"response_action": "update", "view": view})
        reply = desk.replies.build_notice(key, language, **values)
        if isinstance(received, SlashCommand):
            told = {"response_type": "ephemeral", "text": reply.text, "blocks": list(reply.blocks)}
            return BoltResponse(status=200, body=told)
        if isinstance(received, EventCallback):
            self._tell_in_thread(received.event, reply)
        elif received.response_url:
            self._services.send(ResponseUrlMessage(reply, received.response_url))
        return BoltResponse(status=200)

    def _tell_in_thread(self, event: Event, reply: Reply) -> None:
        """Tell whoever put a post to the desk; a failure over any other post is nobody's concern there."""
        channel, ts, thread_ts = event.channel or "", event.ts or "", event.thread_ts or ""
        if event.type == "app_mention" and event.user:
            message: Ephemeral | ChannelMessage = Ephemeral(reply, channel, event.user, thread_ts)
        elif event.type == "app_mention" or event.channel_type == "im":
            message = ChannelMessage(reply, channel, thread_ts or ts)
        else:
            return
        if self._is_first(channel, ts):
            self._services.send(message)

    def _is_first(self, channel: str, ts: str) -> bool:
        with self._lock:
            if (channel, ts) in self._told:
                return False
            self._told[channel, ts] = True
            return True


def _note(error: Exception) -> str:
    """Log an error; return the reference under which its traceback stands in the log, "" where it has none.

    While the database is down, or Slack can't be asked, each request fails: a line each is enough.
    """
    if isinstance(error, StoreError | UnknownIdentityError):
        _log.warning("a request was not taken", extra={"error": str(error)})
        return ""
    return report(error, "a listener failed")


def _find_text(received: Payload) -> str:
    """Return what somebody wrote to the desk, for its language."""
    if isinstance(received, EventCallback):
        return received.event.text or ""
    return received.text if isinstance(received, SlashCommand) else ""
