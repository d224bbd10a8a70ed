"""API messages that stand in a post: those distinctive enough to be a sign by themselves.

Rule (c) of docs/matching.md. Whether the segment they stand in speaks against them is
decided in words_in_posts.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Scope
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.lexicon import LATIN_WORD
from bot.matching.polarity import agrees
from bot.matching.search_string import SearchString
from bot.matching.segments import Segment, find_broken
from bot.matching.text import Text, read
from bot.matching.wording import find_places, is_latin

LONG = 7  # words that make it one also with a word misspelt, where none of them is the platform's
SHORTEST_SLIP = 4  # letters of a word that may be misspelt: "not" and "now" are two words
VERBATIM = 93.0  # rapidfuzz's partial ratio from which a message stands there but for a letter or two
LONGEST_SEGMENT = 400  # characters of a segment that is searched for messages with a slip
MOST_SEGMENTS = 20  # segments that are searched for them: bounds the work on a long post
MOST_FOUND = 48  # messages that are looked for in a stretch of a post, as many as spellings in candidates.py


class Quote(NamedTuple):
    """A message, and where it stands, in folded characters."""

    unit: SearchString
    start: int
    end: int


_ByWord = dict[str, list[tuple[SearchString, list[str], int]]]


class QuoteReader:
    """Reads the distinctive messages of the packs' entries, as distinctive.py chose them."""

    def __init__(
        self,
        index: Index,
        find_evidence: Callable[[Pack, str], str | None],
        read_features: Callable[[Text], list[Feature]],
    ) -> None:
        """Find the messages by the index; `find_evidence` tells those with a word of the platform."""
        self._index = index
        self._find_evidence = find_evidence
        self._read_features = read_features

    def find_messages(self, text: Text, packs: Scope = None) -> list[SearchString]:
        """Return the messages that may stand in a text, in the order of the knowledge."""
        return self._index.find_quoted(text.folded, MOST_FOUND, packs)

    def read_quotes(
        self, pack: Pack, found: Iterable[SearchString], text: Text, segments: Sequence[Segment]
    ) -> Iterator[Quote]:
        """Yield the pack's messages among those found that stand in a text.

        Long ones and the platform's are also read with a slip, in segments where they don't stand as are.
        """
        units = [unit for unit in found if unit.pack == pack.id]
        if not units:
            return
        near = [unit for unit in units if self._find_evidence(pack, unit.folded)]
        others = [unit for unit in units if unit not in near]
        verbatim = [
            Quote(unit, start, start + len(unit.folded))
            for unit in (*near, *others)
            for start in islice(find_places(text.folded, unit.folded), MOST_SEGMENTS)
        ]
        verbatim += [
            Quote(unit, start, segment.end)
            for segment in segments[:MOST_SEGMENTS]
            if "\n" in text.folded[segment.start : segment.end].strip()
            for unit in (*near, *others)
            if (start := find_broken(text.folded, unit.folded, segment.start, segment.end)) is not None
            and not any(quote.start == start for quote in verbatim)
        ]
        yield from verbatim
        longest = [unit for unit in others if len(LATIN_WORD.findall(unit.folded)) >= LONG]
        for segment in segments[:MOST_SEGMENTS]:
            if segment.end - segment.start <= LONGEST_SEGMENT:
                there = {quote.unit.number for quote in verbatim if segment.holds(quote.start)}
                slipped = [unit for unit in near if unit.number not in there]
                yield from self._read_near(slipped, text, segment)
                slipped.extend(unit for unit in longest if unit.number not in there)
                yield from self._read_misspelt(slipped, text, segment)

    def _read_near(self, units: Sequence[SearchString], text: Text, segment: Segment) -> Iterator[Quote]:
        """Yield the messages that stand in a segment but for a letter or two, with the same polarity."""
        said = text.folded[segment.start : segment.end]
        messages = [unit.folded for unit in units]
        for _, _, number in process.extract(said, messages, scorer=fuzz.partial_ratio, score_cutoff=VERBATIM):
            unit = units[number]
            found = fuzz.partial_ratio_alignment(unit.folded, said)
            if found is None or found.dest_end - found.dest_start < len(unit.folded) - 2:
                continue
            start, end = _whole_words(said, found.dest_start, found.dest_end)
            if fuzz.ratio(said[start:end], unit.folded) < VERBATIM:
                continue
            if agrees(self._read_features(read(said[start:end])), unit):
                yield Quote(unit, segment.start + start, segment.start + end)

    def _read_misspelt(self, units: Sequence[SearchString], text: Text, segment: Segment) -> Iterator[Quote]:
        """Yield the messages that stand in a segment word for word, one of the words with a slip.

        One of the first two words stands there as it is: they tell where the message can begin.
        """
        by_word = _by_word(units)
        found = list(LATIN_WORD.finditer(text.folded, segment.start, segment.end)) if by_word else []
        for place, word in enumerate(found):
            for unit, meant, ahead in by_word.get(word[0], ()):
                window = found[max(0, place - ahead) : place - ahead + len(meant)]
                said = [each[0] for each in window]
                if len(said) != len(meant):
                    continue
                slips = [pair for pair in zip(said, meant, strict=True) if pair[0] != pair[1]]
                if len(slips) == 1 and self._is_slip(*slips[0]) and _are_apart_by_blanks(window):
                    yield Quote(unit, window[0].start(), window[-1].end())

    def _is_slip(self, said: str, due: str) -> bool:
        """Say whether a word is another one misspelt, and not one that says something else (found: bound)."""
        if min(len(said), len(due)) < SHORTEST_SLIP or OSA.distance(said, due, score_cutoff=1) > 1:
            return False
        polarity, due_polarity = (
            {(feature.name, feature.sign) for feature in self._read_features(read(word)) if feature.sign}
            for word in (said, due)
        )
        return not polarity or polarity == due_polarity


def _by_word(units: Iterable[SearchString]) -> _ByWord:
    """Return the messages by each of their first two words, with how far into the message it stands."""
    by_word: _ByWord = {}
    for unit in units:
        words = LATIN_WORD.findall(unit.folded)
        for ahead, word in enumerate(words[:2]):
            by_word.setdefault(word, []).append((unit, words, ahead))
    return by_word


def _are_apart_by_blanks(words: Sequence[re.Match[str]]) -> bool:
    """Say whether nothing but blanks and hyphens stands between words of one line."""
    return all(
        not before.string[before.end() : behind.start()].strip(" -") for before, behind in pairwise(words)
    )


def _whole_words(said: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span so that it cuts no Latin word in two."""
    while start and is_latin(said[start - 1]) and is_latin(said[start]):
        start -= 1
    while end < len(said) and is_latin(said[end]) and is_latin(said[end - 1]):
        end += 1
    return start, end
