"""What every surface needs: who may ask how often, in which language, and the verdict.

Called by the surfaces' listeners; sends nothing, for that is delivery's part. Each opens one Sitting for what
it is called for: whatever is reloaded meanwhile, its verdict and its words come from the same knowledge.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from copy import copy

from cachetools import TTLCache

from bot.desk import Desk, Mode, Snapshot
from bot.matching import Verdict
from bot.replies.notices import Notices
from bot.replies.recall import Recall, read_recall
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence
from bot.replies.slack import SlackReplies

MOST_QUESTIONS = 30
WITHIN = 60  # seconds
MOST_PERSONS = 10_000  # counted at a time

Observe = Callable[[str, str], None]
"""Told of each verdict: its kind, and the surface that it was asked for on."""

_log = logging.getLogger(__name__)


class AnswerContext:
    """The desk from one snapshot of the knowledge, and the replies built from the same. It never changes."""

    def __init__(self, snapshot: Snapshot, language: str, observe: Observe) -> None:
        """Answer from the snapshot; `language` serves where a text tells none."""
        self.snapshot = snapshot
        self.knowledge = snapshot.knowledge
        self.replies = SlackReplies(snapshot.knowledge)
        self.watched = Notices(snapshot.knowledge)
        self.language = language
        self.packs: tuple[str, ...] = ()
        self._observe = observe

    def limit(self, packs: Sequence[str]) -> AnswerContext:
        """Return the same desk, which these packs alone are asked of; none named: all of them."""
        if tuple(packs) == self.packs:
            return self
        limited = copy(self)
        limited.packs = tuple(packs)
        return limited

    def asks_for_silence(self, text: str) -> bool:
        """Say whether all that is said asks the desk to be silent."""
        return self.snapshot.asks_for_silence(text)

    def is_over(self, text: str) -> bool:
        """Say whether an alert tells that its trouble is over."""
        return self.snapshot.is_over(text)

    def judge(self, text: str, mode: Mode = "ask", eager: bool = False) -> Verdict:
        """Return the verdict on one of several texts that are looked at; note() the one that counts."""
        return self.snapshot.ask(text, mode, eager, self.packs)

    def watch(self, text: str, eager: bool) -> Verdict:
        """Return the verdict on a post that nobody put to the desk."""
        verdict = self.judge(text, "watch", eager)
        self._observe(verdict.kind, "watch")
        return verdict

    def repeats_desk(self, text: str, verdict: Verdict) -> bool:
        """Say whether a text holds what only the desk says."""
        return self.snapshot.repeats_itself(text, verdict)

    def read_words(self, text: str) -> list[str]:
        """Return the words of a command, folded."""
        return self.snapshot.read_words(text)

    def asks_for_help(self, text: str) -> bool:
        """Say whether nothing is asked, or how to ask."""
        return self.snapshot.asks_for_help(text)

    def says_nothing(self, text: str) -> bool:
        """Say whether a text names nothing to go by: "", "help", 这个怎么解决."""
        return self.asks_for_help(text) or self.judge(text).reason == "nothing-said"

    def ask(self, text: str, surface: str, asker: str = "") -> Recall:
        """Return the verdict on a question, in the language of its words."""
        verdict = self.judge(text)
        self.note(verdict, surface)
        return Recall(verdict, self.find_language(text), asker)

    def note(self, verdict: Verdict, surface: str) -> None:
        """Log and count a verdict that somebody asked for."""
        self._observe(verdict.kind, surface)
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

    def recall(self, value: str) -> Recall | None:
        """Return what a button's value stands for, or None if the knowledge has it no more."""
        return read_recall(value, self.knowledge)

    def find_language(self, text: str) -> str:
        """Return the language to answer a text in."""
        return self.knowledge.find_language(text, self.language)

    def choose_language(self, wanted: str) -> str:
        """Return a language that was set, or the default where none was, or the knowledge lost it."""
        return wanted if wanted in self.knowledge.languages else self.language

    def refuse(self, text: str) -> Reply:
        """Return the sentence for a person who asks too much."""
        return self.replies.build_notice(
            Sentence.LIMIT_REACHED, self.find_language(text), count=MOST_QUESTIONS
        )


class AnswerContexts:
    """Leads questions to the desk."""

    def __init__(
        self,
        desk: Desk,
        language: str,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
        observe: Observe = lambda _kind, _surface: None,
    ) -> None:
        """Answer from the desk; `language` serves where a text tells none.

        `clock` tells epoch seconds; `timer` counts seconds; `observe` is told of each verdict.
        """
        self.now = clock
        self.workspace = ""  # Slack's address of the workspace; known once Slack was asked
        self._desk = desk
        self._language = language
        self._observe = observe
        self._answers = AnswerContext(desk.snapshot, language, observe)
        self._counts: TTLCache[str, list[int]] = TTLCache(MOST_PERSONS, WITHIN, timer)
        self._lock = threading.Lock()

    def open(self) -> AnswerContext:
        """Return the desk as it is now; take it once for all that belongs together."""
        answers, snapshot = self._answers, self._desk.snapshot
        if answers.snapshot is not snapshot:
            answers = self._answers = AnswerContext(snapshot, self._language, self._observe)
        return answers

    def count(self, person: str) -> int:
        """Count a question of a person; return which it is of the minute that the first of them began."""
        with self._lock:
            counted = self._counts.setdefault(person, [0])
            counted[0] += 1  # in place: a new value would begin a new minute
            return counted[0]
