"""The one place where a failed listener ends: a reference to the person, the traceback to the log under it.

Never an exception's text in a channel. Slack gets 200, for its repetition would fail the same way; but 503
where the database took nothing or Slack itself couldn't be asked, so that it delivers the event again.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from cachetools import TTLCache
from slack_bolt import App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.answer_context import AnswerContexts
from bot.errors import StoreError
from bot.outbox.direct_sender import DirectSender, report
from bot.outbox.message import ChannelMessage, Ephemeral, ResponseUrlMessage
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.slack.interaction import read_interaction

REMEMBERED = 600  # seconds: Slack delivers an event again within six minutes
MOST_TOLD = 10_000


class ErrorHandler:
    """What `app.error` calls."""

    def __init__(self, app: App, contexts: AnswerContexts, direct: DirectSender) -> None:
        self._app = app
        self._contexts = contexts
        self._direct = direct
        self._told: TTLCache[str, bool] = TTLCache(MOST_TOLD, REMEMBERED)
        self._lock = threading.Lock()

    def handle(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Tell the person once; requests that no listener is for are acknowledged in silence."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        reference = report(error, "a listener failed")
        event = body.get("event") if isinstance(body.get("event"), Mapping) else {}
        if event and isinstance(error, OSError | StoreError):
            return BoltResponse(status=503)
        if isinstance(error, StoreError):
            key, values = Sentence.STORE_FAILED, error.values
        else:
            key, values = Sentence.FAILED, {"reference": reference}
        text = str(body.get("text") or (event or {}).get("text") or "")
        answers = self._contexts.open()
        language = answers.find_language(text)
        if body.get("type") == "view_submission":
            view = answers.replies.build_notice_modal(key, language, **values)
            return BoltResponse(status=200, body={"response_action": "update", "view": view})
        reply = answers.replies.build_notice(key, language, **values)
        if body.get("command"):
            told = {"response_type": "ephemeral", "text": reply.text, "blocks": list(reply.blocks)}
            return BoltResponse(status=200, body=told)
        if body.get("response_url"):
            self._direct.post(
                self._app.client, ResponseUrlMessage(reply, read_interaction(body).response_url)
            )
        elif event:
            self._tell_in_thread(event, reply)
        return BoltResponse(status=200)

    def _tell_in_thread(self, event: Mapping[str, Any], reply: Reply) -> None:
        """Tell whoever put a post to the desk; a failure over any other post is nobody's concern there."""
        channel, user, ts = (str(event.get(name) or "") for name in ("channel", "user", "ts"))
        root = str(event.get("thread_ts") or ts)
        if event.get("type") == "app_mention" and user:
            message: Ephemeral | ChannelMessage = Ephemeral(
                reply, channel, user, str(event.get("thread_ts") or "")
            )
        elif event.get("type") == "app_mention" or event.get("channel_type") == "im":
            message = ChannelMessage(reply, channel, root)
        else:
            return
        if self._is_first(f"{channel}/{ts}"):
            self._direct.post(self._app.client, message)

    def _is_first(self, post: str) -> bool:
        with self._lock:
            if post in self._told:
                return False
            self._told[post] = True
            return True
