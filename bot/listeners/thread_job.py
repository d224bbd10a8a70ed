"""The job that a bare mention in a thread asks for: read the thread, answer what stands there.

It runs from the outbox, for reading takes as long as Slack likes. Registered by app.py.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.jobs import OutboxRow
from bot.delivery.message import Whispered
from bot.delivery.record import PostKey, Record
from bot.delivery.thread import REPLIES, read_messages
from bot.listeners.outcome import Case, Outcomes, open_case, take_once, tell_once
from bot.listeners.post import Post, read_post
from bot.listeners.reception import Reception, Sitting
from bot.matching.verdict import Verdict
from bot.replies.recall import Audience, Recall
from bot.replies.sentences import Sentence

LATEST = 20  # replies of a thread that are read, besides its root
NOTHING_NEAR = Verdict("abstained", reason="nothing-near")


class ThreadJob:
    """Reads a thread and answers in it."""

    def __init__(self, reception: Reception, record: Record, outcomes: Outcomes) -> None:
        self._reception = reception
        self._record = record
        self._outcomes = outcomes

    def run(self, client: WebClient, row: OutboxRow) -> None:
        """Read the thread that a row names, and have what stands there answered.

        Raises SlackApiError where Slack doesn't let it, unless for a scope, which is said in the thread.
        """
        asked = row.payload
        began = time.monotonic()
        try:
            posts = self._read(client, asked)
        except SlackApiError as error:
            if error.response.get("error") != "missing_scope":
                raise
            scope = str(error.response.get("needed") or "channels:history")
            self._say(self._reception.open(), asked, Sentence.SCOPE_MISSING, began, scope=scope)
            return
        sitting = self._reception.open().limit(asked.get("packs") or ())
        told = _judge(sitting, posts)
        if told is None:
            self._say(sitting, asked, Sentence.THREAD_SAYS_NOTHING, began)
            return
        text, verdict = told
        sitting.note(verdict, "thread")
        language = sitting.choose_language(str(asked.get("language") or "") or sitting.find_language(text))
        recall = Recall(verdict, language, str(asked.get("user") or ""), _read_audience(asked))
        case = self._open_case(sitting, asked, recall, began)
        again = tell_once(self._record, self._outcomes, case, recall)
        if again:
            Whispered(again, case.post.channel, recall.asker, case.post.root).send(client)

    def _read(self, client: WebClient, asked: Mapping[str, Any]) -> Sequence[Post]:
        """Return the root and the latest posts, newest first; neither the desk's nor the one that asks."""
        own = tuple(asked.get("own", ()))
        messages, _ = read_messages(client, REPLIES, channel=asked["channel"], ts=asked["root"])
        posts = [read_post(each, team=asked["team"], channel=asked["channel"], own=own) for each in messages]
        posts = [post for post in posts if post.author not in own and post.ts != asked["ts"]]
        return [*posts[:1], *reversed(posts[1:][-LATEST:])]

    def _say(
        self, sitting: Sitting, asked: Mapping[str, Any], key: Sentence, began: float, **values: str
    ) -> None:
        language = sitting.choose_language(str(asked.get("language") or ""))
        recall = Recall(NOTHING_NEAR, language, audience=_read_audience(asked))
        case = self._open_case(sitting, asked, recall, began)
        reply = sitting.replies.build_notice(key, language, **values)

        take_once(self._record, case, lambda _seen: self._outcomes.answer(case, reply, ()))

    def _open_case(self, sitting: Sitting, asked: Mapping[str, Any], recall: Recall, began: float) -> Case:
        post = PostKey(asked["team"], asked["channel"], asked["ts"], asked["root"])
        return open_case(self._reception, sitting, post, "thread", recall, began=began)


def _read_audience(asked: Mapping[str, Any]) -> Audience:
    return "internal" if asked.get("audience") == "internal" else "public"


def _judge(sitting: Sitting, posts: Sequence[Post]) -> tuple[str, Verdict] | None:
    """Return the first post that shows an error, and its verdict: unasked, else as if it were asked."""
    for post in posts:
        verdict = sitting.judge(post.text, "watch", eager=True)
        if verdict.kind == "answered":
            return post.text, verdict
    for post in posts:
        verdict = sitting.judge(post.text)
        if verdict.kind != "abstained":
            return post.text, verdict
    return None
