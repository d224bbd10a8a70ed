"""From what was decided about a post to what is written and said: a Decision for the decision store.

The builder runs within the transaction that records the decision, so it asks neither the database nor Slack.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.answer_context import AnswerContext
from bot.channels.case import Case
from bot.channels.gaps import WATCH, list_gaps
from bot.channels.policy import Action, ChannelState, PostFacts, decide
from bot.desk import WatchedText
from bot.matching import Match
from bot.outbox.decision_store import (
    ChannelRow,
    Decision,
    LedgerRow,
    PostKey,
    ReplyKind,
    ReplyRow,
    Seen,
    Send,
)
from bot.outbox.payload import build_post, build_update
from bot.posts.links import build_link
from bot.redaction import EMPTY, Redacted
from bot.replies.note import NO_NOTES, Notes
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence


class DecisionBuilder:
    """Builds decisions, each in the words of its case's desk."""

    def __init__(
        self, clock: Callable[[], float] = time.time, find_workspace: Callable[[], str] = lambda: ""
    ) -> None:
        """`clock` tells epoch seconds; `find_workspace` the workspace's URL, "" while unknown."""
        self._clock = clock
        self._find_workspace = find_workspace

    def link_post(self, channel: str, ts: str, root: str = "") -> str:
        """Return the address of a post, "" while that of the workspace is unknown."""
        return build_link(self._find_workspace(), channel, ts, root)

    def open_case(
        self,
        desk: AnswerContext,
        post: PostKey,
        surface: str,
        recall: Recall,
        *,
        by_bot: bool = False,
        began: float | None = None,
        text: Redacted = EMPTY,
        remark: str = "",
        notes: Notes = NO_NOTES,
        person: str = "",
    ) -> Case:
        """Return the case of a post with its verdict; `began` is when it came, as time.monotonic() counts.

        `person` is the asker where none is given.
        """
        return Case(
            desk=desk,
            post=post,
            verdict=recall.verdict,
            surface=surface,
            by_bot=by_bot,
            language=recall.language,
            audience=recall.audience,
            at=self._clock(),
            latency_ms=0.0 if began is None else (time.monotonic() - began) * 1000,
            text=text,
            remark=remark,
            notes=notes,
            person=person or recall.asker,
        )

    def build_row(self, case: Case, action: str, reason: str = "") -> LedgerRow:
        """Return the ledger's line on a post; `action` names what was done, `reason` why nothing was."""
        verdict = case.verdict
        first = verdict.matches[0] if verdict.matches else None
        gaps = list_gaps(case.surface, verdict, case.text)
        return LedgerRow(
            team=case.post.team,
            channel=case.post.channel,
            ts=case.post.ts,
            root=case.post.root,
            surface=case.surface,
            by_bot=case.by_bot,
            kind="filtered" if action == "silent" and reason != verdict.reason else verdict.kind,
            rule=first.evidence.rule if first else "",
            score=first.score if first else 0.0,
            entries=tuple(match.entry.id for match in verdict.matches),
            runners_up=tuple(match.entry.id for match in verdict.runners_up),
            reason=reason or verdict.reason,
            action=action,
            at=case.at,
            latency_ms=case.latency_ms,
            text=case.text,
            person=case.person if gaps or case.surface != WATCH else "",
            language=case.language,
            gaps=gaps,
        )

    def post_reply(
        self, case: Case, reply: Reply, claims: Iterable[str], recall: Recall | None = None
    ) -> Decision:
        """Return the decision to post an answer that is due, such as that to a mention."""
        kind: ReplyKind = "card" if recall and recall.verdict.kind == "answered" else "notice"
        return self._post(case, kind, reply, (case.name, *claims), recall)

    def answer_rest(
        self, case: Case, recall: Recall, seen: Seen, sharer: str = ""
    ) -> tuple[Decision, Reply | None]:
        """Return the decision to answer what the thread hasn't been told yet; `sharer` has it told.

        Where it has been told all of it, nothing is posted, and the reply for whoever asked comes along.
        """
        recall = replace(recall, answer=_make_key())
        verdict = recall.verdict
        in_thread = bool(case.post.root)
        told = [m for m in verdict.matches if in_thread and m.entry.id in seen.claims]
        fresh = tuple(match for match in verdict.matches if match not in told)
        if verdict.kind == "answered" and not fresh:
            codes = ", ".join(match.entry.code for match in told)
            remark = case.desk.replies.say(SlackSentence.ALREADY_ANSWERED, recall.language, code=codes)
            again = case.desk.replies.build_reply(recall, remark=remark, notes=case.notes)
            return Decision(self.build_row(case, "silent", "already-answered"), (case.name,)), again
        if verdict.kind == "answered":
            recall = replace(recall, verdict=replace(verdict, matches=fresh))
        is_claim = verdict.kind == "answered" and in_thread
        claims = [match.entry.id for match in fresh] if is_claim else []
        reply = case.desk.replies.build_reply(recall, sharer=sharer, remark=case.remark, notes=case.notes)
        return self.post_reply(case, reply, claims, recall), None

    def decide_watched(
        self, case: Case, watched: WatchedText, is_edit: bool, seen: Seen, setting: ChannelRow
    ) -> Decision:
        """Return the decision on a watched post, by the policy, in a channel that is set so."""
        facts = PostFacts(
            name=case.name,
            is_edit=is_edit,
            is_reply=case.post.root != case.post.ts,
            by_bot=case.by_bot,
            root_by_bot=seen.root_by_bot,
            is_resolved=watched.is_resolved,
            quotes_desk=watched.quotes_desk,
            to_outsiders=case.audience == "public",
        )
        own = seen.own if seen.own and seen.own.kind in ("card", "short") else None
        state = ChannelState(
            mode=setting.mode,
            is_muted=seen.thread_muted or setting.muted_until > case.at,
            claimed=frozenset(seen.claims),
            shown=frozenset(own.entries) if own else None,
            recent={name: card.key for name, card in seen.recent.items()},
            roll_up=seen.roll_up.key if seen.roll_up else "",
            posted_lately=seen.posted_lately,
        )
        return self._carry_out(case, decide(facts, case.verdict, state), seen)

    def _carry_out(self, case: Case, action: Action, seen: Seen) -> Decision:
        """Return the decision that the policy's action comes to."""
        ids = tuple(match.entry.id for match in action.matches)
        row = self.build_row(case, action.kind, action.reason)
        if action.kind == "silent":
            return Decision(row)
        if action.kind == "update" and seen.own:
            return self._change(case, seen.own, action.matches, ids)
        if action.kind == "join-roll-up" and seen.roll_up:
            return self._join(case, seen.roll_up, ids)
        if action.kind == "roll-up":
            counts = dict.fromkeys(ids, 1)
            reply = case.desk.notices.build_roll_up(counts, case.at, case.language)
            return self._post(case, "roll-up", reply, (case.name, *ids), counts=counts)
        cards = list({card.key: card for card in seen.recent.values() if card.key in action.repeats}.values())
        again = tuple(filter(None, (self._see_again(case, card) for card in cards)))
        if action.kind == "short" and cards:
            first = cards[0]
            url = self.link_post(first.channel, first.root)
            decision = self._post(
                case,
                "short",
                case.desk.notices.build_short(ids, url, case.language, case.notes),
                (case.name, *ids),
            )
        else:
            recall = self._recall(case, action.matches, _make_key())
            reply = _build_watched(case, recall, case.remark)
            decision = self._post(case, "card", reply, (case.name, *ids), recall)
        return replace(decision, sends=(*decision.sends, *again), repeats=action.repeats)

    def _post(
        self,
        case: Case,
        kind: ReplyKind,
        reply: Reply,
        claims: tuple[str, ...],
        recall: Recall | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> Decision:
        key = (recall.answer if recall else "") or _make_key()
        entries = tuple(name for name in claims if name != case.name)
        new = ReplyRow(
            key=key,
            team=case.post.team,
            channel=case.post.channel,
            root=case.post.root,
            post_ts=case.post.ts,
            kind=kind,
            recall=json.dumps(counts) if counts else recall.write_value() if recall else "",
            entries=entries,
            first_at=case.at,
            ts="",
            count=1,
        )
        send = build_post(reply, case.post.channel, case.post.root, key)
        return Decision(self.build_row(case, kind), claims, (send,), new)

    def _change(
        self, case: Case, own: ReplyRow, matches: tuple[Match, ...], ids: tuple[str, ...]
    ) -> Decision:
        """Let the desk's reply to an edited post show what the post shows now."""
        recall = self._recall(case, matches, own.key)
        reply = _build_watched(case, recall, case.remark)
        send = build_update(reply, own.channel, own.key)
        changed = (own.key, recall.write_value(), ids)
        return Decision(self.build_row(case, "update"), ids, (send,), changed_reply=changed)

    def _join(self, case: Case, roll_up: ReplyRow, ids: tuple[str, ...]) -> Decision:
        """Count a post in the roll-up that runs."""
        counts: dict[str, int] = json.loads(roll_up.recall)
        for name in ids:
            counts[name] = counts.get(name, 0) + 1
        reply = case.desk.notices.build_roll_up(counts, roll_up.first_at, case.language)
        send = build_update(reply, roll_up.channel, roll_up.key)
        changed = (roll_up.key, json.dumps(counts), tuple(counts))
        row = self.build_row(case, "join-roll-up")
        return Decision(row, (case.name, *ids), (send,), changed_reply=changed)

    def _see_again(self, case: Case, card: ReplyRow) -> Send | None:
        """Return the change of a card whose entry the channel sees again; the record counts it as well."""
        recall = case.desk.read_recall(card.recall)
        if recall is None:  # the knowledge has lost its entry meanwhile
            return None
        url = self.link_post(card.channel, case.post.ts, case.post.root)
        remark = case.desk.notices.say_seen_again(card.count + 1, card.first_at, url, recall.language)
        reply = _build_watched(case, recall, remark)
        return build_update(reply, card.channel, card.key)

    def _recall(self, case: Case, matches: tuple[Match, ...], answer: str) -> Recall:
        shown = replace(case.verdict, matches=matches)
        return Recall(shown, case.language, audience=case.audience, answer=answer)


def _make_key() -> str:
    """Return a new name for an answer, which is the key of the message that shows it."""
    return secrets.token_hex(12)


def _build_watched(case: Case, recall: Recall, remark: str) -> Reply:
    """Return the reply to a watched post: short where all that it shows has a note."""
    replies, notes = case.desk.replies, case.notes
    if all(notes.get(match.entry.id) for match in recall.verdict.matches):
        return replies.build_noted(recall, notes, mutable=True, remark=remark)
    return replies.build_reply(recall, mutable=True, remark=remark, notes=notes)
