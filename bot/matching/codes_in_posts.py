"""Codes as evidence in a post: the rules that let a documented code speak, and what forbids it.

Rules (a) and (b) of docs/matching.md, each a row; words are words_in_posts.py's part. What is special to a
product stands in its pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.features import Feature
from bot.matching.layer_messages import LayerMessages
from bot.matching.lexicon import LATIN_WORD
from bot.matching.numbers.claims import ClaimReader
from bot.matching.numbers.decide import CodeJudge
from bot.matching.numbers.frames import REASON_PHRASES
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.post import Post, Sign
from bot.matching.reading import Reader
from bot.matching.segments import Segment, find_broken
from bot.matching.text import HAN, fold, read
from bot.matching.wording import any_of, find_any, holds

BEST = 5  # entries that a message said of a code may mean
FITS = 40.0  # score from which a message said of a code is the entry's; below, it contradicts

_HINTS = frozenset({"hint-before", "word-behind"})  # cues


@dataclass(frozen=True)
class Case:
    """A documented code in a segment; `standing` are the numbers that stand as codes, by their place."""

    pack: Pack
    entry: Entry
    mention: CodeMention
    segment: Segment
    post: Post
    standing: Mapping[int, CodeMention]

    @property
    def is_http_like(self) -> bool:
        """Whether the code is an HTTP status as well."""
        return self.entry.code in self.pack.http_like

    @property
    def is_distinctive(self) -> bool:
        """Whether hardly any other system uses the code."""
        return self.entry.code in self.pack.shape.distinctive

    @property
    def is_named(self) -> bool:
        """Whether the post calls it an error code: by a word, or as a code field beside a message field."""
        is_field = self.mention.field and bool(self.segment.messages)
        return self.mention.watched == Naming.NAMED or is_field

    @cached_property
    def said(self) -> str:
        """The folded segment."""
        return self.post.folded[self.segment.start : self.segment.end]


class CodeEvidence:
    """Holds the documented codes of posts against the rules."""

    def __init__(self, knowledge: Knowledge, reader: Reader, finder: Finder, judge: CodeJudge) -> None:
        """Compile the words of what may happen, and of what was done."""
        languages = tuple(knowledge.languages.values())
        self._hypothetical = find_any(word for one in languages for word in one.hypotheticals)
        self._done = re.compile(any_of(word for one in languages for word in one.done_words))
        self._reader = reader
        self._finder = finder
        self._judge = judge
        self._claims = ClaimReader(languages, self._begins_with_fault)
        self._layers = LayerMessages(knowledge, finder.index)

    def find_sign(self, case: Case) -> Sign | None:
        """Return the sign that lets a documented code speak: the first rule that no veto forbids."""
        for rule in RULES:
            if rule.eager_only and not case.post.eager:
                continue
            phrase = rule.find(self, case)
            if phrase and not any(veto.stands(self, case) for veto in VETOES if veto.name not in rule.lifts):
                return Sign(case.entry, rule.name, case.mention.start, case.mention.end, phrase)
        return None

    # What the rows of RULES look for.

    def find_own_message(self, case: Case) -> str | None:
        """Return the entry's API message if the segment quotes it.

        Of an HTTP-like code it must be the value of a field, stand right behind the code or in quotes; where
        it is an HTTP reason phrase as well, it must be the API's to the letter.
        """
        message = self._finder.index.get_message(case.entry.id).folded
        words = len(LATIN_WORD.findall(message)) + len(HAN.findall(message)) // 2
        if words < 2 or not find_broken(case.post.folded, message, case.segment.start, case.segment.end):
            return None  # a lone word such as "success" stands anywhere
        if case.is_http_like:
            is_reason = message == REASON_PHRASES.get(case.entry.code)
            if is_reason and case.entry.message not in case.post.reading.text.raw:
                return None
            is_value = any(field.value.strip(" .") == message.strip(" .") for field in case.segment.messages)
            if not (is_value or self._is_behind(case, message) or f'"{message}' in case.said):
                return None
        return case.entry.message

    def _is_behind(self, case: Case, message: str) -> bool:
        behind = find_broken(case.post.folded, message, case.mention.end, case.segment.end)
        return behind is not None and not case.post.folded[case.mention.end : behind].strip(
            " \t\"'`*()[]:=|>-"
        )

    def find_evidence(self, case: Case) -> str | None:
        """Return a word of the platform: in the segment, or in the whole post for a number called a code."""
        said = case.post.folded if case.mention.watched > Naming.BARE else case.said
        return self._reader.find_evidence(case.pack, said)

    def find_family_word(self, case: Case) -> str | None:
        """Return a word that tells the code's own family, beside a code named as one (场景 beside 10197)."""
        family = case.pack.families.get(case.entry.family)
        if family is None or not case.is_named or case.is_http_like:
            return None
        return self._find_term(family.signs, case.post, case.post.reading.features)

    def names_family(self, case: Case) -> bool:
        """Say whether a term of the code's own family stands in the segment of a bare number."""
        family = case.pack.families.get(case.entry.family)
        inside = (one for one in case.post.reading.features if case.segment.holds(one.start))
        return bool(family and not case.is_http_like and self._find_term(family.terms, case.post, inside))

    def _find_term(self, terms: Collection[str], post: Post, features: Iterable[Feature]) -> str | None:
        first = next((one for one in features if one.name in terms), None)
        return None if first is None else post.folded[first.start : first.end]

    def find_other_code(self, case: Case) -> str | None:
        """Return another code that is not HTTP-like, if one of the two is called a code.

        Two bare numbers are columns of a table more often than codes.
        """
        if case.is_http_like:
            return None
        for other in case.standing.values():
            is_other = other.code != case.mention.code and other.code not in case.pack.http_like
            if is_other and max(other.watched, case.mention.watched) > Naming.BARE:
                return other.code
        return None

    def find_hinted(self, case: Case) -> str | None:
        """Return a distinctive code that a word for an error, or a fault, stands beside: "API returns 28504".

        A mere field (`area_code=28504`) is no such word, nor does a number count what follows it.
        """
        if not case.is_distinctive:
            return None
        is_hinted = bool(_HINTS & set(case.mention.cues))
        if not is_hinted and not self._judge.stands_beside_fault(case.mention, case.post.reading):
            return None
        return None if self._judge.is_before_thing(case.mention, case.post.reading) else case.entry.code

    # What the rows of VETOES look for.

    def is_no_code(self, case: Case) -> bool:
        """Say whether the number counts, measures or sets something."""
        return case.mention.start not in case.standing

    def is_contradicted(self, case: Case) -> bool:
        """Say whether the segment gives the code another message, without a word of the platform in it."""
        claims = self._claims.read_claims(case.post.folded, case.mention, case.segment)
        if not case.is_distinctive:
            claims += self._claims.read_bracketed(case.post.folded, case.mention, case.segment)
        reason = REASON_PHRASES.get(case.entry.code)
        return any(
            not self._speaks_of_platform(case, claim) and not self._fits(case, claim)
            for claim in claims
            if not (reason and claim.startswith(reason))  # it is no sign, and cancels none
        )

    def _speaks_of_platform(self, case: Case, claim: str) -> bool:
        """Say whether a message has a word of the platform; beside a layer's code, one of the entry's own."""
        word = self._reader.find_evidence(case.pack, claim)
        texts = (*case.entry.title.values(), *case.entry.description.values(), *case.entry.cause.values())
        return word is not None and (
            not case.entry.in_layer or any(holds(fold(text), word) for text in texts)
        )

    def is_of_other_system(self, case: Case) -> bool:
        """Say whether the segment names another system and no word of the platform.

        A distinctive code is another system's only where that is named right before it.
        """
        said = case.said
        if case.is_distinctive:
            said = case.post.folded[max(case.segment.start, case.mention.start - 30) : case.mention.start]
        return self._reader.systems.are_named(said) and not self._reader.find_evidence(case.pack, case.said)

    def is_of_other_trade(self, case: Case) -> bool:
        """Say whether what is said behind a comma or in brackets after a code has no word of any pack.

        "error code 6100, carriage jam" is a printer's. A distinctive code is held to be the pack's all the
        same: what stands behind the comma may as well be a place.
        """
        if case.is_distinctive:
            return False
        said = read(self._claims.read_remark(case.post.folded, case.mention, case.segment))
        if self._done.match(said.folded):
            return False  # what was done about the error is no message
        features = self._reader.read_features(said)
        is_term = any(self._reader.is_term(one.name) for one in features)
        known = sum(self._finder.index.knows(one.name) for one in features)
        covered = {place for one in features for place in range(one.start, one.end)}
        letters = (place for place, letter in enumerate(said.folded) if letter.isalnum())
        is_strange = not is_term and known <= len(features) / 3
        return len(features) > 1 and is_strange and all(place in covered for place in letters)

    def is_hypothetical(self, case: Case) -> bool:
        """Say whether the segment tells what may happen or be set, not what did."""
        return not case.is_distinctive and bool(self._hypothetical.search(case.said))

    def _fits(self, case: Case, claim: str) -> bool:
        if case.entry.in_layer:
            return self._layers.fits(case.entry, claim)
        candidates = self._finder.find(self._reader.read(claim, case.post.reading.packs))
        return any(c.unit.entry_id == case.entry.id and c.score >= FITS for c in candidates[:BEST])

    def _begins_with_fault(self, said: str) -> bool:
        """Say whether a text behind a code reads as its message: no chatter first, and a fault in it."""
        features = self._reader.read_features(read(said))
        return self._reader.tells_fault_in(features) and features[0].start == 0


class Rule(NamedTuple):
    """What lets a documented code speak; `find` returns the evidence, `lifts` are vetoes that don't count."""

    name: str
    eager_only: bool
    find: Callable[[CodeEvidence, Case], str | None]
    lifts: frozenset[str] = frozenset()


class Veto(NamedTuple):
    """What forbids to speak of a documented code."""

    name: str
    stands: Callable[[CodeEvidence, Case], bool]


_ALL = frozenset({"no-code", "other-message", "other-system", "other-trade", "hypothetical"})
_LOOSE = frozenset({"other-trade", "hypothetical"})  # forbid only what rests on the number alone

RULES = (
    Rule("code-with-message", False, CodeEvidence.find_own_message, _ALL),
    Rule("code-with-evidence", False, CodeEvidence.find_evidence, _LOOSE),
    Rule("code-with-family", False, CodeEvidence.find_family_word, _LOOSE),
    Rule(
        "code-named",
        False,
        lambda _, case: case.entry.code if case.is_named and case.is_distinctive else None,
        _LOOSE,
    ),
    Rule("code-with-code", False, CodeEvidence.find_other_code, _LOOSE),
    # A channel that is bound to a pack is a second sign; a status of HTTP must be named there.
    Rule(
        "code-in-bound-channel",
        False,
        lambda _, case: (
            case.entry.code
            if case.post.bound
            and (case.is_named or (case.mention.watched > Naming.BARE and not case.is_http_like))
            else None
        ),
        _LOOSE,
    ),
    Rule(
        "code-named",
        True,
        lambda _, case: case.entry.code if case.is_named and not case.is_http_like else None,
    ),
    Rule("code-hinted", True, CodeEvidence.find_hinted),
)
VETOES = (
    Veto("no-code", CodeEvidence.is_no_code),
    Veto("other-message", CodeEvidence.is_contradicted),
    Veto("other-system", CodeEvidence.is_of_other_system),
    Veto("other-trade", CodeEvidence.is_of_other_trade),
    Veto("hypothetical", CodeEvidence.is_hypothetical),
)
