"""A text with what its words say and what it asks. Codes are numbers/' part. Nothing is decided here."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.features import Feature, read_features
from bot.matching.lexicon import LATIN_WORD, Lexicon, find_faults, senses
from bot.matching.moods import Moods
from bot.matching.other_systems import OtherSystems, find_used
from bot.matching.search_string import fold_string
from bot.matching.statements import Statement, read_statements
from bot.matching.template import split_words, take_out
from bot.matching.text import Text, fold, read
from bot.matching.wording import alternatives, any_of, find_any, holds

_HUMP = re.compile(r"[a-z][A-Z]")


@dataclass(frozen=True)
class Reading:
    """What was read from one text; positions are in folded characters.

    `packs` are those that it's put to.
    """

    text: Text
    lexicon: Lexicon = field(repr=False)
    packs: Scope = None

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """What the text says, read when it is first asked for: most watched posts are judged without."""
        return tuple(read_features(self.text, self.lexicon))

    def leave_out(self, parts: Iterable[tuple[int, int]]) -> Reading:
        """Return the reading of the text without some parts of it; positions stay."""
        letters = list(self.text.folded)
        for start, end in parts:
            letters[start:end] = "\n" * (end - start)
        text = replace(self.text, folded="".join(letters))
        return Reading(text, self.lexicon, self.packs)

    @cached_property
    def words(self) -> list[re.Match[str]]:
        """The words as strings with slots have them."""
        return split_words(self.text.folded)

    def list_words(self, start: int, end: int) -> list[str]:
        """Return the words that [start, end) of the folded text touches, whole."""
        first = bisect_right(self.words, start, key=re.Match.end)
        last = bisect_left(self.words, end, first, key=re.Match.start)
        return [word[0] for word in self.words[first:last]]

    @cached_property
    def statements(self) -> list[Statement]:
        """What stands between stops, quotes and signs, each with the next one as well."""
        return read_statements(self.text.folded)


class Reader:
    """Reads texts with the words of one snapshot of knowledge."""

    def __init__(self, knowledge: Knowledge, words: Iterable[str] | None = None) -> None:
        """Collect the words of all languages, packs and entries; `words` are the entries' own."""
        languages = tuple(knowledge.languages.values())
        packs = tuple(knowledge.packs.values())
        terms = knowledge.all_terms
        self.faults = find_faults(terms)
        self.plain_words = frozenset(fold(word) for language in languages for word in language.plain_words)
        known = list_words(knowledge) if words is None else words
        self.lexicon = Lexicon(senses(languages, terms), (*known, *self.plain_words), self.faults)
        self.systems = OtherSystems(languages, packs, frozenset(known))
        self._evidence = {pack.id: tuple(map(fold, pack.evidence)) for pack in packs}
        evidence = {word for words in self._evidence.values() for word in words}
        self._paths = tuple(word for word in evidence if word.startswith("/"))
        identifiers = {word for pack in packs for word in pack.evidence if _HUMP.search(word)}
        self._identifiers = find_any(identifiers)
        self._valued = re.compile(
            rf"{any_of(identifiers)}[\s:=\"'`]{{1,3}}(?=[^\s:=\"'`,]{{0,40}}[0-9*])[^\s,]{{1,60}}[\s,]"
        )
        # A path of three steps without its first slash, as topics are written: thing/properties/set.
        self._topics = {
            id_: re.compile(
                rf"(?<![\w./-])(?:{alternatives(one[1:] for one in words if one[0] == '/')})[\w-]+/"
            )
            for id_, words in self._evidence.items()
        }
        self._platforms = find_any(name for pack in packs for name in pack.names)
        self.moods = Moods(languages)
        self._terms = frozenset(term.name for term in terms)
        self._own_evidence = {
            pack.id: tuple(word for word in words if word not in self._evidence.get(pack.primary, ()))
            for pack, words in zip(packs, self._evidence.values(), strict=True)
        }

    def read(self, raw: str, packs: Scope = None) -> Reading:
        """Read a text as given, at most LONGEST characters of it."""
        return Reading(read(raw), self.lexicon, packs)

    def read_features(self, text: Text) -> list[Feature]:
        """Return the features of a folded text."""
        return read_features(text, self.lexicon)

    def is_thing(self, feature: Feature) -> bool:
        """Say whether a feature is a thing of the trade, which has no polarity and tells no fault."""
        return not feature.sign and self.is_term(feature.name) and (feature.name, 0) not in self.faults

    def holds_path(self, token: str) -> bool:
        """Say whether a folded token is a path of a pack's platform."""
        is_topic = "/" in token and any(topic.search(token) for topic in self._topics.values())
        return is_topic or any(path in token for path in self._paths)

    def names_platform(self, folded: str) -> bool:
        """Say whether a folded text has the name of a pack's platform."""
        return bool(self._platforms.search(folded))

    def names_identifier(self, folded: str, with_value: bool = False) -> bool:
        """Say whether a folded text has an identifier of a pack's platform (deviceId), or one and a value."""
        return bool((self._valued if with_value else self._identifiers).search(folded))

    def find_evidence(self, pack: Pack, folded: str) -> str | None:
        """Return a word of the pack's platform that a folded text holds, if any."""
        topic = self._topics[pack.id].search(folded) if "/" in folded else None
        return self._find_held(self._evidence[pack.id], folded) or (topic[0] if topic else None)

    @staticmethod
    def _find_held(words: Iterable[str], folded: str) -> str | None:
        return next((word for word in words if holds(folded, word)), None)

    def tell_apart(self, entries: Sequence[Entry], folded: str) -> Sequence[Entry]:
        """Return of several packs' entries of one code those that a folded text means; all, if it tells none.

        An entry's own message tells, then the words of a layer alone, then those of a platform.
        """
        if len(entries) < 2:
            return entries
        told = (
            [one for one in entries if holds(folded, fold_string(one.message))],
            [one for one in entries if self._find_held(self._own_evidence[one.pack], folded)],
            [one for one in entries if self._find_held(self._evidence[one.pack], folded)],
        )
        return next((chosen for chosen in told if chosen), entries)

    def may_be_counted(self, word: str) -> bool:
        """Say whether a word behind a number may be what it counts: no chatter, no fault ("503 errors")."""
        sense = self.lexicon.latin.get(word)
        return sense is None or (sense.sort == "term" and (sense.name, sense.sign) not in self.faults)

    def is_term(self, name: str) -> bool:
        """Say whether a feature is a term of the knowledge, not just a word."""
        return name in self._terms

    def tells_fault_in(self, features: Iterable[Feature]) -> bool:
        """Say whether one of the features tells by itself that something is wrong."""
        return any((feature.name, feature.sign) in self.faults for feature in features)


def features_between(features: Sequence[Feature], start: int, end: int) -> list[Feature]:
    """Return the features that stand in [start, end) of the folded text."""
    first = bisect_left(features, start, key=lambda feature: feature.start)
    last = bisect_left(features, end, first, key=lambda feature: feature.start)
    return [feature for feature in features[first:last] if feature.end <= end]


def list_words(knowledge: Knowledge) -> tuple[str, ...]:
    """Return all Latin words of the entries' strings, folded and sorted; what marks a slot is none.

    Words of a layer pack's messages aren't among them: these are found as they stand, never by their words.
    With them are the names of other systems that the entries use in whatever script.
    """
    entries = [entry for entry in knowledge.entries if not entry.in_layer]
    said = [fold(take_out(said)) for entry in entries for said in entry.strings]
    used = find_used(knowledge.languages.values(), said, (fold(entry.code) for entry in knowledge.entries))
    return tuple(sorted({word for text in said for word in LATIN_WORD.findall(text)} | used))
