"""What every surface needs: who may ask how often, in which language, and the verdict.

Called by the surfaces' listeners; sends nothing, for that is delivery's part.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from cachetools import TTLCache

from bot.desk import Desk
from bot.matching.verdict import Verdict
from bot.replies.recall import Recall, read_recall
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.replies.slack import SlackReplies

MOST_QUESTIONS = 30
WITHIN = 60  # seconds
MOST_PERSONS = 10_000  # counted at a time

_log = logging.getLogger(__name__)


class Reception:
    """Takes questions to the desk."""

    def __init__(
        self,
        desk: Desk,
        language: str,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Answer from the desk; `language` serves where a text tells none.

        `clock` tells epoch seconds; `timer` counts seconds.
        """
        self.now = clock
        self.workspace = ""  # Slack's address of the workspace; known once Slack was asked
        self.knowledge = desk.knowledge
        self.replies = SlackReplies(desk.knowledge)
        self.language = language
        self._desk = desk
        self._counts: TTLCache[str, list[int]] = TTLCache(MOST_PERSONS, WITHIN, timer)
        self._lock = threading.Lock()

    def count(self, person: str) -> int:
        """Count a question of a person; return which it is of the minute that the first of them began."""
        with self._lock:
            counted = self._counts.setdefault(person, [0])
            counted[0] += 1  # in place: a new value would begin a new minute
            return counted[0]

    def asks_for_silence(self, text: str) -> bool:
        """Say whether all that is said asks the desk to be silent."""
        return self._desk.asks_for_silence(text)

    def is_over(self, text: str) -> bool:
        """Say whether an alert tells that its trouble is over."""
        return self._desk.is_over(text)

    def judge(self, text: str) -> Verdict:
        """Return the verdict on a text as if somebody asked it."""
        return self._desk.ask(text)

    def watch(self, text: str, eager: bool) -> Verdict:
        """Return the verdict on a post that nobody put to the desk."""
        return self._desk.ask(text, "watch", eager)

    def repeats_desk(self, text: str, verdict: Verdict) -> bool:
        """Say whether a text holds what only the desk says."""
        return self._desk.repeats_itself(text, verdict)

    def read_words(self, text: str) -> list[str]:
        """Return the words of a command, folded."""
        return self._desk.read_words(text)

    def asks_for_help(self, text: str) -> bool:
        """Say whether nothing is asked, or how to ask."""
        return self._desk.asks_for_help(text)

    def says_nothing(self, text: str) -> bool:
        """Say whether a text names nothing to go by: "", "help", 这个怎么解决."""
        return self.asks_for_help(text) or self._desk.ask(text).reason == "nothing-said"

    def ask(self, text: str, surface: str, asker: str = "") -> Recall:
        """Return the verdict on a question, in the language of its words."""
        verdict = self._desk.ask(text)
        _log.info(
            "asked",
            extra={
                "surface": surface,
                "kind": verdict.kind,
                "entries": [match.entry.id for match in verdict.matches],
                "rule": verdict.matches[0].evidence.rule if verdict.matches else "",
                "reason": verdict.reason,
            },
        )
        return Recall(verdict, self.find_language(text), asker)

    def recall(self, value: str) -> Recall | None:
        """Return what a button's value stands for, or None if the knowledge has it no more."""
        return read_recall(value, self._desk.knowledge)

    def find_language(self, text: str) -> str:
        """Return the language to answer a text in."""
        return self._desk.knowledge.find_language(text, self.language)

    def refuse(self, text: str) -> Reply:
        """Return the sentence for a person who asks too much."""
        return self.replies.build_notice(
            Sentence.LIMIT_REACHED, self.find_language(text), count=MOST_QUESTIONS
        )
