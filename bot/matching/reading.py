"""A text with everything read from it: its codes and its features. What follows from them is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.snapshot import Knowledge
from bot.matching.codes import CodeMention, CodeReader
from bot.matching.features import Feature, read_features
from bot.matching.lexicon import Lexicon, find_faults, senses
from bot.matching.text import Text, fold, read


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one text; positions are in folded characters."""

    text: Text
    mentions: tuple[CodeMention, ...]
    features: tuple[Feature, ...]


class Reader:
    """Reads texts with the words of one snapshot of knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Collect the words of all languages, packs and entries."""
        languages = tuple(knowledge.languages.values())
        packs = tuple(knowledge.packs.values())
        terms = (*knowledge.terms, *(term for pack in packs for term in pack.terms))
        self.senses = tuple(senses(languages, terms))
        self.faults = find_faults(terms)
        known = [said for entry in knowledge.entries for said in entry.strings]
        known += [word for language in languages for word in language.plain_words]
        self.lexicon = Lexicon(self.senses, map(fold, known), self.faults)
        self._terms = frozenset(term.name for term in terms)
        self._codes = CodeReader(languages, packs)

    def read(self, raw: str) -> Reading:
        """Read a text as given, at most LONGEST characters of it."""
        text = read(raw)
        return Reading(text, tuple(self._codes.read_codes(text)), tuple(self.read_features(text)))

    def read_features(self, text: Text) -> list[Feature]:
        """Return the features of a folded text."""
        return read_features(text, self.lexicon)

    def is_term(self, name: str) -> bool:
        """Say whether a feature is a term of the knowledge, not just a word."""
        return name in self._terms
