"""Which strings stand in a text as they are written: slots filled, cut short, or with a slip of the hand.

How well is told by measures, as for every other way to read a text. A text that leaves out or adds a negation
of a message is never that message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.matching.alignment import Alignment, align
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.lexicon import NOT, Lexicon
from bot.matching.measures import Measures
from bot.matching.polarity import agrees
from bot.matching.reading import Reading
from bot.matching.search_string import SearchString
from bot.matching.template import may_have_slots, read_template, split_words, weigh_word

TELLING = 4
"""Weight of the words that a text must have of a string: two Latin words, or four Chinese characters."""

LEAST = 75.0
"""The score below which a string isn't there."""

ENOUGH, ENOUGH_CUT = 6.0, 8.0
"""Weight of words below which a string, and one cut short, tells less: "is not" stands in many texts."""

DENIED_REACH = 2
"""Words between a negator and the string that it denies."""

_STOP = re.compile(r"[.,:;()!?\n。、'\"]")


class StringMatch(NamedTuple):
    """A string that stands in a text, [start, end) in folded characters.

    `names` are the string's features there; `slots` are the spans of the words that fill its slots, `weight`
    is that of its own words. `is_turned` tells that the text leaves out a negation of the string or adds one.
    """

    unit: SearchString
    alignment: Alignment
    start: int
    end: int
    names: frozenset[str]
    slots: tuple[tuple[int, int], ...]
    weight: float
    is_turned: bool = False

    @property
    def is_whole(self) -> bool:
        """Say whether all the string is there, word for word."""
        return self.alignment.is_in_order and not self.alignment.is_cut and not self.is_turned

    @property
    def is_quoted(self) -> bool:
        """Say whether it is all of a message, or of what a program fills."""
        return self.is_whole and (self.unit.origin == "message" or bool(read_template(self.unit.text).slots))

    def fills(self, place: int) -> bool:
        """Say whether a folded position lies in what fills a slot of all of it, behind its first word."""
        is_filled = any(start <= place < end for start, end in self.slots)
        return self.is_quoted and is_filled and place > self.start

    def add_to(self, measures: Measures) -> Measures:
        """Return the measures of its stretch with those of how it stands there."""
        found, total = self.alignment, sum(read_template(self.unit.text).weights)
        cut = sum(map(weigh_word, (*found.cut_before, *found.cut_behind)))
        return measures._replace(
            missing=sum(map(weigh_word, found.missing)) / total,
            slips=sum(map(weigh_word, found.slips)) / total,
            inside=len(found.extra) / (len(found.extra) + len(found.places)),
            cut=cut / total,
            verbatim=(1 - cut / total) if found.is_in_order else 0.0,
            contradicted=float(self.is_turned),
        )


class StringMatchFinder:
    """Finds the strings of units in texts."""

    def __init__(self, lexicon: Lexicon, index: Index) -> None:
        self._lexicon = lexicon
        self._index = index

    def find(self, reading: Reading, units: Iterable[SearchString]) -> Iterator[StringMatch]:
        """Yield those of the units whose string stands in a text, or would but for a negator."""
        pasted = list(filter(_may_be_pasted, units))
        if not pasted:
            return
        said = _Said(reading, self._lexicon, self._index)
        for unit in pasted:
            found = align(read_template(unit.text), said.words, said.strange)
            if found is None or found.score < LEAST:
                continue
            weight = sum(weigh_word(said.words[place]) for place in found.places)
            is_turned = not unit.is_verbatim and not agrees(said.list_told(found), unit, found.is_cut)
            if weight < TELLING or not (found.is_close or is_turned) or (is_turned and found.is_cut):
                continue
            start, end = said.spans[found.start][0], said.spans[found.end - 1][1]
            names = frozenset(said.list_names(found.places) & unit.features.keys())
            slots = tuple(said.spans[place] for place in sorted(found.fills))
            yield StringMatch(unit, found, start, end, names, slots, weight, is_turned)


def _may_be_pasted(unit: SearchString) -> bool:
    """Say whether a string is likely a program's, or as long as one: what people worded they word anew."""
    if unit.origin == "message":
        return True
    if unit.origin == "phrase" and not may_have_slots(unit.text):  # most are; their words needn't be read
        return False
    template = read_template(unit.text)
    return bool(template.slots) or (unit.origin == "title" and sum(template.weights) >= ENOUGH_CUT)


class _Said:
    """The words of a text, and what they mean."""

    def __init__(self, reading: Reading, lexicon: Lexicon, index: Index) -> None:
        matches = split_words(reading.text.folded)
        self.words: Sequence[str] = [match[0] for match in matches]
        self.spans: Sequence[tuple[int, int]] = [match.span() for match in matches]
        self._reading = reading
        self._lexicon = lexicon
        self._index = index

    @cached_property
    def strange(self) -> frozenset[int]:
        """The places of words that may be others misspelt: no entry has them, and they negate nothing."""
        told = (f for f in self._reading.features if f.likeness == 1 and self._index.knows(f.name))
        known = {letter for f in told for letter in range(f.start, f.end)}
        return frozenset(
            place
            for place, span in enumerate(self.spans)
            if known.isdisjoint(range(*span)) and not self._denies(self.words[place])
        )

    def list_names(self, places: Iterable[int]) -> frozenset[str]:
        """Return the features that begin in words of the text."""
        letters = self._list_letters(places)
        return frozenset(f.name for f in self._reading.features if f.start in letters)

    def list_told(self, found: Alignment) -> list[Feature]:
        """Return what a text says in a string's place but for its slots, and the negators right before it."""
        first, last = self.spans[max(0, found.start - DENIED_REACH)][0], self.spans[found.end - 1][1]
        start, filled = self.spans[found.start][0], self._list_letters(found.fills)
        stops = _STOP.finditer(self._reading.text.folded, first, start)
        begin = max((stop.end() for stop in stops), default=first)
        return [
            one
            for one in self._reading.features
            if (start <= one.start < last and one.start not in filled)
            or (one.name == NOT and begin <= one.start < start)
        ]

    def _denies(self, word: str) -> bool:
        sense = self._lexicon.latin.get(word) or self._lexicon.han.get(word)
        return sense is not None and sense.sort == "negator"

    def _list_letters(self, places: Iterable[int]) -> set[int]:
        return {letter for place in places for letter in range(*self.spans[place])}
