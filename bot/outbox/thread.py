"""A conversation of Slack's: which of its messages are the desk's, and whether others wrote after one.

Every call may raise what slack_sdk's client raises; faults.py reads that.
"""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError

from bot.outbox.faults import UnreadableError
from bot.outbox.payload import read_key
from bot.outbox.slack_client import SlackClient

REPLIES, HISTORY = "conversations.replies", "conversations.history"
PAGE = 200  # messages; Slack gives no more at a time (docs.slack.dev, conversations.replies)
MOST_PAGES = 5  # a thread that got 1,000 posts since is not read to its end

SlackMessage = dict[str, Any]
"""A message as Slack returns it."""


def find_method(root: str) -> str:
    """Return Slack's name of the method that reads the thread at `root`, or the channel where that is ""."""
    return REPLIES if root else HISTORY


def read_messages(client: SlackClient, method: str, **asked: object) -> tuple[list[SlackMessage], bool]:
    """Return the messages of a conversation, page by page, and whether those are all that there are."""
    read: list[SlackMessage] = []
    cursor = ""
    for _ in range(MOST_PAGES):
        page = client.api_call(
            method, params={"limit": PAGE, **asked, **({"cursor": cursor} if cursor else {})}
        )
        read += [each for each in page.get("messages") or [] if isinstance(each, dict) and each.get("ts")]
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return read, True
    return read, False


class Thread:
    """One conversation of a team: the thread at `root`, or where that is "" the channel itself."""

    def __init__(self, client: SlackClient, channel: str, root: str) -> None:
        self._client = client
        self._channel = channel
        self._root = root

    def settle(self, key: str, since: float, bot_id: str = "", kept: int = 1) -> str:
        """Find the messages with a key, delete all but the first; return its ts, or "" where there is none.

        Looks at messages since then, in epoch seconds. A mark may be copied by another app: where `bot_id`
        is given, only messages of that bot count. `kept` 0 deletes the first, too. Raises UnreadableError.
        """
        messages = self._read(f"{max(since, 0.0):.6f}")
        ours = sorted(
            {
                str(each["ts"])
                for each in messages
                if read_key(each) == key and bot_id in ("", each.get("bot_id"))
            }
        )
        for twin in ours[kept:]:
            self._delete(twin)
        return ours[0] if ours[:kept] else ""

    def was_answered(self, ts: str) -> bool:
        """Say whether anybody but its author wrote below a message. Raises UnreadableError."""
        messages = self._read(ts)
        message = next((each for each in messages if each["ts"] == ts), None)
        if message is None:
            return False
        if not self._root and message.get("reply_count"):
            return True
        author = message.get("bot_id")
        return any(str(each["ts"]) > ts and each.get("bot_id") != author for each in messages)

    def _read(self, oldest: str) -> list[SlackMessage]:
        asked: SlackMessage = {"oldest": oldest, "inclusive": True, "include_all_metadata": True}
        if self._root:
            asked["ts"] = self._root
        method = find_method(self._root)
        read, is_whole = read_messages(self._client, method, channel=self._channel, **asked)
        if not is_whole:
            raise UnreadableError(method)
        return read

    def _delete(self, ts: str) -> None:
        try:
            self._client.chat_delete(channel=self._channel, ts=ts)
        except SlackApiError as error:
            if error.response.get("error") != "message_not_found":  # another sender was faster
                raise
