"""Posts that are put to the desk: a mention in a channel, a direct message. The answer goes to the thread.

Each is answered once, however often Slack delivers it; an entry once in each thread, whatever brings it up.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.answer_context import MOST_QUESTIONS, AnswerContext, AnswerContexts
from bot.channels.decisions import Case, DecisionBuilder, open_case, take_once, tell_once
from bot.channels.settings import ChannelSettings
from bot.matching import Verdict
from bot.outbox.decision_store import Decision, DecisionStore, PostKey
from bot.outbox.direct_sender import DirectSender
from bot.outbox.message import Ephemeral
from bot.outbox.payload import build_job
from bot.posts.post import Post, read_post
from bot.redaction import EMPTY, redact
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.slack.envelope import Envelope, read_envelope

NOTHING = Verdict("abstained", reason="nothing-said")
READ_THREAD = "read_thread"


class Mentions:
    """Mentions and direct messages."""

    def __init__(
        self,
        contexts: AnswerContexts,
        decisions: DecisionStore,
        direct: DirectSender,
        channels: ChannelSettings,
        outcomes: DecisionBuilder,
    ) -> None:
        self._contexts = contexts
        self._decisions = decisions
        self._direct = direct
        self._channels = channels
        self._outcomes = outcomes

    def handle_app_mention(
        self, client: WebClient, event: dict[str, Any], body: dict[str, Any], context: BoltContext
    ) -> None:
        """Answer in the thread of the post; a workflow may have posted it, then there is no user."""
        envelope = read_envelope(body, context)
        post = read_post(event, team=envelope.team, own=envelope.own)
        self._channels.note_outsiders(post.team, post.channel, envelope.external)
        answers = self._open(post)
        if post.thread_ts and answers.asks_for_silence(post.said):
            self._mute(answers, client, post)
        elif post.thread_ts and answers.says_nothing(post.said):
            self._read_thread(answers, post, envelope)
        else:
            self._answer(answers, client, post, post.root, "mention", envelope)

    def handle_direct(
        self, client: WebClient, event: dict[str, Any], body: dict[str, Any], context: BoltContext
    ) -> None:
        """Answer a direct message where it was written; be silent on what another bot says."""
        envelope = read_envelope(body, context)
        post = read_post(event, team=envelope.team, own=envelope.own)
        self._channels.note_outsiders(post.team, post.channel, envelope.external)
        if not post.is_bot:
            self._answer(self._open(post), client, post, post.thread_ts, "direct_message", envelope)

    def _open(self, post: Post) -> AnswerContext:
        return self._channels.limit(self._contexts.open(), post.team, post.channel)

    def _answer(
        self,
        answers: AnswerContext,
        client: WebClient,
        post: Post,
        root: str,
        surface: str,
        envelope: Envelope,
    ) -> None:
        began = time.monotonic()
        if answers.asks_for_help(post.said):
            self._say(answers, post, root, surface, answers.replies.build_usage(), began)
            return
        count = self._contexts.count(f"{post.team}/{post.author}")
        if count > MOST_QUESTIONS:
            if count == MOST_QUESTIONS + 1:  # said once; more of it would be the flood itself
                self._say(answers, post, root, surface, answers.refuse(post.said), began)
            return
        recall = replace(answers.ask(post.text, surface, post.author), audience=envelope.audience)
        case = self._open_case(answers, post, root, surface, recall, began)
        again = tell_once(self._decisions, self._outcomes, case, recall)
        if again:
            self._direct.post(client, Ephemeral(again, post.channel, post.author, post.root))

    def _say(
        self, answers: AnswerContext, post: Post, root: str, surface: str, reply: Reply, began: float
    ) -> None:
        """Post what is no answer, once."""
        recall = Recall(NOTHING, answers.find_language(post.said))
        case = self._open_case(answers, post, root, surface, recall, began)
        take_once(self._decisions, case, lambda _seen: self._outcomes.answer(case, reply, ()))

    def _read_thread(self, answers: AnswerContext, post: Post, envelope: Envelope) -> None:
        """Have the thread read and answered: what is asked about stands there."""
        language = answers.find_language(post.said)
        recall = Recall(NOTHING, language)
        case = self._open_case(answers, post, post.root, "mention", recall, time.monotonic())
        job = build_job(
            READ_THREAD,
            team=post.team,
            channel=post.channel,
            root=post.root,
            ts=post.ts,
            user=post.author,
            language=language if post.said else "",
            audience=envelope.audience,
            own=envelope.own,
            packs=answers.packs,
        )
        row = self._outcomes.build_row(case, "read-thread")
        take_once(self._decisions, case, lambda _seen: Decision(row, (case.name,), (job,)))

    def _mute(self, answers: AnswerContext, client: WebClient, post: Post) -> None:
        self._decisions.mute_thread(post.team, post.channel, post.root)
        notice = answers.replies.build_notice(Sentence.THREAD_MUTED, answers.find_language(post.said))
        self._direct.post(client, Ephemeral(notice, post.channel, post.author, post.root))

    def _open_case(
        self, answers: AnswerContext, post: Post, root: str, surface: str, recall: Recall, began: float
    ) -> Case:
        is_unanswered = recall.verdict.kind == "abstained" and recall.verdict is not NOTHING
        return open_case(
            self._contexts,
            answers,
            PostKey(post.team, post.channel, post.ts, root),
            surface,
            recall,
            by_bot=post.is_bot,
            began=began,
            text=redact(post.said) if is_unanswered else EMPTY,
        )
