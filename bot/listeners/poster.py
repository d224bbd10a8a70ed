"""Answers that a person has posted to a thread by a button: recorded and claimed like any other."""

from __future__ import annotations

from bot.delivery.record import Decision, PostKey, Record, Seen
from bot.listeners.outcome import Case, Outcomes, take_once
from bot.listeners.reception import Reception, Sitting
from bot.replies.recall import Recall
from bot.replies.reply import Reply


class Poster:
    """Posts answers to threads on a person's behalf."""

    def __init__(self, reception: Reception, record: Record, outcomes: Outcomes) -> None:
        self._reception = reception
        self._record = record
        self._outcomes = outcomes

    def post(
        self, sitting: Sitting, post: PostKey, surface: str, recall: Recall, sharer: str = ""
    ) -> Reply | None:
        """Post an answer, once in its thread; return the reply for one person if it stands there already.

        `post.ts` names the click or modal that it comes from, so that a repeated delivery posts nothing.
        """
        case = Case(
            sitting=sitting,
            post=post,
            verdict=recall.verdict,
            surface=surface,
            by_bot=False,
            language=recall.language,
            audience=recall.audience,
            workspace=self._reception.workspace,
            at=self._reception.now(),
            latency_ms=0.0,
        )
        told: list[Reply] = []

        def decide(seen: Seen) -> Decision:
            decision, again = self._outcomes.answer_once(case, recall, seen, sharer)
            told[:] = [again] if again else []
            return decision

        take_once(self._record, case, decide)
        return told[0] if told else None
