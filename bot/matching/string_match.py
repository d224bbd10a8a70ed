"""Strings that stand in a text word for word and in order: slots filled, cut short, or with a slip.

Words count here as they are written. A text that leaves out or adds a negation of a string is never that
string. The numbers were set on messages with slots that nobody wrote phrases for (bench/unseen.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from bot.matching.features import ABSENT, REACH, Feature, agrees, read_features
from bot.matching.index import Index
from bot.matching.lexicon import NOT
from bot.matching.reading import Reading
from bot.matching.score import Measures
from bot.matching.search_string import SearchString
from bot.matching.template import Template, may_have_slots, read_template, weigh_word
from bot.matching.text import read

FEWEST = 0.4  # the part of a string's words that a text must have
LEAST = 75.0  # the score below which a string isn't there
TELLING = 4  # weight of the words that must be there: two Latin words, or four Chinese characters
LONG_TITLE = 8  # weight of a title's words from which it is held against texts as messages are
CUT = 0.12  # what a word beyond the end of a text that was cut short costs, of its weight
WORDS_A_FAULT = 12  # words there for which one more of them may have a slip, be missing or be too many
SHORTEST_SLIP, LONG_WORD = 3, 8  # letters of a word that may have a slip, and of one that may have two
LONGEST_FILL = 12  # words that fill a slot at most
DENIED_REACH = 2  # features between a negator and the string that it denies
ROUNDS = 3  # how often stray words before and behind a string are left out and the rest is aligned anew

Pairs = Sequence[tuple[int, int]]
"""Words that are the same, in reading order: place in the string, place in the text."""


class StringMatch(NamedTuple):
    """A string that stands in a text, [start, end) in folded characters; `score` is 0 to 100.

    `names` are the string's features there; `slots` are the spans of the words that fill its slots, `weight`
    is that of its own words. `missing`, `slips` and `cut` are the parts (0-1) of the string that are not
    there, misspelt, or beyond an end of the text; `extra` is the part of words too many. `is_part` tells that
    the text is nothing but a beginning or an end of the string, and more than a thing's name; `is_turned`
    that it leaves out a negation of the string or adds one.
    """

    unit: SearchString
    score: float
    start: int
    end: int
    names: frozenset[str]
    slots: tuple[tuple[int, int], ...]
    weight: float
    missing: float
    slips: float
    cut: float
    is_part: bool
    extra: float
    is_turned: bool

    @property
    def is_in_order(self) -> bool:
        """Say whether what is there of the string is there word for word."""
        return not (self.missing or self.slips or self.extra)

    @property
    def is_whole(self) -> bool:
        """Say whether all the string is there, word for word."""
        return self.is_in_order and not (self.cut or self.is_turned)

    @property
    def is_quoted(self) -> bool:
        """Say whether it is all of a message, or of what a program fills."""
        return self.is_whole and (self.unit.origin == "message" or bool(read_template(self.unit.text).slots))

    def fills(self, place: int) -> bool:
        """Say whether a folded position lies in what fills a slot of all of it, behind its first word."""
        is_filled = any(start <= place < end for start, end in self.slots)
        return self.is_quoted and is_filled and place > self.start

    def add_to(self, measures: Measures) -> Measures:
        """Return the measures of its stretch with those of how it stands there.

        What is but a part of the string has nothing against it: its letters tell how much of it is there.
        """
        return measures._replace(
            missing=self.missing,
            slips=self.slips,
            inside=self.extra,
            cut=0.0 if self.is_part else self.cut,
            contradicted=float(self.is_turned),
        )


class WordedText:
    """The words of a stretch of a text, for strings that may stand there."""

    def __init__(self, reading: Reading, index: Index, start: int = 0, end: int | None = None) -> None:
        """Take the words of [start, end) of the folded text, by default all of it."""
        first = bisect_left(reading.words, start, key=re.Match.start)
        last = None if end is None else bisect_left(reading.words, end, first, key=re.Match.start)
        found = reading.words[first:last]
        self.words = [word[0] for word in found]
        self._spans = [word.span() for word in found]
        self._said = frozenset(self.words)
        self._reading = reading
        self._index = index

    def find(self, units: Iterable[SearchString]) -> Iterator[StringMatch]:
        """Yield those of the units whose string stands there, or would but for a negator."""
        for unit in filter(may_be_pasted, units) if self.words else ():
            template = read_template(unit.text)
            fewest = FEWEST * len(template.words)
            if sum(map(self._said.__contains__, template.words)) < fewest:  # a glance that most don't pass
                continue
            if LCSseq.similarity(template.words, self.words) >= fewest:
                pairs = self._align(template)
                found = self._measure(unit, template, pairs) if pairs else None
                if found:
                    yield found

    def _align(self, template: Template) -> Pairs:
        """Return the words that are worth most as one stretch, most of what lies between them left out."""
        first, last = 0, len(self.words)
        for _ in range(ROUNDS):
            blocks = LCSseq.editops(template.words, self.words[first:last]).as_matching_blocks()
            pairs = [(b.a + number, first + b.b + number) for b in blocks for number in range(b.size)]
            most, chosen, worth, begin = 0.0, (0, 0), 0.0, 0
            for number, (due, place) in enumerate(pairs):
                if number:
                    worth -= self._weigh_gap(template, pairs[number - 1], (due, place))
                if worth <= 0:
                    worth, begin = 0.0, number
                worth += template.weights[due]
                if worth > most:
                    most, chosen = worth, (begin, number + 1)
            if chosen == (0, len(pairs)):
                break
            first = pairs[chosen[0] - 1][1] + 1 if chosen[0] else first
            last = pairs[chosen[1]][1] if chosen[1] < len(pairs) else last
        return pairs[slice(*chosen)]

    def _weigh_gap(self, template: Template, one: tuple[int, int], other: tuple[int, int]) -> float:
        """Return half of what lies between two words: of the string or of the text, whichever is more."""
        missing = sum(template.weights[one[0] + 1 : other[0]])
        said = range(one[1] + 1, other[1])
        extra = said[LONGEST_FILL:] if template.has_slot(one[0], other[0]) else said
        return max(missing, self._weigh(extra)) / 2

    def _measure(self, unit: SearchString, template: Template, pairs: Pairs) -> StringMatch | None:
        weights = template.weights
        lost, misspelt, beyond = set[int](), set[int](), set[int]()  # places of the string
        places, fills, extra, outside = {place for _, place in pairs}, set[int](), set[int](), set[int]()
        is_apart = False  # another word stands where the string begins or ends
        edges = ((-1, -1), *pairs, (len(weights), len(self.words)))
        for number, (one, other) in enumerate(pairwise(edges)):
            due, said = set(range(one[0] + 1, other[0])), set(range(one[1] + 1, other[1]))
            if not (due or said):
                continue
            side = -1 if not number else number == len(pairs)
            # At an edge only a slot beside a word that is there counts.
            has_slot = template.has_slot(
                other[0] - 1 if side < 0 else one[0], one[0] + 1 if side > 0 else other[0]
            )
            reach = len(due) + (LONGEST_FILL if has_slot else 0)
            near = sorted(said)[-reach:] if side < 0 else sorted(said)[:reach] if side else sorted(said)
            for meant, place in self._find_slips(unit, template, sorted(due), near):
                misspelt.add(meant)
                due.remove(meant)
                said.remove(place)
                places.add(place)
            is_end = bool(side) and (not said or (has_slot and len(said) <= LONGEST_FILL))
            is_apart = is_apart or bool(side and due and not is_end)
            (beyond if is_end else lost).update(due)
            (fills if has_slot and (is_end or not side) else outside if side else extra).update(said)
        cut = sum(weights[place] for place in beyond)
        missing, slips = sum(weights[place] for place in lost), sum(weights[place] for place in misspelt)
        worth = sum(weights[due] for due, _ in pairs) + slips / 2
        cost = missing + slips / 2 + CUT * cut + self._weigh(extra)
        cost += self._weigh(outside) / 2 if cut else 0
        score = 100 * worth / (worth + cost)
        weight = self._weigh(places)
        faults = len(misspelt) + max(len(lost), len(extra))
        is_close = not is_apart and faults <= (0 if cut else 1 + len(places) // WORDS_A_FAULT)
        if score < LEAST or weight < TELLING:
            return None
        start, end = self._spans[min(places)][0], self._spans[max(places)][1]
        filled = [self._spans[place] for place in sorted(fills)]
        denied, inside = self._list_told(start, end)
        inside = [one for one in inside if not any(a < one.end <= b for a, b in filled)]
        # What stands there word for word says what the string does, also where a line's end parts it.
        may_differ = denied or faults or cut or filled
        told = [*denied, *inside, *self._list_denied_behind(template, beyond, pairs)]
        is_turned = bool(may_differ) and not unit.is_verbatim and not agrees(told, unit)
        if not (is_close or (is_turned and not cut)):
            return None
        names = frozenset(one.name for one in inside if one.name in unit.features)
        is_part = not outside and (0 in beyond) != (len(weights) - 1 in beyond)
        return StringMatch(
            unit=unit,
            score=score,
            start=start,
            end=end,
            names=names,
            slots=tuple(filled),
            weight=weight,
            missing=missing / sum(weights),
            slips=slips / sum(weights),
            cut=cut / sum(weights),
            is_part=is_part and (weight > TELLING or not unit.core or not unit.core.isdisjoint(names)),
            extra=len(extra) / (len(extra) + len(places)),
            is_turned=is_turned,
        )

    def _find_slips(
        self, unit: SearchString, template: Template, due: Iterable[int], near: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """Yield the words of a gap that are the string's with a slip: place in the string, in the text."""
        for meant in due:
            for number, place in enumerate(near):
                told = self._told[place]
                may_slip = told <= unit.meaning if len(template.words[meant]) > 1 else not told
                if may_slip and _is_alike(self.words[place], template.words[meant]):
                    yield meant, place
                    near = near[number + 1 :]
                    break

    @cached_property
    def _told(self) -> list[set[tuple[str, int]]]:
        """What each word is surely known to say, alone or with others: it is no other word misspelt."""
        told: list[set[tuple[str, int]]] = [set() for _ in self.words]
        for one in self._reading.features:
            if one.likeness == 1 and (one.sign or self._index.knows(one.name)):
                first = bisect_left(self._spans, one.start + 1, key=lambda span: span[1])
                last = bisect_left(self._spans, one.end, key=lambda span: span[0])
                for place in range(first, last):
                    told[place].add((one.name, one.sign))
        return told

    def _list_told(self, start: int, end: int) -> tuple[list[Feature], Sequence[Feature]]:
        """Return what a negator before a stretch denies, in its clause, and what the stretch says."""
        features = self._reading.features
        first, last = (bisect_left(features, place, key=lambda one: one.start) for place in (start, end))
        near = features[max(0, first - REACH) : first] if first < last else ()
        denied = [
            one
            for number, one in enumerate(reversed(near))
            if one.end > start  # a term that is turned begins where its negator does
            or (number < DENIED_REACH and one.name in {NOT, ABSENT} and one.is_close(features[first]))
        ]
        return denied, features[first:last]

    def _list_denied_behind(
        self, template: Template, beyond: Iterable[int], pairs: Pairs
    ) -> Sequence[Feature]:
        """Return what a string denies beyond the end of a text, which doesn't leave that out."""
        words = [template.words[place] for place in sorted(beyond) if place > pairs[-1][0]]
        behind = read_features(read(" ".join(words)), self._reading.lexicon) if words else ()
        return [one for one in behind if one.sign < 0]

    def _weigh(self, places: Iterable[int]) -> int:
        return sum(weigh_word(self.words[place]) for place in places)


def may_be_pasted(unit: SearchString) -> bool:
    """Say whether a string is likely a program's, or as long as one: what people worded they word anew."""
    if unit.origin == "message":
        return True
    if unit.origin == "phrase" and not may_have_slots(unit.text):  # most are; their words needn't be read
        return False
    template = read_template(unit.text)
    return bool(template.slots) or (unit.origin == "title" and sum(template.weights) >= LONG_TITLE)


def _is_alike(said: str, due: str) -> bool:
    """Say whether a word looks like another one with a slip; of two single Chinese characters any does."""
    if len(due) == 1:
        return len(said) == 1 and not said.isascii() and not due.isascii()
    allowed = 2 if len(due) >= LONG_WORD else 1
    return len(due) >= SHORTEST_SLIP and OSA.distance(said, due, score_cutoff=allowed) <= allowed
