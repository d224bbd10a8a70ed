"""The desk: answers questions from one snapshot of the knowledge. It reads no file and knows no surface."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from bot.alert_state import AlertStateReader
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.version import compute_version
from bot.matching import Explanation, Matcher, Prepared, Verdict, fold
from bot.small_talk import SmallTalk

Mode = Literal["ask", "watch"]
UNHEARD_OF = "罡风掠过设被玄鹿饮溪"  # says nothing, so that it is read in each way
LONGEST_WORD = 200  # characters: no word that asks for help or for silence is longer


@dataclass(frozen=True, slots=True)
class WatchedText:
    """The verdict on a text that nobody put to the desk.

    Of one that is answered: `is_resolved` says that it tells of the end of its trouble, `quotes_desk` that it
    holds what only the desk says: the description of an entry that it would be answered with.
    """

    verdict: Verdict
    is_resolved: bool = False
    quotes_desk: bool = False


class Snapshot:
    """One state of the knowledge with the matcher over it. It never changes, and threads may share it."""

    def __init__(self, knowledge: Knowledge, prepared: Prepared | None = None, version: str = "") -> None:
        """Match by what was prepared before, if anything; `version` is the knowledge's where it is known."""
        self.knowledge = knowledge
        self._matcher = Matcher(knowledge, prepared=prepared)
        self._version = version
        languages = knowledge.languages.values()
        self._help_words = {word for each in languages for word in each.help_words}
        self._mute_words = {word for each in languages for word in each.mute_words}
        self._states = AlertStateReader(languages)
        self._small_talk = SmallTalk(languages)

    @cached_property
    def version(self) -> str:
        """Twelve letters and digits that are the same for the same contents, and for no others."""
        return self._version or compute_version(self.knowledge)

    def warm(self) -> None:
        """Load what the first question of its kind needs: how characters sound, and what they are taken for.

        That takes half a second and 60 MB. A server does it before it serves: no question waits for it.
        """
        for mode in get_args(Mode):
            self.ask(UNHEARD_OF, mode)

    def ask(self, text: str, mode: Mode = "ask", eager: bool = False, packs: Collection[str] = ()) -> Verdict:
        """Return the verdict on a text.

        mode "ask": somebody addressed the desk. "watch": nobody did, so only strong evidence counts;
        `eager` widens what a watched channel takes as evidence. `packs` are those asked: all where none is
        named, or none of those named is there.
        """
        scope = self.knowledge.choose_packs(packs)
        if mode == "watch":
            return self._matcher.watch(text, eager, scope, self._binds(packs))
        return self._matcher.ask(text, scope)

    def watch(self, text: str, eager: bool = False, packs: Collection[str] = ()) -> WatchedText:
        """Return the verdict on a text that nobody put to the desk, and what bears on an answer to it."""
        verdict = self.ask(text, "watch", eager, packs)
        if verdict.kind != "answered":
            return WatchedText(verdict)
        folded = fold(text)
        own = (words for match in verdict.matches for words in match.entry.description.values())
        return WatchedText(verdict, self._states.is_over(text), any(fold(words) in folded for words in own))

    def explain(
        self, text: str, mode: Mode = "ask", eager: bool = False, packs: Collection[str] = ()
    ) -> Explanation:
        """Return the verdict on a text with what was read from it and every candidate weighed."""
        scope = self.knowledge.choose_packs(packs)
        return self._matcher.explain(text, mode, eager, scope, self._binds(packs))

    def _binds(self, packs: Collection[str]) -> bool:
        """Say whether packs that are there are named: whoever is bound to them speaks of their product."""
        return not self.knowledge.packs.keys().isdisjoint(packs)

    def read_words(self, text: str) -> list[str]:
        """Return the words of a command, folded: without regard to case, width and script."""
        return fold(text).split()

    def asks_for_silence(self, text: str) -> bool:
        """Say whether all that is said asks the desk to be silent: "stop", 静音."""
        return self._strip(text) in self._mute_words

    def asks_for_help(self, text: str) -> bool:
        """Say whether nothing is asked, or how to use the desk: "", "?", "help", "hi", 帮助."""
        said = self._strip(text)
        return not said or said in self._help_words or self._small_talk.is_greeting(text)

    def is_thanks(self, text: str) -> bool:
        """Say whether a text thanks or takes note, and asks nothing: "thanks", 收到."""
        return self._small_talk.is_thanks(text)

    def points_elsewhere(self, text: str) -> bool:
        """Say whether a text asks about an error that it doesn't name: "explain this error", 这啥情况."""
        return self._small_talk.points_elsewhere(text)

    @staticmethod
    def _strip(text: str) -> str:
        """Return a text without the signs around it; of a long one, which is no such word, the beginning."""
        return fold(text[:LONGEST_WORD]).strip(" \n\t?!.,:。，")


class Desk:
    """Hold the snapshot that serves. Whoever asks more than one thing about a text takes it once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge that serves now."""
        return self.snapshot.knowledge

    def swap(self, snapshot: Snapshot) -> None:
        """Let another snapshot serve from now on; questions under way keep theirs."""
        self.snapshot = snapshot

    def ask(self, text: str, mode: Mode = "ask", eager: bool = False, packs: Collection[str] = ()) -> Verdict:
        """Return the verdict on a text, as Snapshot.ask() does."""
        return self.snapshot.ask(text, mode, eager, packs)

    def explain(
        self, text: str, mode: Mode = "ask", eager: bool = False, packs: Collection[str] = ()
    ) -> Explanation:
        """Return the verdict on a text with all that led to it, as Snapshot.explain() does."""
        return self.snapshot.explain(text, mode, eager, packs)
