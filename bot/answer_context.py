"""The desk as one request meets it: one snapshot of the knowledge, and the replies built from the same.

Whatever is reloaded meanwhile, a verdict and its words come from the same knowledge. Nothing is sent here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

from bot.desk import Desk, Mode, Snapshot
from bot.matching import Verdict
from bot.replies.notices import Notices
from bot.replies.recall import Recall, read_recall
from bot.replies.slack import SlackReplies

Observe = Callable[[str, str], None]
"""Told of each verdict: its kind, and the surface that it was asked for on."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WatchedText:
    """The verdict on a post that nobody put to the desk.

    Of one that is answered: `is_resolved` says that it tells of the end of its trouble, `quotes_desk` that it
    holds what only the desk says.
    """

    verdict: Verdict
    is_resolved: bool = False
    quotes_desk: bool = False


class AnswerContext:
    """The desk from one snapshot of the knowledge, and the replies built from the same. It never changes."""

    def __init__(self, snapshot: Snapshot, language: str, observe: Observe) -> None:
        """Answer from the snapshot; `language` serves where a text tells none."""
        self.snapshot = snapshot
        self.knowledge = snapshot.knowledge
        self.replies = SlackReplies(snapshot.knowledge)
        self.notices = Notices(snapshot.knowledge)
        self.language = language
        self.packs: tuple[str, ...] = ()
        self._observe = observe

    def limit_packs(self, packs: Sequence[str]) -> AnswerContext:
        """Return the same desk, which these packs alone are asked of; none named: all of them."""
        if tuple(packs) == self.packs:
            return self
        limited = copy(self)
        limited.packs = tuple(packs)
        return limited

    def asks_for_silence(self, text: str) -> bool:
        """Say whether all that is said asks the desk to be silent."""
        return self.snapshot.asks_for_silence(text)

    def judge_text(self, text: str, mode: Mode = "ask", eager: bool = False) -> Verdict:
        """Return the verdict on a text; note_verdict() the one that counts, where several are looked at."""
        return self.snapshot.ask(text, mode, eager, self.packs)

    def judge_watched(self, text: str, eager: bool) -> WatchedText:
        """Return the verdict on a post that nobody put to the desk, and what bears on an answer."""
        verdict = self.judge_text(text, "watch", eager)
        self._observe(verdict.kind, "watch")
        if verdict.kind != "answered":
            return WatchedText(verdict)
        snapshot = self.snapshot
        return WatchedText(verdict, snapshot.is_over(text), snapshot.repeats_itself(text, verdict))

    def read_words(self, text: str) -> list[str]:
        """Return the words of a command, folded."""
        return self.snapshot.read_words(text)

    def asks_for_help(self, text: str) -> bool:
        """Say whether nothing is asked, or how to ask."""
        return self.snapshot.asks_for_help(text)

    def says_nothing(self, text: str) -> bool:
        """Say whether a text names nothing to go by: "", "help", 这个怎么解决."""
        return self.asks_for_help(text) or self.judge_text(text).reason == "nothing-said"

    def answer_question(self, text: str, surface: str, asker: str = "") -> Recall:
        """Return the verdict on a question, in the language of its words."""
        verdict = self.judge_text(text)
        self.note_verdict(verdict, surface)
        return Recall(verdict, self.find_language(text), asker)

    def note_verdict(self, verdict: Verdict, surface: str) -> None:
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

    def read_recall(self, value: str) -> Recall | None:
        """Return what a button's value stands for, or None if the knowledge has it no more."""
        return read_recall(value, self.knowledge)

    def find_language(self, text: str) -> str:
        """Return the language to answer a text in."""
        return self.knowledge.find_language(text, self.language)

    def choose_language(self, wanted: str) -> str:
        """Return a language that was set, or the default where none was, or the knowledge lost it."""
        return wanted if wanted in self.knowledge.languages else self.language


class AnswerContextFactory:
    """Makes the context of a request: one object for each snapshot that serves."""

    def __init__(self, desk: Desk, language: str, observe: Observe = lambda _kind, _surface: None) -> None:
        """`language` serves where a text tells none; `observe` is told of each verdict."""
        self._desk = desk
        self._language = language
        self._observe = observe
        self._context = AnswerContext(desk.snapshot, language, observe)

    def open_context(self) -> AnswerContext:
        """Return the desk as it is now; take it once for all that belongs together."""
        context, snapshot = self._context, self._desk.snapshot
        if context.snapshot is not snapshot:
            context = self._context = AnswerContext(snapshot, self._language, self._observe)
        return context
