"""Which strings stand in a text as they are written: slots filled, cut short, or with a slip of the hand.

A text that leaves out or adds a negator of a message is never that message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.matching.alignment import Alignment, align
from bot.matching.index import Index
from bot.matching.lexicon import Lexicon
from bot.matching.reading import Reading
from bot.matching.search_string import SearchString
from bot.matching.template import may_have_slots, read_template, split_words, weigh_word

TELLING = 4
"""Weight of the words that a text must have of a string: two Latin words, or four Chinese characters."""

LEAST = 75.0
"""The score below which a string isn't there."""

ENOUGH, ENOUGH_CUT = 6.0, 8.0
"""Weight of words below which the score of a string, and of one cut short, is less in proportion: "is not"
stands in many texts."""

DENIED_REACH = 2
"""Words between a negator and the string that it denies."""

_QUOTES = "'\"`"
_STOP = re.compile(r"[.,:;()!?\n。、'\"]")


class StringMatch(NamedTuple):
    """A string that stands in a text, [start, end) in folded characters, with its score (0-100).

    `names` are the string's features there, `filled` those of what fills its slots; `slots` are the spans of
    the words that do. `is_turned` tells that the text leaves out a negator of the string or adds one: it is
    never to be taken for this string.
    """

    unit: SearchString
    alignment: Alignment
    score: float
    start: int
    end: int
    names: frozenset[str]
    filled: frozenset[str]
    slots: tuple[tuple[int, int], ...]
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

    def outdoes(self, other: StringMatch, lead: float) -> bool:
        """Say whether it has all the other one's words and more, and is there about as well."""
        one, two = self.alignment, other.alignment
        return two.places < one.places and one.score > two.score - lead

    def explains(self, names: frozenset[str], start: int, end: int) -> bool:
        """Say whether what a stretch of the text says is said by its words, or by what fills its slots."""
        return names <= self.names | self.filled and self.start <= start and end <= self.end


class StringMatchFinder:
    """Finds the strings of units in texts."""

    def __init__(self, lexicon: Lexicon, index: Index) -> None:
        self._lexicon = lexicon
        self._index = index

    def find(self, reading: Reading, units: Iterable[SearchString]) -> Iterator[StringMatch]:
        """Yield those of the units whose string stands in a text, or would but for a negator."""
        said = _Said(reading, self._lexicon, self._index)
        for unit in units:
            if not _may_be_pasted(unit):
                continue
            template = read_template(unit.text)
            found = align(template, said.words, said.strange)
            if found is None or found.score < LEAST:
                continue
            weight = sum(weigh_word(said.words[place]) for place in found.places)
            is_turned = not said.keeps_negators(found)
            may_be_meant = found.is_close and (found.is_in_order or said.keeps_polarity(found, unit))
            if weight < TELLING or not (may_be_meant or is_turned) or (is_turned and found.is_cut):
                continue
            enough = ENOUGH_CUT if found.is_cut else ENOUGH
            names, filled = said.list_names(found.places), said.list_names(found.fills)
            yield StringMatch(
                unit,
                found,
                found.score * min(1.0, weight / enough),
                said.spans[found.start][0],
                said.spans[found.end - 1][1],
                frozenset(names & unit.features.keys()),
                filled,
                tuple(said.spans[place] for place in sorted(found.fills)),
                is_turned,
            )


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

    def keeps_negators(self, found: Alignment) -> bool:
        """Say whether a text negates what a string negates and no more, as far as it holds the string."""
        lost = (*found.slips, *found.cut_before, *found.cut_behind[: int(found.is_torn)])
        if any(map(self._denies, lost)):
            return False
        if sum(map(self._denies, found.missing)) != sum(self._denies(self.words[p]) for p in found.extra):
            return False
        if any(self._negates(place, found) for place in found.fills if self._denies(self.words[place])):
            return False
        before = set(range(max(0, found.start - DENIED_REACH), found.start)) - found.fills
        return not any(self._denies(self.words[p]) and self._is_beside(p, found) for p in before)

    def keeps_polarity(self, found: Alignment, unit: SearchString) -> bool:
        """Say whether the polar terms that a text has of a string are the string's; all, unless it is cut."""
        first, last = self.spans[found.start][0], self.spans[found.end - 1][1]
        filled = self._list_letters(found.fills)
        told = {
            (f.name, f.sign)
            for f in self._reading.features
            if f.sign and first <= f.start < last and f.start not in filled
        }
        due = {(name, sign) for name, sign in unit.features.items() if sign}
        return told == due if found.missing and not found.is_cut else told <= due

    def _denies(self, word: str) -> bool:
        sense = self._lexicon.latin.get(word) or self._lexicon.han.get(word)
        return sense is not None and sense.sort == "negator"

    def _negates(self, place: int, found: Alignment) -> bool:
        """Say whether a negator in a slot stands there bare, and not in quotes ("no such file")."""
        before = max((p for p in found.places if p < place), default=None)
        first = self.spans[before][1] if before is not None else 0
        fill = self._reading.text.folded[first : self.spans[place][0]]
        return not any(fill.count(mark) % 2 for mark in _QUOTES) and fill.count("(") <= fill.count(")")

    def _is_beside(self, place: int, found: Alignment) -> bool:
        """Say whether nothing parts a word from the string behind it."""
        return not _STOP.search(self._reading.text.folded, self.spans[place][1], self.spans[found.start][0])

    def _list_letters(self, places: Iterable[int]) -> set[int]:
        return {letter for place in places for letter in range(*self.spans[place])}
