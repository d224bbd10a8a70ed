"""Late answers: a thread in which somebody asked in vain is told once the knowledge has the answer.

Only threads of channels are told, each once over all processes: claim and message are one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.answer_context import AnswerContext, AnswerContextFactory
from bot.channels.case import Case
from bot.channels.decisions import DecisionBuilder
from bot.channels.settings import ChannelSettings
from bot.matching import Verdict
from bot.outbox.decision_store import Decision, DecisionStore, PostKey, Seen
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence
from bot.reports.gap_list import is_direct
from bot.reports.periods import DAY, build_day
from bot.stores import gap_threads
from bot.stores.database import Database
from bot.stores.gap_threads import TOLD, WaitingThread

PATIENCE = 30.0  # seconds of one statement
OLDEST = 30 * DAY  # seconds since somebody asked, after which nobody waits any more
LASTS = 2 * DAY  # seconds that the message may wait for Slack
SURFACE = "late"

_log = logging.getLogger(__name__)


class LateAnswers:
    """Finds the threads and has them told; StoreError tells that the database failed."""

    def __init__(
        self,
        database: Database,
        contexts: AnswerContextFactory,
        channels: ChannelSettings,
        decisions: DecisionStore,
        builder: DecisionBuilder,
        clock: Callable[[], float],
    ) -> None:
        """`clock` tells epoch seconds."""
        self._database = database
        self._contexts = contexts
        self._channels = channels
        self._decisions = decisions
        self._builder = builder
        self._clock = clock
        self._done = ""  # the version of the knowledge for which all threads were looked at

    def tell_threads(self) -> int:
        """Have every thread told to which there is an answer now; return how many that were.

        With the same knowledge as the last time there is nothing new to tell.
        """
        desk, told = self._contexts.open_context(), 0
        if desk.snapshot.version == self._done:
            return 0
        with self._database.read(PATIENCE) as connection:
            waiting = gap_threads.list_waiting_threads(connection, self._clock() - OLDEST)
        for thread in waiting:
            if not is_direct(thread.channel):
                told += self._tell(desk, thread)
        self._done = desk.snapshot.version
        if told:
            _log.info("threads were told of late answers", extra={"threads": told})
        return told

    def _tell(self, desk: AnswerContext, thread: WaitingThread) -> bool:
        limited = self._channels.limit_packs(desk, thread.team, thread.channel)
        verdict = find_answer(limited, thread)
        if verdict is None:
            return False
        with self._database.read() as connection:
            if gap_threads.was_answered_since(connection, thread):
                return False
        audience = self._channels.find_audience(thread.team, thread.channel)
        recall = Recall(verdict, desk.choose_language(thread.language), audience=audience)
        if audience == "public" and not any(m.entry.audience == "public" for m in verdict.matches):
            return False
        post = PostKey(thread.team, thread.channel, thread.ts, thread.root)
        case = self._builder.open_case(limited, post, SURFACE, recall)
        decision = self._decisions.record_decision(
            post,
            lambda seen: self._decide(case, thread, recall, seen),
            names=(TOLD + thread.key, *case.names),
        )
        return bool(decision.sends)

    def _decide(self, case: Case, thread: WaitingThread, recall: Recall, seen: Seen) -> Decision:
        """Return the decision to post the answer, unless the thread knows it or must be left alone."""
        now, claim = self._clock(), TOLD + thread.key
        entries = [match.entry.id for match in recall.verdict.matches]
        is_muted = seen.thread_muted or seen.channel.muted_until > now
        if is_muted or claim in seen.claims or any(entry in seen.claims for entry in entries):
            return Decision(None)
        desk = case.desk
        opening = desk.replies.say(ReportSentence.ANSWER_ARRIVED, recall.language, date=build_day(thread.at))
        reply = put_first(desk.replies.build_ready(opening), desk.replies.build_reply(recall))
        decision = self._builder.post_reply(case, reply, (claim, *entries), recall)
        sends = tuple(replace(send, lasts=LASTS) for send in decision.sends)
        return replace(decision, ledger=None, sends=sends)


def find_answer(desk: AnswerContext, thread: WaitingThread) -> Verdict | None:
    """Return the answer that the knowledge has now to what was asked in a thread, or None.

    Where a code was asked for, the answer is to be of that code.
    """
    entries = {entry.id for entry in desk.knowledge.find_entries(thread.code)} if thread.code else set()
    if thread.code and not entries:
        return None
    for text in dict.fromkeys(filter(None, (thread.text, thread.code))):
        verdict = desk.judge_text(text)
        found = {match.entry.id for match in verdict.matches}
        if verdict.kind == "answered" and (not thread.code or found & entries):
            return verdict
    return None


def put_first(opening: Reply, reply: Reply) -> Reply:
    """Return a message with another one's words above its own."""
    return Reply(f"{opening.text}\n{reply.text}", (*opening.blocks, *reply.blocks))
