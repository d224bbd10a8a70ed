"""Posts that nobody put to the desk, in channels that opted in: read, judged, recorded; seldom answered.

An edit is read as the post it makes; a deletion takes the desk's reply along. bot/channels/policy.py decides
what to do; bot/channels/decisions.py builds what is recorded and said.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.answer_context import AnswerContexts
from bot.channels import policy
from bot.channels.decisions import DecisionBuilder, open_case
from bot.channels.settings import ChannelSettings
from bot.outbox.decision_store import Decision, DecisionStore, PostKey, Seen
from bot.outbox.payload import build_delete
from bot.posts.post import read_post
from bot.replies.recall import Recall
from bot.slack.envelope import Envelope, read_envelope

SLACKBOT = "USLACKBOT"


class ChannelPosts:
    """The watched channels."""

    def __init__(
        self,
        contexts: AnswerContexts,
        decisions: DecisionStore,
        channels: ChannelSettings,
        outcomes: DecisionBuilder,
    ) -> None:
        self._contexts = contexts
        self._decisions = decisions
        self._channels = channels
        self._outcomes = outcomes

    def handle_post(self, event: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext) -> None:
        """Judge a new post."""
        envelope = read_envelope(body, context)
        self._judge(event, envelope, str(event.get("channel") or ""), is_edit=False)

    def handle_edit(self, event: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext) -> None:
        """Judge a post anew, unless its words are as before: Slack calls a link's preview an edit as well."""
        envelope, channel = read_envelope(body, context), str(event.get("channel") or "")
        message = event.get("message")
        if not isinstance(message, Mapping):
            return
        if message.get("subtype") == "tombstone":
            self._withdraw(envelope.team, channel, str(message.get("ts") or ""))
            return
        previous = event.get("previous_message")
        before = read_post(previous if isinstance(previous, Mapping) else {}, own=envelope.own)
        self._judge(message, envelope, channel, is_edit=True, before=before.text)

    def handle_deletion(
        self, event: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext
    ) -> None:
        """Withdraw the desk's reply to a post that is gone, unless people answered below it."""
        envelope = read_envelope(body, context)
        self._withdraw(envelope.team, str(event.get("channel") or ""), str(event.get("deleted_ts") or ""))

    def _judge(
        self,
        message: Mapping[str, Any],
        envelope: Envelope,
        channel: str,
        is_edit: bool,
        before: str = "",
    ) -> None:
        began = time.monotonic()
        setting = self._channels.find_watched(envelope.team, channel)
        if setting is None:
            return
        self._channels.note_outsiders(envelope.team, channel, envelope.external)
        post = read_post(message, team=envelope.team, channel=channel, own=envelope.own)
        if post.author in (*envelope.own, SLACKBOT) or (is_edit and post.text == before):
            return
        if any(f"<@{own}>" in post.text for own in envelope.own):
            return  # it is put to the desk, and comes as a mention as well
        answers = self._contexts.open().limit(setting.packs)
        verdict = answers.watch(post.text, setting.eager)
        case = open_case(
            self._contexts,
            answers,
            PostKey(envelope.team, channel, post.ts, post.root),
            "watch",
            Recall(verdict, answers.choose_language(setting.language), audience=envelope.audience),
            by_bot=post.is_bot,
            began=began,
        )
        if verdict.kind != "answered":  # most posts: nothing that the thread has seen could change it
            self._decisions.record_ledger_row(self._outcomes.build_row(case, "silent", verdict.reason))
            return
        is_over = answers.is_over(post.text)
        repeats_desk = answers.repeats_desk(post.text, verdict)

        def decide(seen: Seen) -> Decision:
            facts = policy.PostFacts(
                name=case.name,
                is_edit=is_edit,
                is_reply=post.root != post.ts,
                by_bot=post.is_bot,
                root_by_bot=seen.root_by_bot,
                is_resolved=is_over,
                quotes_desk=repeats_desk,
                to_outsiders=case.audience == "public",
            )
            action = policy.decide(facts, verdict, self._read_situation(seen, case.at))
            return self._outcomes.carry_out(case, action, seen)

        entries = [match.entry.id for match in verdict.matches]
        self._decisions.record_decision(
            case.post, decide, entries=entries, cool_down=policy.COOL_DOWN, minute=policy.MINUTE
        )

    def _read_situation(self, seen: Seen, now: float) -> policy.ChannelState:
        setting = self._channels.merge(seen.channel)
        own = seen.own if seen.own and seen.own.kind in ("card", "short") else None
        return policy.ChannelState(
            mode=setting.mode,
            is_muted=seen.thread_muted or setting.muted_until > now,
            claimed=frozenset(seen.claims),
            shown=frozenset(own.entries) if own else None,
            recent={name: card.key for name, card in seen.recent.items()},
            roll_up=seen.roll_up.key if seen.roll_up else "",
            posted_lately=seen.posted_lately,
        )

    def _withdraw(self, team: str, channel: str, ts: str) -> None:
        reply = self._decisions.find_reply_to(team, channel, ts) if ts else None
        if reply and reply.kind in ("card", "short"):
            self._decisions.enqueue(team, channel, reply.root, build_delete(channel, reply.key))
