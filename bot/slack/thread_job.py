"""The job that a bare mention in a thread asks for: read the thread, answer what stands there.

It runs from the outbox, for reading takes as long as Slack likes. Registered by app.py.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answer_context import AnswerContext, AnswerContexts
from bot.channels.decisions import Case, DecisionBuilder, open_case, take_once, tell_once
from bot.matching import Verdict
from bot.outbox.decision_store import DecisionStore, PostKey
from bot.outbox.jobs import OutboxRow
from bot.outbox.message import Ephemeral
from bot.outbox.thread import REPLIES, read_messages
from bot.posts.post import Post, read_post
from bot.replies.recall import Audience, Recall
from bot.replies.sentences import Sentence

LATEST = 20  # replies of a thread that are read, besides its root
NOTHING_NEAR = Verdict("abstained", reason="nothing-near")


class ThreadJob:
    """Reads a thread and answers in it."""

    def __init__(self, contexts: AnswerContexts, decisions: DecisionStore, outcomes: DecisionBuilder) -> None:
        self._contexts = contexts
        self._decisions = decisions
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
            self._say(self._contexts.open(), asked, Sentence.SCOPE_MISSING, began, scope=scope)
            return
        answers = self._contexts.open().limit(asked.get("packs") or ())
        told = _judge(answers, posts)
        if told is None:
            self._say(answers, asked, Sentence.THREAD_SAYS_NOTHING, began)
            return
        text, verdict = told
        answers.note(verdict, "thread")
        language = answers.choose_language(str(asked.get("language") or "") or answers.find_language(text))
        recall = Recall(verdict, language, str(asked.get("user") or ""), _read_audience(asked))
        case = self._open_case(answers, asked, recall, began)
        again = tell_once(self._decisions, self._outcomes, case, recall)
        if again:
            Ephemeral(again, case.post.channel, recall.asker, case.post.root).send(client)

    def _read(self, client: WebClient, asked: Mapping[str, Any]) -> Sequence[Post]:
        """Return the root and the latest posts, newest first; neither the desk's nor the one that asks."""
        own = tuple(asked.get("own", ()))
        messages, _ = read_messages(client, REPLIES, channel=asked["channel"], ts=asked["root"])
        posts = [read_post(each, team=asked["team"], channel=asked["channel"], own=own) for each in messages]
        posts = [post for post in posts if post.author not in own and post.ts != asked["ts"]]
        return [*posts[:1], *reversed(posts[1:][-LATEST:])]

    def _say(
        self, answers: AnswerContext, asked: Mapping[str, Any], key: Sentence, began: float, **values: str
    ) -> None:
        language = answers.choose_language(str(asked.get("language") or ""))
        recall = Recall(NOTHING_NEAR, language, audience=_read_audience(asked))
        case = self._open_case(answers, asked, recall, began)
        reply = answers.replies.build_notice(key, language, **values)

        take_once(self._decisions, case, lambda _seen: self._outcomes.answer(case, reply, ()))

    def _open_case(
        self, answers: AnswerContext, asked: Mapping[str, Any], recall: Recall, began: float
    ) -> Case:
        post = PostKey(asked["team"], asked["channel"], asked["ts"], asked["root"])
        return open_case(self._contexts, answers, post, "thread", recall, began=began)


def _read_audience(asked: Mapping[str, Any]) -> Audience:
    return "internal" if asked.get("audience") == "internal" else "public"


def _judge(answers: AnswerContext, posts: Sequence[Post]) -> tuple[str, Verdict] | None:
    """Return the first post that shows an error, and its verdict: unasked, else as if it were asked."""
    for post in posts:
        verdict = answers.judge(post.text, "watch", eager=True)
        if verdict.kind == "answered":
            return post.text, verdict
    for post in posts:
        verdict = answers.judge(post.text)
        if verdict.kind != "abstained":
            return post.text, verdict
    return None
