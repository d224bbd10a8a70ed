"""Finds strings by their sound: in pinyin, by its initials, or in characters that sound alike.

A string is found as a whole, as a statement of its own; words that sound like others are slips.py's part.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.matching.index import Index
from bot.matching.lexicon import Lexicon
from bot.matching.pinyin import LONGEST_TYPED, find_initials, join_sounds, read_syllables, sound_out
from bot.matching.reading import Reading
from bot.matching.search_string import SearchString
from bot.matching.text import HAN

SHORTEST, LONGEST = 4, 120  # characters of a statement that is looked up
MOST = 16  # strings of one sound that are looked at; more than five entries are no answer
LIKELY = 15  # initials are as unforeseen as one of so many letters (2 to the entropy of a pack's)


class SoundFinder:
    """Finds units by their sound."""

    def __init__(self, lexicon: Lexicon, index: Index) -> None:
        self._lexicon = lexicon
        self._index = index

    def find(self, reading: Reading) -> Iterator[tuple[SearchString, int, int]]:
        """Yield the units that a text states by their sound, each with its place [start, end).

        Characters that sound alike must deny the same: 为 is not 未.
        """
        folded = reading.text.folded
        if len(folded) > LONGEST_TYPED:
            return
        sounds, typed = sound_out(folded), set()
        for one in read_syllables(reading.text, self._lexicon.is_english):
            if one.said:
                sounds[one.start : one.end] = [one.said, *[""] * (one.end - one.start - 1)]
                typed.add(one.start)
        for start, end in _list_stretches(reading):
            said = folded[start:end]
            is_typed = not typed.isdisjoint(range(start, end))
            for unit in self._find_whole(join_sounds(said, sounds[start:end]), reading):
                if is_typed or (HAN.search(said) and self._denies(said) == self._denies(unit.folded)):
                    yield unit, start, end
        for start, end, letters in find_initials(reading.text, self._lexicon.knows):
            if len(self._index) < LIKELY ** (len(letters) - 1):
                yield from ((unit, start, end) for unit in self._find_whole(letters, reading))

    def _denies(self, written: str) -> list[str]:
        return [letter for letter in written if letter in self._lexicon.negating_letters]

    def _find_whole(self, said: str, reading: Reading) -> list[SearchString]:
        return self._index.find_whole(said, MOST, reading.packs)


def _list_stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where statements stand, and where they do without the chatter that they begin with."""
    for one in reading.statements:
        first = next((f.start for f in reading.features if one.start <= f.start < one.end), one.start)
        for start in dict.fromkeys((one.start, first)):
            if SHORTEST <= one.end - start <= LONGEST:
                yield start, one.end
