"""A mention in a channel: the question is answered in the thread of the post.

Each is answered once, however often Slack delivers it; an entry once in each thread, whatever brings it up.
What a mention without a question asks about stands in its thread, which a job reads (thread_job.py).
"""

from __future__ import annotations

import time

from slack_bolt import BoltContext

from bot.answer_context import AnswerContext
from bot.channels.once import take_once
from bot.outbox.decision_store import Decision, PostKey
from bot.outbox.message import Ephemeral
from bot.outbox.payload import build_job
from bot.posts.post import Post
from bot.replies.recall import Recall
from bot.replies.sentences import SlackSentence
from bot.slack.addressed_post import NOTHING, answer_post, is_beyond_limit, note_thanks
from bot.slack.own_ids import list_own_ids
from bot.slack.payload import EventCallback
from bot.slack.services import Services
from bot.slack.thread_job import READ_THREAD


def handle_app_mention(services: Services, received: EventCallback, context: BoltContext) -> None:
    """Answer in the thread of the post; a workflow may have posted it, then there is no user."""
    own = list_own_ids(context)
    post = received.event.read(own, received.team_id)
    services.channels.note_outsiders(post.team, post.channel, received.is_ext_shared_channel)
    desk = services.channels.limit_packs(services.contexts.open_context(), post.team, post.channel)
    if post.thread_ts and desk.asks_for_silence(post.said):
        _mute_thread(services, desk, post)
    elif desk.is_thanks(post.said):
        note_thanks(services, desk, post, post.root, "mention")
    elif is_beyond_limit(services, desk, post, post.root, "mention"):
        return
    elif post.thread_ts and desk.says_nothing(post.said):
        _ask_for_thread(services, desk, post, received, own)
    else:
        answer_post(services, desk, post, post.root, "mention", received.audience)


def _ask_for_thread(
    services: Services, desk: AnswerContext, post: Post, received: EventCallback, own: tuple[str, ...]
) -> None:
    """Have the thread read and answered: what is asked about stands there."""
    language = desk.find_language(post.said)
    key = PostKey(post.team, post.channel, post.ts, post.root)
    case = services.builder.open_case(
        desk,
        key,
        "mention",
        Recall(NOTHING, language, post.author),
        by_bot=post.is_bot,
        began=time.monotonic(),
    )
    job = build_job(
        READ_THREAD,
        team=post.team,
        channel=post.channel,
        root=post.root,
        ts=post.ts,
        user=post.author,
        language=language if post.said else "",
        audience=received.audience,
        own=own,
        packs=desk.packs,
    )
    row = services.builder.build_row(case, "read-thread")
    take_once(services.decisions, case, lambda _seen: Decision(row, (case.name,), (job,)))


def _mute_thread(services: Services, desk: AnswerContext, post: Post) -> None:
    services.decisions.mute_thread(post.team, post.channel, post.root)
    if services.limiter.count_question(post.team, post.author, "mention"):
        return
    notice = desk.replies.build_notice(SlackSentence.THREAD_MUTED, desk.find_language(post.said))
    services.send(Ephemeral(notice, post.channel, post.author, post.root))
