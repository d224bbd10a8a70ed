"""Answers that a person has posted to a thread by a button: recorded and claimed like any other."""

from __future__ import annotations

from bot.delivery.record import PostKey, Record
from bot.listeners.outcome import Outcomes, open_case, tell_once
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
        case = open_case(self._reception, sitting, post, surface, recall)
        return tell_once(self._record, self._outcomes, case, recall, sharer)
