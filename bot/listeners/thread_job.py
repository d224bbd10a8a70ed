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
from bot.delivery.record import Decision, PostKey, Record, Seen
from bot.listeners.outcome import Case, Outcomes, take_once
from bot.listeners.post import Post, read_post
from bot.listeners.reception import Reception, Sitting
from bot.matching.verdict import Verdict
from bot.replies.recall import Audience, Recall
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence

LATEST = 20  # replies of a thread that are read, besides its root
PAGE = 200
MOST_PAGES = 5
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
        sitting = self._reception.open()
        told = _judge(sitting, posts)
        if told is None:
            self._say(sitting, asked, Sentence.THREAD_SAYS_NOTHING, began)
            return
        text, verdict = told
        sitting.note(verdict, "thread")
        language = sitting.choose_language(str(asked.get("language") or "") or sitting.find_language(text))
        case = self._open_case(sitting, asked, verdict, language, began)

        recall = Recall(verdict, language, str(asked.get("user") or ""), case.audience)
        told_again: list[Reply] = []

        def decide(seen: Seen) -> Decision:
            decision, again = self._outcomes.answer_once(case, recall, seen)
            told_again[:] = [again] if again else []
            return decision

        take_once(self._record, case, decide)
        for again in told_again:
            Whispered(again, case.post.channel, recall.asker, case.post.root).send(client)

    def _read(self, client: WebClient, asked: Mapping[str, Any]) -> Sequence[Post]:
        """Return the root and the latest posts, newest first; neither the desk's nor the one that asks."""
        known = client.auth_test()
        own = (str(known.get("bot_id") or ""), str(known.get("user_id") or ""))
        messages: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page = client.conversations_replies(
                channel=asked["channel"], ts=asked["root"], limit=PAGE, cursor=cursor or None
            )
            messages += page.get("messages") or []
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        posts = [read_post(each, team=asked["team"], channel=asked["channel"], own=own) for each in messages]
        posts = [post for post in posts if post.author not in own and post.ts != asked["ts"]]
        return [*posts[:1], *reversed(posts[1:][-LATEST:])]

    def _say(
        self, sitting: Sitting, asked: Mapping[str, Any], key: Sentence, began: float, **values: str
    ) -> None:
        language = sitting.choose_language(str(asked.get("language") or ""))
        case = self._open_case(sitting, asked, NOTHING_NEAR, language, began)
        reply = sitting.replies.build_notice(key, language, **values)

        take_once(self._record, case, lambda _seen: self._outcomes.answer(case, reply, ()))

    def _open_case(
        self, sitting: Sitting, asked: Mapping[str, Any], verdict: Verdict, language: str, began: float
    ) -> Case:
        audience: Audience = "internal" if asked.get("audience") == "internal" else "public"
        return Case(
            sitting=sitting,
            post=PostKey(asked["team"], asked["channel"], asked["ts"], asked["root"]),
            verdict=verdict,
            surface="thread",
            by_bot=False,
            language=language,
            audience=audience,
            workspace=self._reception.workspace,
            at=self._reception.now(),
            latency_ms=(time.monotonic() - began) * 1000,
        )


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
