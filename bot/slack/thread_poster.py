"""Answers that a person has posted to a thread by a button: recorded and claimed like any other."""

from __future__ import annotations

from bot.answer_context import AnswerContext, AnswerContexts
from bot.channels.decisions import DecisionBuilder, open_case, tell_once
from bot.outbox.decision_store import DecisionStore, PostKey
from bot.replies.recall import Recall
from bot.replies.reply import Reply


class ThreadPoster:
    """Posts answers to threads on a person's behalf."""

    def __init__(self, contexts: AnswerContexts, decisions: DecisionStore, outcomes: DecisionBuilder) -> None:
        self._contexts = contexts
        self._decisions = decisions
        self._outcomes = outcomes

    def post(
        self, answers: AnswerContext, post: PostKey, surface: str, recall: Recall, sharer: str = ""
    ) -> Reply | None:
        """Post an answer, once in its thread; return the reply for one person if it stands there already.

        `post.ts` names the click or modal that it comes from, so that a repeated delivery posts nothing.
        """
        case = open_case(self._contexts, answers, post, surface, recall)
        return tell_once(self._decisions, self._outcomes, case, recall, sharer)
