"""Which entries a text may mean, by its words: found by the index, weighed by the scorer, compared by letter.

By meaning, word for word and to the letter always; misspelt, with its Chinese mended, by sound, by initials
where none of that found anything sure. matcher.py and watch.py decide what a score is good for. The numbers
were set as scorer.py's were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidate import Candidate
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.indexes import Indexes, MadeIndexes
from bot.matching.initials import find_initials
from bot.matching.lexicon import LATIN_WORD
from bot.matching.phonetics import Phonetics
from bot.matching.proof import Proofreader
from bot.matching.reading import Reader, Reading
from bot.matching.scorer import Likeness, Weighed, score
from bot.matching.search_string import SearchString
from bot.matching.spelling import Speller
from bot.matching.string_match import StringMatchFinder
from bot.matching.text import HAN

WEIGHED = 80  # units that the scorer weighs for one text
COVERED_LEAST = 0.4  # the part of a unit's weight that a text must have for it to be weighed
COVERED_LITERAL = 0.2  # that for it to be compared word for word: a text may be cut short
SURE = 75.0  # a score from which no other way is tried
FAINT = 25.0  # a score below which a candidate is none
SURFACE = 0.1  # the part of a score that goes by letters: 5005 says "not found", 28566 "not exist"
CONTRADICTED = 0.5  # what is left of an entry that the text denies by polarity
SAME_MEANING = 6.0  # points within which two strings of an entry mean the same to a text

COVERED_LEAD = 12.0  # points by which a string may lead one that says all it says and more: it is outdone
OUTDONE = 49.0  # the most that an outdone candidate scores

RIDDLE_LENGTH = 24  # characters of a text in which every unknown Chinese word is tried by its sound
SOUND_DISCOUNT = 0.95  # a sound says less than the characters: 在线 and 再现 sound alike
LIKELY_INITIALS = 15  # initials are as unforeseen as one of so many letters (2 to the entropy of a pack's)
INITIALS = 80.0  # points for the very initials of a string
SLIP = 3.0  # points that each slip costs that was mended
SOUND_LOOKS = 50.0  # how alike Chinese must look before its sound counts


class Finder:
    """Finds the candidates for a reading, best first, one for each entry."""

    def __init__(self, knowledge: Knowledge, reader: Reader, indexes: Indexes | None = None) -> None:
        """Find by these indexes, or by such as are made here, in memory."""
        self._knowledge = knowledge
        self._reader = reader
        self._phonetics = Phonetics(reader)
        self._indexes = indexes or MadeIndexes(knowledge, reader, self._phonetics)
        self.string_matches = StringMatchFinder(reader.lexicon, self.index)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._reader, self.index)

    @cached_property
    def _proofreader(self) -> Proofreader:
        return Proofreader(self._reader.lexicon, self.index.knows)

    @property
    def index(self) -> Index:
        """The units by what they say."""
        return self._indexes.said

    def get_entry(self, candidate: Candidate) -> Entry:
        """Return the entry that a candidate stands for."""
        return self._knowledge.get_entry(candidate.unit.entry_id)

    def find(self, reading: Reading) -> list[Candidate]:
        """Return the candidates, best first; equal ones in the order of the knowledge."""
        contradicted: set[str] = set()
        names = (feature.name for feature in reading.features)
        near = self.index.find_covered(names, WEIGHED, COVERED_LITERAL, reading.packs)
        covered = (unit for unit, part in near if part >= COVERED_LEAST)
        found = list(self._by_meaning(reading, self.index, covered, contradicted))
        found.extend(self._by_letter(reading, (unit for unit, _ in near)))
        found.extend(self._speller.find_quoted(reading))
        for another_way in (self._by_spelling, self._by_proof, self._by_sound, self._by_initials):
            sure = [candidate for candidate in found if candidate.score >= SURE]
            if sure and (any(map(_is_solved, sure)) or not self._has_riddle(reading)):
                break
            found.extend(another_way(reading))
        found = _without_turned(self._speller.weigh_turned(reading, found))
        return _without_covered(self._best(found, reading.features, contradicted))

    def find_worded(
        self, reading: Reading, level: Sequence[Candidate], others: Sequence[Candidate]
    ) -> Candidate | None:
        """Return the candidate in whose very words the text is put, if there is one that leads by them."""
        return self._speller.find_worded(reading, level, others)

    def is_stated(self, candidate: Candidate) -> bool:
        """Say whether a text states a candidate's string, or nearly, apart from what else it says."""
        return self._speller.is_stated(candidate)

    def _has_riddle(self, reading: Reading) -> bool:
        """Say whether a short text has Chinese characters that no entry has: a misspelling may hide there."""
        return len(reading.text.folded) <= RIDDLE_LENGTH and any(map(self._is_riddle, reading.features))

    def _is_riddle(self, feature: Feature) -> bool:
        """Say whether a feature is of Chinese characters that no entry has together."""
        name = feature.name
        return bool(HAN.match(name)) and not self.index.knows(name) and name not in self._reader.plain_words

    def _by_meaning(
        self,
        reading: Reading,
        index: Index,
        units: Iterable[SearchString],
        contradicted: set[str],
        rule: str = "phrase",
    ) -> Iterator[Candidate]:
        """Yield those of the units that the text says; entries that it denies are added to `contradicted`."""
        text, features = reading.text, reading.features
        weighed = Weighed(features, index)
        opposed: set[tuple[str, str]] = set()
        supported: set[tuple[str, str]] = set()
        likenesses: dict[frozenset[tuple[str, int]], Likeness] = {}
        for unit in units:
            meaning = unit.meaning
            likeness = likenesses.get(meaning)
            if likeness is None:
                likeness = likenesses[meaning] = score(weighed, unit, index)
            opposed.update((unit.entry_id, name) for name in likeness.opposed)
            if likeness.score >= FAINT:
                supported.update((unit.entry_id, name) for name in likeness.names)
                named = "message" if rule == "phrase" and unit.origin == "message" else rule
                looks = fuzz.ratio(text.folded[likeness.start : likeness.end], unit.folded)
                points = (1 - SURFACE) * likeness.score + SURFACE * looks
                yield Candidate(unit, points, named, likeness.start, likeness.end, text, likeness.names)
        contradicted.update(entry_id for entry_id, _ in opposed - supported)

    def _by_letter(self, reading: Reading, units: Iterable[SearchString]) -> Iterator[Candidate]:
        """Yield units whose string stands in the text as it is written, slots filled, or cut short."""
        for found in self.string_matches.find(reading, units):
            start, end = found.start, found.end
            yield Candidate(
                found.unit, found.score, "message", start, end, reading.text, found.names, string_match=found
            )

    def _by_spelling(self, reading: Reading) -> Iterator[Candidate]:
        """Yield units spelt like a statement, and those that it holds word for word, though few are known."""
        yield from self._by_letter(reading, self._speller.list_alike(reading))
        yield from self._speller.find_misspelt(reading)

    def _by_sound(self, reading: Reading) -> Iterator[Candidate]:
        """Yield units that sound like the text; written Chinese must look like them as well."""
        text = reading.text
        written = HAN.search(text.folded)
        if written and all(self.index.knows(feature.name) for feature in reading.features):
            return
        for spoken in self._phonetics.read(text):
            heard, sounds = Reading(spoken, (), self._phonetics.lexicon, reading.packs), self._indexes.sounds
            for found in self._by_meaning(heard, sounds, _find_units(heard, sounds), set(), "sound"):
                first, last = spoken.span(found.start, found.end)
                is_written = written and not LATIN_WORD.search(text.raw, first, last)
                if not is_written or fuzz.ratio(text.raw[first:last], found.unit.text) >= SOUND_LOOKS:
                    yield found._replace(score=found.score * SOUND_DISCOUNT)

    def _by_proof(self, reading: Reading) -> Iterator[Candidate]:
        """Yield what the text says, and what is spelt like it, with the slips in its Chinese mended."""
        mended = self._proofreader.proofread(reading.text)
        if mended is None:
            return
        meant = Reading(mended.text, (), self._reader.lexicon, reading.packs)
        said = self._by_meaning(meant, self.index, _find_units(meant, self.index), set(), "spelling")
        for found in (*said, *self._speller.find_misspelt(meant)):
            yield found._replace(score=found.score - SLIP * mended.slips)

    def _by_initials(self, reading: Reading) -> Iterator[Candidate]:
        """Yield units of whose Chinese a word is the initials, in no way by chance."""
        for start, end, letters in find_initials(reading.text, self._reader.lexicon.knows):
            index = self._indexes.sounds
            if len(index.units) < LIKELY_INITIALS ** (len(letters) - 1):
                for unit in index.find_written(letters, WEIGHED, reading.packs):
                    yield Candidate(unit, INITIALS, "sound", start, end, reading.text)

    def _best(
        self, candidates: Iterable[Candidate], features: Sequence[Feature], contradicted: set[str]
    ) -> list[Candidate]:
        """Keep the best candidate of each entry, with its context, best first."""
        by_entry: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            by_entry.setdefault(candidate.unit.entry_id, []).append(candidate)
        said = {feature.name for feature in features}
        profiles = self.index.get_profiles(by_entry)
        best = []
        for entry_id, found in by_entry.items():
            top = max(found, key=lambda candidate: candidate.score)
            named = said & profiles[entry_id] - top.unit.features.keys()
            shared = {code for c in found if c.score > top.score - SAME_MEANING for code in c.unit.shared}
            context = math.fsum(map(self.index.weight, named))
            is_denied = entry_id in contradicted and not top.is_whole
            points = top.score * (CONTRADICTED if is_denied else 1.0)
            readings = tuple({c.names for c in found if c.score > top.score - COVERED_LEAD})
            found_whole = [candidate.string_match for candidate in found if candidate.string_match]
            best.append(
                top._replace(
                    string_match=max(found_whole, key=lambda one: one.score, default=None),
                    score=points,
                    context=context,
                    readings=readings,
                    shared=frozenset(shared),
                )
            )
        return sorted(best, key=lambda candidate: -candidate.total)


def _find_units(reading: Reading, index: Index) -> list[SearchString]:
    names = (feature.name for feature in reading.features)
    return index.find_candidates(names, WEIGHED, COVERED_LEAST, reading.packs)


def _is_solved(candidate: Candidate) -> bool:
    """Say whether a candidate explains what looked unknown: the words are a string's own, or it misspelt."""
    return candidate.is_whole or candidate.rule == "spelling"


def _without_turned(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Let no string be taken for meant of which the text leaves out a negator, or adds one."""
    turned = {c.unit.number for c in candidates if c.string_match and c.string_match.is_turned}
    return [
        candidate._replace(score=min(candidate.score, OUTDONE))
        if candidate.unit.number in turned and not candidate.is_whole
        else candidate
        for candidate in candidates
    ]


def _without_covered(candidates: list[Candidate]) -> list[Candidate]:
    """Put every candidate behind those that rest on all it rests on and more, and score about as well."""

    def is_covered(candidate: Candidate) -> bool:
        return any(_covers(other, candidate) for other in candidates)

    weighed = [
        candidate._replace(score=min(candidate.score, OUTDONE)) if is_covered(candidate) else candidate
        for candidate in candidates
    ]
    return sorted(weighed, key=lambda candidate: -candidate.total)


def _covers(one: Candidate, other: Candidate) -> bool:
    """Say whether a candidate rests on all that another one rests on and more, and scores about as well."""
    is_narrower = (
        bool(other.names) and all(names < one.names for names in other.readings) and not other.is_whole
    )
    if is_narrower and one.score > other.score - COVERED_LEAD:
        return True
    if one is other or not one.string_match or other.unit.code in one.shared:
        return False
    if other.string_match:
        return one.string_match.outdoes(other.string_match, COVERED_LEAD)
    lead = COVERED_LEAD if other.names <= one.string_match.names else 0
    is_close = one.string_match.alignment.score > other.score - lead
    return (
        is_close and other.text is one.text and one.string_match.explains(other.names, other.start, other.end)
    )
