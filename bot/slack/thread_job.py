"""The job that a mention without a question asks for: read the thread, answer what stands there.

It runs from the outbox, for reading takes as long as Slack likes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.answer_context import AnswerContext
from bot.channels.case import Case
from bot.channels.once import answer_once, take_once
from bot.matching import Verdict
from bot.outbox.decision_store import PostKey
from bot.outbox.jobs import OutboxRow
from bot.outbox.message import Ephemeral
from bot.outbox.slack_client import SlackClient
from bot.outbox.thread import REPLIES, read_messages
from bot.posts.post import Post, read_post
from bot.replies.recall import Audience, Recall
from bot.replies.sentences import Sentence, SlackSentence
from bot.slack.notes import find_due_notes
from bot.slack.services import Services

READ_THREAD = "read_thread"  # the job's name
MOST_ASKED = 24_000  # characters: two posts that are as long as one is read
LATEST = 20  # replies of a thread that are read, besides its root
NOTHING_NEAR = Verdict("abstained", reason="nothing-near")


def read_thread(services: Services, client: SlackClient, row: OutboxRow) -> None:
    """Read the thread that a row names, and have what stands there answered.

    Raises SlackApiError where Slack doesn't let it, unless for a scope, which is said in the thread.
    """
    asked = row.payload
    began = time.monotonic()
    try:
        posts = _list_posts(client, asked)
    except SlackApiError as error:
        if error.response.get("error") != "missing_scope":
            raise
        scope = str(error.response.get("needed") or "channels:history")
        _post_notice(
            services, services.contexts.open_context(), asked, SlackSentence.SCOPE_MISSING, began, scope=scope
        )
        return
    desk = services.contexts.open_context().limit_packs(asked.get("packs") or ())
    judged = _judge_posts(desk, posts)
    if judged is None:
        _post_notice(services, desk, asked, SlackSentence.THREAD_SAYS_NOTHING, began)
        return
    text, verdict = judged
    desk.note_verdict(verdict, "thread")
    language = desk.choose_language(str(asked.get("language") or "") or desk.find_language(text))
    recall = Recall(verdict, language, str(asked.get("user") or ""), _read_audience(asked))
    case = _open_case(services, desk, asked, recall, began, desk.say_read_part(text, language))
    again = answer_once(services.decisions, services.builder, case, recall)
    if again:
        Ephemeral(again, case.post.channel, recall.asker, case.post.root).send(client)


def _list_posts(client: SlackClient, asked: Mapping[str, Any]) -> Sequence[Post]:
    """Return the root and the latest posts, newest first; neither the desk's nor the one that asks."""
    own = tuple(asked.get("own", ()))
    messages, _ = read_messages(client, REPLIES, channel=asked["channel"], ts=asked["root"])
    posts = [read_post(each, team=asked["team"], channel=asked["channel"], own=own) for each in messages]
    posts = [post for post in posts if post.author not in own and post.ts != asked["ts"]]
    return [*posts[:1], *reversed(posts[1:][-LATEST:])]


def _judge_posts(desk: AnswerContext, posts: Sequence[Post]) -> tuple[str, Verdict] | None:
    """Return the first post that shows an error, and its verdict: unasked, else as if it were asked.

    Of a thread of very long posts no more is put to the desk as questions than MOST_ASKED characters.
    """
    texts = [post.text for post in posts]
    for text in texts:
        verdict = desk.judge_text(text, "watch", eager=True)
        if verdict.kind == "answered":
            return text, verdict
    room = MOST_ASKED
    for text in texts:
        room -= len(text)
        verdict = desk.judge_text(text)
        if verdict.kind != "abstained":
            return text, verdict
        if room < 0:
            break
    return None


def _post_notice(
    services: Services,
    desk: AnswerContext,
    asked: Mapping[str, Any],
    key: Sentence,
    began: float,
    **values: str,
) -> None:
    language = desk.choose_language(str(asked.get("language") or ""))
    recall = Recall(NOTHING_NEAR, language, audience=_read_audience(asked))
    case = _open_case(services, desk, asked, recall, began)
    reply = desk.replies.build_notice(key, language, **values)
    take_once(services.decisions, case, lambda _seen: services.builder.post_reply(case, reply, ()))


def _open_case(
    services: Services,
    desk: AnswerContext,
    asked: Mapping[str, Any],
    recall: Recall,
    began: float,
    remark: str = "",
) -> Case:
    post = PostKey(asked["team"], asked["channel"], asked["ts"], asked["root"])
    notes = find_due_notes(services, post.team, post.channel, recall.verdict)
    person = str(asked.get("user") or "")
    return services.builder.open_case(
        desk, post, "thread", recall, began=began, remark=remark, notes=notes, person=person
    )


def _read_audience(asked: Mapping[str, Any]) -> Audience:
    return "internal" if asked.get("audience") == "internal" else "public"
