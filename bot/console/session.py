"""One run of the command: its settings, its knowledge and its voice, each read when it's first needed.

So a wrong option is told without reading fifty files, and a broken knowledge folder is told in words from the
built-in one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bot.compiled.compiled import Opened, open_knowledge
from bot.config import DEFAULT_LANGUAGE, Settings, refuse
from bot.console.fallback_sentences import fill_in_sentences, read_sentences
from bot.console.paths import show_from_here
from bot.desk import Desk, Snapshot
from bot.errors import FaultbookError, InputError, KnowledgeError, SettingsError, StoreError
from bot.knowledge.folder import find_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.replies.messages import Sentences
from bot.replies.sentences import AuthoringSentence, ConsoleSentence, SettingSentence, SlackSentence
from bot.track import Track, track_silently

AUTO = "auto"
MOST_PROBLEMS = 10  # of broken knowledge that a command shows which needs it; `faultbook check` shows all


class Session:
    """What one run of the command knows."""

    def __init__(self, settings: Settings, track: Track = track_silently) -> None:
        """`track` shows how far long work is."""
        self.settings = settings
        self.track = track
        self.drafts = False  # whether drafts answer, though the settings don't say so
        self._spoken = ""
        self._model: Mapping[str, Mapping[str, str]] = {}  # sentences that this version can say

    @cached_property
    def root(self) -> Path:
        """The knowledge folder. Raises SettingError if there is none."""
        return find_knowledge(self.settings.knowledge)

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge as it was when it was first needed. Raises KnowledgeError with all problems."""
        return self._opened.knowledge

    @cached_property
    def _opened(self) -> Opened:
        return self._open()

    def load(self) -> Knowledge:
        """Return the knowledge as it is now. Raises KnowledgeError with all problems."""
        return self._open().knowledge

    def _open(self) -> Opened:
        """Read the knowledge; sentences that it lacks are the built-in ones, as those were at first."""
        settings = self.settings
        opened = open_knowledge(
            self.root, settings.cache, settings.file_limit, self.track, drafts=self.drafts or settings.drafts
        )
        knowledge = opened.knowledge
        if not self._model:
            is_built_in = self.settings.knowledge is None
            self._model = knowledge.messages if is_built_in else self._built_in_messages
        if self._model is not knowledge.messages:
            opened = replace(opened, knowledge=fill_in_sentences(knowledge, self._model))
        return opened

    def reload(self) -> Snapshot:
        """Read the knowledge anew for a desk that serves. Raises KnowledgeError, and SettingError where the
        language that was set is gone.
        """
        opened = self._open()
        refuse(list(self.settings.find_language_faults(tuple(opened.knowledge.languages))))
        return _build_snapshot(opened)

    @cached_property
    def desk(self) -> Desk:
        """The desk over the knowledge."""
        return Desk(_build_snapshot(self._opened))

    def choose_language(self, wanted: str, text: str) -> str:
        """Return the language to answer in; from here on the session speaks it as well.

        Raises InputError if `wanted` is neither a known language nor auto, SettingError if the setting isn't.
        """
        known = tuple(self.knowledge.languages)
        if wanted not in (AUTO, *known):
            shown = ", ".join((AUTO, *known))
            raise InputError(ConsoleSentence.USAGE_VALUE_WRONG, name="--lang", value=wanted, known=shown)
        default = self.settings.language
        if default not in known:
            refuse(list(self.settings.find_language_faults(known)))
        self._spoken = self.knowledge.find_language(text, default) if wanted == AUTO else wanted
        return self._spoken

    def check_packs(self, names: Collection[str]) -> tuple[str, ...]:
        """Return the packs that are named. Raises InputError if there is one that the knowledge hasn't."""
        known = self.knowledge.packs
        for name in names:
            if name not in known:
                raise InputError(AuthoringSentence.PACK_UNKNOWN, pack=name, known=", ".join(known))
        return tuple(names)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the command line, in the language of the question or of the settings."""
        for language in (self._spoken, self.settings.language, DEFAULT_LANGUAGE):
            if self._sentences.speaks(language):
                return self._sentences.say(key, language, **values)
        return str(FaultbookError(key, **values))

    def describe_error(self, error: FaultbookError) -> str:
        """Return an error in words; one that holds several with each of them before it."""
        if isinstance(error, SettingsError):
            return "\n".join([*map(self.describe_error, error.faults), self.say(error.key, **error.values)])
        parts = {
            name: self.describe_error(part) if isinstance(part, FaultbookError) else part
            for name, part in error.values.items()
        }
        key: str = error.key
        if isinstance(error, StoreError) and key in (
            SlackSentence.STORE_FAILED,
            SlackSentence.STORE_UNREACHABLE,
        ):  # whoever types commands runs the desk: "try again in a moment" is no help
            key, parts = SettingSentence.DATABASE_FAILED, {"why": error.detail}
        text = self.say(key, **parts)
        if isinstance(error, KnowledgeError):
            shown = [str(show_from_here(each, self.root)) for each in error.problems[:MOST_PROBLEMS]]
            return "\n".join([*shown, text])
        return text

    @property
    def _sentences(self) -> Sentences:
        opened = self.__dict__.get("_opened")
        if isinstance(opened, Opened):
            return Sentences(opened.knowledge.messages)
        return Sentences(self._built_in_messages)

    @cached_property
    def _built_in_messages(self) -> Mapping[str, Mapping[str, str]]:
        try:
            return read_sentences(find_knowledge(None))
        except FaultbookError:
            return {}


def _build_snapshot(opened: Opened) -> Snapshot:
    return Snapshot(opened.knowledge, opened.prepared, opened.version)
