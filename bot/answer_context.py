"""The desk as one request meets it: one snapshot of the knowledge, and the replies built from the same.

Whatever is reloaded meanwhile, a verdict and its words come from the same knowledge. Nothing is sent here.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace

from bot.desk import Desk, Mode, Snapshot, WatchedText
from bot.matching import Explanation, Verdict, find_ends
from bot.replies.feedback import Feedback
from bot.replies.notices import Notices
from bot.replies.recall import Recall, read_recall
from bot.replies.sentences import SlackSentence
from bot.replies.slack import SlackReplies
from bot.shorten import keep_end, keep_start

NOTHING_SAID = "nothing-said"  # the reason of a verdict on what names no error
HEAD, TAIL = 8_000, 4_000  # characters read at a post's two ends, folded: as much as one request may cost
MOST_WORDED = 3_000  # characters of a question whose words are all weighed, which takes 0.06 ms for each
WORDED_HEAD, WORDED_TAIL = 1_000, 500  # those of a longer one

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
        self.notices = Notices(snapshot.knowledge)
        self.feedback = Feedback(snapshot.knowledge)
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
        kept = keep_ends(text)
        if mode == "watch" or len(kept) <= MOST_WORDED:
            return self.snapshot.ask(kept, mode, eager, self.packs)
        # Codes and messages are read in all of it, which costs a fiftieth.
        verdict = self.snapshot.ask(kept, "watch", eager=True, packs=self.packs)
        if verdict.kind == "answered":
            return verdict
        return self.snapshot.ask(keep_ends(kept, WORDED_HEAD, WORDED_TAIL), mode, eager, self.packs)

    def explain_text(self, text: str, is_watched: bool, eager: bool) -> Explanation:
        """Return the verdict on a text, put to the desk or not, with what was read from it."""
        mode: Mode = "watch" if is_watched else "ask"
        return self.snapshot.explain(keep_ends(text), mode, eager, self.packs)

    def judge_watched(self, text: str, eager: bool) -> WatchedText:
        """Return the verdict on a post that nobody put to the desk, and what bears on an answer."""
        watched = self.snapshot.watch(keep_ends(text), eager, self.packs)
        self._observe(watched.verdict.kind, "watch")
        return watched

    def read_words(self, text: str) -> list[str]:
        """Return the words of a command, folded."""
        return self.snapshot.read_words(text)

    def asks_for_help(self, text: str) -> bool:
        """Say whether nothing is asked, or how to ask."""
        return self.snapshot.asks_for_help(text)

    def is_thanks(self, text: str) -> bool:
        """Say whether a text thanks or takes note, and asks nothing."""
        return self.snapshot.is_thanks(text)

    def says_nothing(self, text: str) -> bool:
        """Say whether a text names nothing to go by: "", "help", "please explain this error"; no long one."""
        if self.asks_for_help(text):
            return True
        return len(text) <= MOST_WORDED and self._judge_question(text).reason == NOTHING_SAID

    def _judge_question(self, text: str) -> Verdict:
        verdict = self.judge_text(text)
        if verdict.kind == "abstained" and self.snapshot.points_elsewhere(text):
            return replace(verdict, reason=NOTHING_SAID, nearest=())
        return verdict

    def answer_question(self, text: str, surface: str, asker: str = "") -> Recall:
        """Return the verdict on a question, in the language of its words."""
        verdict = self._judge_question(text)
        self.note_verdict(verdict, surface)
        return Recall(verdict, self.find_language(text), asker, answer=secrets.token_hex(12))

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

    def say_read_part(self, text: str, language: str) -> str:
        """Return the remark that only the ends of a text were read, or "" where all of it was."""
        # A longer one is never read whole: it needn't be folded to know that.
        if len(text) <= HEAD + TAIL and find_ends(text, HEAD, TAIL) is None:
            return ""
        return self.replies.say(SlackSentence.READ_IN_PART, language, head=HEAD, tail=TAIL)

    def read_recall(self, value: str) -> Recall | None:
        """Return what a button's value stands for, or None if the knowledge has it no more."""
        return read_recall(value, self.knowledge)

    def find_language(self, text: str) -> str:
        """Return the language to answer a text in, of which the ends tell."""
        told = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"
        return self.knowledge.find_language(told, self.language)

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


def keep_ends(text: str, head: int = HEAD, tail: int = TAIL) -> str:
    """Return what is read of a post: all of it, or its two ends, with a blank line for what lies between."""
    ends = find_ends(text, head, tail)
    if ends is None:
        return text
    return f"{keep_start(text, ends[0])}\n\n{keep_end(text, len(text) - ends[1])}"
