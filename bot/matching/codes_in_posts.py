"""Codes as evidence in a post: what lets a documented code speak, and what forbids it.

The rules are rows of evidence.yaml; words are words_in_posts.py's part. What is special to a product stands
in its pack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.knowledge.yaml_text import parse_rows
from bot.matching.candidates import Finder
from bot.matching.claims import ClaimReader
from bot.matching.features import Feature
from bot.matching.lexicon import LATIN_WORD
from bot.matching.numbers.mention import Naming
from bot.matching.numbers.place import REASON_PHRASES, Place
from bot.matching.numbers.rules import CodeRules
from bot.matching.post import Post, Sign
from bot.matching.reading import Reader
from bot.matching.search_string import fold_string
from bot.matching.segments import Segment
from bot.matching.text import HAN, fold, read
from bot.matching.verdict import MOST
from bot.matching.wording import find_broken, holds

FITS = 40.0  # score from which a message said of a code is the entry's; below, it contradicts
ALIKE = 55.0  # rapidfuzz's partial ratio from which it is that of a layer's entry, which no words find

_HINTS = frozenset({"hint-before", "word-behind"})  # cues
_BESIDE = " \t\"'`*()[]:=|>-"


class Rule(NamedTuple):
    """A row of evidence.yaml."""

    name: str
    eager_only: bool
    needs: tuple[str, ...]
    finds: str
    vetoes: tuple[str, ...]


class World(NamedTuple):
    """What codes in posts are judged by."""

    reader: Reader
    finder: Finder
    claims: ClaimReader


@dataclass(frozen=True)
class Case:
    """A documented code in a segment; `standing` are the numbers that stand as codes, by their place."""

    pack: Pack
    entry: Entry
    place: Place
    segment: Segment
    post: Post
    standing: Mapping[int, Place]
    world: World

    @cached_property
    def said(self) -> str:
        """The folded segment."""
        return self.post.folded[self.segment.start : self.segment.end]

    # What the rows of evidence.yaml need and find.

    @property
    def is_own(self) -> bool:
        """Whether the code is no HTTP status as well."""
        return self.entry.code not in self.pack.http_like

    @property
    def is_distinctive(self) -> bool:
        """Whether hardly any other system uses the code."""
        return self.entry.code in self.pack.shape.distinctive

    @property
    def is_named(self) -> bool:
        """Whether the post calls it an error code: by a word, or as a code field beside a message field."""
        is_field = self.place.at.is_field and bool(self.segment.messages)
        return self.is_called or is_field

    @property
    def is_called(self) -> bool:
        """Whether a word calls it an error code."""
        return self.place.mention.watched == Naming.NAMED

    @property
    def is_bound(self) -> bool:
        """Whether the channel is bound to the pack and the code hinted at; a status of HTTP must be named."""
        return self.post.bound and (self.is_named or (self.place.mention.watched > 0 and self.is_own))

    @property
    def is_hinted(self) -> bool:
        """Whether a word for an error, or a fault, stands beside the code: "API returns 28504".

        A mere field (`area_code=28504`) is no such word, nor does a number count what follows it.
        """
        cues = set(self.place.mention.cues)
        is_hinted = bool(_HINTS & cues) and "field-word-before" not in cues
        return (is_hinted or self.place.is_beside_fault) and not self.place.is_before_thing

    @property
    def code(self) -> str:
        """The code itself."""
        return self.entry.code

    @property
    def own_message(self) -> str | None:
        """The entry's API message if the segment quotes it.

        Of an HTTP-like code it must be the value of a field, stand right behind the code or in quotes; where
        it is an HTTP reason phrase as well, it must be the API's to the letter.
        """
        message, folded = fold_string(self.entry.message), self.post.folded
        words = len(LATIN_WORD.findall(message)) + len(HAN.findall(message)) // 2
        if words < 2 or not find_broken(folded, message, self.segment.start, self.segment.end):
            return None  # a lone word such as "success" stands anywhere
        if self.is_own:
            return self.entry.message
        is_reason = message == REASON_PHRASES.get(self.entry.code)
        if is_reason and self.entry.message not in self.post.reading.text.raw:
            return None
        behind = find_broken(folded, message, self.place.end, self.segment.end)
        is_behind = behind is not None and not folded[self.place.end : behind].strip(_BESIDE)
        values = (field.value.strip(" .") for field in self.segment.messages)
        is_told = is_behind or f'"{message}' in self.said or message.strip(" .") in values
        return self.entry.message if is_told else None

    @property
    def evidence(self) -> str | None:
        """A word of the platform: in the segment, or in the whole post for a number called a code."""
        said = self.post.folded if self.place.mention.watched else self.said
        return self.world.reader.find_evidence(self.pack, said)

    @property
    def family_sign(self) -> str | None:
        """A word that tells the code's own family, and that few other systems have (场景 beside 10197)."""
        family = self.pack.families.get(self.entry.family)
        features = self.post.reading.features
        return self._find_term(family.signs, features) if family and self.is_own else None

    @property
    def names_family(self) -> bool:
        """Whether a term of the code's own family stands in the segment."""
        family = self.pack.families.get(self.entry.family)
        inside = (one for one in self.post.reading.features if self.segment.holds(one.start))
        return bool(family and self._find_term(family.terms, inside))

    def _find_term(self, terms: Collection[str], features: Iterable[Feature]) -> str | None:
        first = next((one for one in features if one.name in terms), None)
        return None if first is None else self.post.folded[first.start : first.end]

    @property
    def other_code(self) -> str | None:
        """Another code that is not HTTP-like, if one of the two is called a code.

        Two bare numbers are columns of a table more often than codes.
        """
        for other in self.standing.values() if self.is_own else ():
            code, watched = other.mention.code, max(other.mention.watched, self.place.mention.watched)
            if watched and code != self.place.mention.code and code not in self.pack.http_like:
                return code
        return None

    # Vetoes.

    @property
    def stands_for_nothing(self) -> bool:
        """Whether the number counts, measures or sets something."""
        return self.place.start not in self.standing

    @property
    def is_contradicted(self) -> bool:
        """Whether the segment gives the code another message, without a word of the platform in it.

        An HTTP reason phrase is no sign, and cancels none.
        """
        claims = self.world.claims.read_claims(self.post.folded, self.place.end, self.segment)
        return any(
            not (self.place.begins_reason(one) or self._speaks_of_platform(one) or self._fits(one))
            for one in claims
        )

    def _speaks_of_platform(self, claim: str) -> bool:
        """Say whether a message has a word of the platform; beside a layer's code, one of the entry's own."""
        word = self.world.reader.find_evidence(self.pack, claim)
        texts = (*self.entry.title.values(), *self.entry.description.values(), *self.entry.cause.values())
        return word is not None and (
            not self.entry.in_layer or any(holds(fold(text), word) for text in texts)
        )

    def _fits(self, claim: str) -> bool:
        if self.entry.in_layer:
            texts = filter(None, (self.entry.message, *self.entry.title.values()))
            return any(fuzz.partial_ratio(fold(text), claim) >= ALIKE for text in texts)
        candidates = self.world.finder.find(self.world.reader.read(claim, self.post.reading.packs))
        return any(c.unit.entry_id == self.entry.id and c.score >= FITS for c in candidates[:MOST])

    @property
    def is_reason(self) -> bool:
        """Whether nothing but the reason phrase of the status stands behind it."""
        _, said = self.world.claims.read_behind(self.post.folded, self.place.end, self.segment)
        return self.place.begins_reason(said)

    @property
    def is_of_other_system(self) -> bool:
        """Whether the segment names another system and no word of the platform.

        A distinctive code is another system's only where that is named before it.
        """
        end = self.place.start if self.is_distinctive else self.segment.end
        said, reader = self.post.folded[self.segment.start : end], self.world.reader
        return self.place.is_of_other_system or (
            reader.systems.are_named(said) and not reader.find_evidence(self.pack, self.said)
        )

    @property
    def is_of_other_trade(self) -> bool:
        """Whether what is said behind a comma or in brackets after a code has no word of any pack.

        "error code 6100, carriage jam" is a printer's. A distinctive code is held to be the pack's all the
        same: what stands behind the comma may as well be a place.
        """
        if self.is_distinctive:
            return False
        reader, index = self.world.reader, self.world.finder.index
        said = read(self.world.claims.read_remark(self.post.folded, self.place.end, self.segment))
        features = reader.read_features(said)
        is_term = any(reader.is_term(one.name) for one in features)
        known = sum(index.knows(one.name) for one in features)
        covered = {place for one in features for place in range(one.start, one.end)}
        letters = (place for place, letter in enumerate(said.folded) if letter.isalnum())
        is_amount = self.place.at.words.compile("{amount_words}").search(said.folded) is not None
        asks = self.place.at.words.ends("asking_words").end(said.folded)
        is_strange = not (is_term or is_amount or asks) and known <= len(features) / 3
        return len(features) > 1 and is_strange and all(place in covered for place in letters)

    @property
    def is_hypothetical(self) -> bool:
        """Whether the segment tells what may happen or be set, not what did."""
        return not self.is_distinctive and bool(
            self.place.at.words.compile("{hypotheticals}").search(self.said)
        )


class CodeEvidence:
    """Holds the documented codes of posts against the rules."""

    def __init__(self, rules: CodeRules, finder: Finder) -> None:
        """Read the rules of evidence."""
        self.world = World(rules.reader, finder, ClaimReader(rules.words, self._begins_with_fault))
        self._rules = load_rules()

    def find_sign(self, case: Case) -> Sign | None:
        """Return the sign that lets a documented code speak: the first rule that no veto forbids."""
        for rule in self._rules:
            if (rule.eager_only and not case.post.eager) or not all(getattr(case, one) for one in rule.needs):
                continue
            phrase = getattr(case, rule.finds)
            if phrase and not any(getattr(case, veto) for veto in rule.vetoes):
                return Sign(case.entry, rule.name, case.place.start, case.place.end, phrase)
        return None

    def _begins_with_fault(self, said: str) -> bool:
        """Say whether a text behind a code reads as its message: no chatter first, and a fault in it."""
        features = self.world.reader.read_features(read(said))
        return self.world.reader.tells_fault_in(features) and features[0].start == 0


def load_rules() -> tuple[Rule, ...]:
    """Read evidence.yaml."""
    rows = parse_rows(files(__package__).joinpath("evidence.yaml").read_bytes())
    return tuple(
        Rule(
            row["name"],
            row.get("mode") == "eager",
            tuple(row.get("needs", "").split()),
            row["finds"],
            tuple(row.get("vetoes", "").split()),
        )
        for row in rows
    )
