"""Which entries a text may mean, by its words: found by the index, measured, and scored by fitted weights.

As it is written first of all; with its slips mended, by letters and by initials where nothing that is
cheaper is sure. matcher.py and watch.py decide what a score is good for.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.index import Index, Prepared, make_index
from bot.matching.lexicon import NOT
from bot.matching.reading import Reader, Reading
from bot.matching.score import CHOSEN, FAINT, MUCH, WEIGHTS, Measures, Weights, relate
from bot.matching.search_string import SearchString
from bot.matching.slips import SlipReader
from bot.matching.spelling import LookedUp, Speller
from bot.matching.string_match import StringMatch, WordedText
from bot.matching.text import Text
from bot.matching.weighed_text import CONTEXT_MOST, WeighedText

WEIGHED = 80  # strings that are measured for one text
COVERED = 0.2  # the part of a string's weight that a text must have: it may be cut short
SLIP = 0.1  # what a slip that was mended costs of a string's weight


class Turned(NamedTuple):
    """The strings of which a text says the opposite, and how much of an entry one of them says (0-1)."""

    strings: dict[str, None]
    entries: dict[str, float]


STATED = 0.87  # how alike a statement is to the string that it states: one of eight letters off


class Candidate(NamedTuple):
    """An entry's best string for a text, [start, end) in folded characters of `text`.

    `names` are the features it rests on; `string_match` tells how the text holds the string word for word;
    `shared` the codes of entries that declare the same meaning.
    """

    unit: SearchString
    measures: Measures
    score: float
    rule: str
    start: int
    end: int
    text: Text
    names: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    string_match: StringMatch | None = None

    @property
    def is_cut(self) -> bool:
        """Say whether a text ends before all of the string is said."""
        return self.string_match is not None and self.string_match.cut > 0

    @property
    def is_quoted(self) -> bool:
        """Say whether the string is a message of several words that stands in the text, its slots filled."""
        if self.string_match:
            return self.string_match.is_quoted
        said = self.unit.folded
        return self.unit.origin == "message" and " " in said and said in self.text.folded


class Finder:
    """Finds the candidates for a reading, best first, one for each entry."""

    def __init__(
        self,
        knowledge: Knowledge,
        reader: Reader,
        prepared: Prepared | None = None,
    ) -> None:
        """Find by an index that was made before, or by one that is made here, in memory."""
        self.index: Index = prepared.index if prepared else make_index(knowledge, reader)
        self.weights = WEIGHTS
        self._knowledge = knowledge
        self._reader = reader

    def with_weights(self, weights: Weights) -> Finder:
        """Return a finder in the same index that scores by these weights."""
        other = copy(self)
        other.weights = weights
        return other

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._reader, self.index)

    @cached_property
    def _slips(self) -> SlipReader:
        return SlipReader(self._reader.lexicon, self.index)

    def get_entry(self, candidate: Candidate) -> Entry:
        """Return the entry that a candidate stands for."""
        return self._knowledge.get_entry(candidate.unit.entry_id)

    def find(self, reading: Reading) -> list[Candidate]:
        """Return the candidates, best first; equal ones in the order of the knowledge."""
        turned = Turned({}, {})
        names = (feature.name for feature in reading.features)
        near = self.index.find_covered(names, WEIGHED, COVERED, reading.packs)
        said = WeighedText(reading, self.index)
        found = list(self._by_meaning(said, near, turned))
        found += _level(self._word_for_word(said, (unit for unit, _ in near)))
        found = [one for one in found if not (one.is_cut and any(_is_rather(other, one) for other in found))]
        for another_way in (self._by_sound, self._by_slips, self._by_spelling):
            if any(_is_sure(one) and one.unit.entry_id not in turned.entries for one in found):
                break
            found.extend(another_way(said))
        return self._rank(self._choose(found, near, said, turned))

    def _by_meaning(
        self,
        said: WeighedText,
        near: Iterable[tuple[SearchString, float]],
        turned: Turned,
        rule: str = "phrase",
    ) -> Iterator[Candidate]:
        """Yield those of the units near that the text says; those whose opposite it says go to `turned`."""
        opposed: dict[tuple[str, str], float] = {}
        supported: set[tuple[str, str]] = set()
        for unit, part in near:
            if self.weights.bound(part, unit.weight) <= FAINT:
                continue
            match, names = said.measure(unit, self.weights)
            if names:
                turned.strings[unit.folded] = None
            if NOT in names:
                continue
            for name in names:
                opposed[unit.entry_id, name] = max(unit.weight, opposed.get((unit.entry_id, name), 0.0))
            if match:
                supported.update((unit.entry_id, name) for name in match.names)
                named = "message" if rule == "phrase" and unit.origin == "message" else rule
                place = match.start, match.end, said.text
                yield Candidate(unit, match.measures, match.score, named, *place, match.names)
        for entry_id, name in opposed.keys() - supported:
            much = relate(opposed[entry_id, name], MUCH)
            turned.entries[entry_id] = max(much, turned.entries.get(entry_id, 0.0))

    def _word_for_word(self, said: WeighedText, units: Iterable[SearchString]) -> Iterator[Candidate]:
        """Yield units whose string stands in the text as it is written, slots filled, or cut short."""
        for found in WordedText(said.reading, self.index).find(units):
            span = found.start, found.end
            worth = found.weight * (2 if found.is_in_order else 1)
            weight = max(worth, math.fsum(map(self.index.weight, found.names)))
            measures = found.add_to(said.measure_stretch(found.unit, *span, weight))
            one = self._make(said, found.unit, measures, "message", *span)
            yield one._replace(names=found.names, string_match=found)

    def _by_sound(self, said: WeighedText) -> Iterator[Candidate]:
        """Yield units that the text states by their sound."""
        for unit, start, end in self._speller.find_sounded(said.reading):
            measures = said.measure_stretch(unit, start, end)._replace(slips=SLIP, letters=1.0, stated=1.0)
            yield self._make(said, unit, measures, "sound", start, end)

    def _by_slips(self, said: WeighedText) -> Iterator[Candidate]:
        """Yield what the text was meant to say, and what is spelt like that."""
        mended = self._slips.mend(said.text)
        if mended is None:
            return
        meant = WeighedText(Reading(mended.text, self._reader.lexicon, said.reading.packs), self.index)
        names = (feature.name for feature in meant.features)
        near = self.index.find_covered(names, WEIGHED, COVERED, said.reading.packs)
        rule = "sound" if mended.is_sounded else "spelling"
        for one in (
            *self._by_meaning(meant, near, Turned({}, {}), rule),
            *self._misspelt(meant, self._speller.look_up(meant.reading)),
        ):
            slips = one.measures.slips + SLIP * mended.slips
            yield self._rate(one, one.measures._replace(slips=slips))

    def _by_spelling(self, said: WeighedText) -> Iterator[Candidate]:
        """Yield units spelt like a statement, and those that it holds word for word, though few are known."""
        looked_up = self._speller.look_up(said.reading)
        alike = {unit.number: unit for _, units in looked_up for unit in units}
        yield from self._word_for_word(said, alike.values())
        yield from self._misspelt(said, looked_up)

    def _misspelt(self, said: WeighedText, looked_up: LookedUp) -> Iterator[Candidate]:
        for unit, likeness, start, end in self._speller.find_misspelt(said.reading, looked_up):
            measures = said.measure_stretch(unit, start, end, max(1.0, unit.weight) * likeness)
            measures = measures._replace(slips=1 - likeness, letters=likeness, stated=likeness)
            yield self._make(said, unit, measures, "spelling", start, end)

    def _make(
        self, said: WeighedText, unit: SearchString, measures: Measures, rule: str, start: int, end: int
    ) -> Candidate:
        return Candidate(unit, measures, self.weights.score(measures), rule, start, end, said.text)

    def _rate(self, candidate: Candidate, measures: Measures) -> Candidate:
        return candidate._replace(measures=measures, score=self.weights.score(measures))

    def _choose(
        self,
        candidates: Iterable[Candidate],
        near: Iterable[tuple[SearchString, float]],
        said: WeighedText,
        turned: Turned,
    ) -> Iterator[Candidate]:
        """Yield the best candidate of each entry, with its context: what else of it the text says."""
        by_entry: dict[str, list[Candidate]] = {}
        profiles: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for candidate in candidates:
            by_entry.setdefault(candidate.unit.entry_id, []).append(candidate)
        for unit, _ in near:
            if unit.entry_id in by_entry:
                profiles[unit.entry_id].update(unit.features.items())
        meaning = {(feature.name, feature.sign) for feature in said.features}
        for entry_id, found in by_entry.items():
            top = max(found, key=lambda one: (one.score, one.end - one.start))
            matches = [candidate.string_match for candidate in found if candidate.string_match]
            shared = {code for c in found if c.score > top.score - CHOSEN.margin for code in c.unit.shared}
            top = top._replace(
                shared=frozenset(shared),
                string_match=max(matches, key=lambda one: one.score, default=None),
            )
            named = {name for name, _ in meaning & profiles[entry_id]} - top.unit.features.keys()
            context = min(CONTEXT_MOST, math.fsum(map(self.index.weight, named))) / CONTEXT_MOST
            is_there = top.measures.stated == 1 or top.is_quoted
            is_turned = turned.entries.get(entry_id, 0.0) >= top.measures.much or (
                top.text is said.text
                and _is_turned(said.find_stated(top.start, top.end), top, turned.strings)
            )
            yield self._rate(
                top,
                top.measures._replace(
                    context=context,
                    contradicted=float(top.measures.contradicted or (is_turned and not is_there)),
                ),
            )

    def _rank(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return the candidates, best first; those that another one covers are marked so.

        Context lifts none over one whose own words fit better, by the margin or more.
        """
        apart = [(self.weights.score(one.measures._replace(context=0.0)), one) for one in candidates]
        ranked: list[Candidate] = []
        for score, one in apart:
            better = (other.score for own, other in apart if own >= score + CHOSEN.margin)
            if one.names and any(
                one.names < other.names and own > score - CHOSEN.margin for own, other in apart
            ):
                one = self._rate(one, one.measures._replace(covered=1.0, context=0.0))
            elif one.score > (most := max(score, min(better, default=one.score))):
                context = one.measures.context * (most - score) / (one.score - score)
                one = self._rate(one, one.measures._replace(context=context))
            ranked.append(one)
        return sorted(ranked, key=lambda candidate: -candidate.score)


def _is_sure(candidate: Candidate) -> bool:
    """Say whether no other way can find a better one: all is known, or stands there word for word."""
    measures = candidate.measures
    if candidate.string_match:
        is_known = not (measures.missing or measures.inside)
    else:
        is_known = measures.stated == 1 or not (measures.slips or measures.strange)
    return candidate.score >= CHOSEN.answer and is_known


def _level(worded: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield strings, those that a text cuts short within the same beginning as equally likely ones."""
    by_stretch: dict[object, list[Candidate]] = {}
    for one in worded:
        alike = (one.start, one.end, one.names, one.measures.contradicted)
        by_stretch.setdefault(alike if one.is_cut else one.unit.number, []).append(one)
    for level in by_stretch.values():
        best = max(level, key=lambda one: one.score)
        yield from (one._replace(measures=best.measures, score=best.score) for one in level)


def _is_rather(other: Candidate, candidate: Candidate) -> bool:
    """Say whether a text is more like another string, which says all there, than like one it cuts short."""
    is_around = other.start <= candidate.start and candidate.end <= other.end
    is_liker = other.measures.stated > candidate.measures.stated and not other.measures.missing
    return is_around and is_liker


def _is_turned(stated: str, candidate: Candidate, turned: Iterable[str]) -> bool:
    """Say whether a statement is more like a string of which it says the opposite than like a candidate's."""
    likeness = max((fuzz.ratio(stated, string) / 100 for string in turned), default=0.0)
    return likeness >= STATED and likeness > candidate.measures.stated
