"""Finds strings by their letters: stated as they are, misspelt, with look-alike characters, or turned round.

What a text means by its words is measures.py's part; what it denies is features.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.matching.features import Feature, agrees
from bot.matching.index import Index
from bot.matching.lexicon import LATIN_WORD
from bot.matching.reading import Reader, Reading
from bot.matching.search_string import SearchString
from bot.matching.slips import read_lookalikes
from bot.matching.statements import Statement
from bot.matching.text import HAN

SHORTEST_WORDS, SHORTEST_HAN = 2, 3  # of a string that is meant wherever it stands: "error" is no such one
SHORTEST, LONGEST = 4, 120  # characters of a statement: below that too much is one letter away
FAR = 45.0  # half of a text that was turned round still stands in order
SPELT, NEAREST_SPELT = 48, 8  # strings that are found by their letters, and how many of them are compared
CUTOFF, KNOWN_CUTOFF = 0.74, 0.9  # how alike one must be, and where every word of the statement is known
WORD_LIKENESS = 65.0  # how alike an unknown word and one of the string must be
ALIKE, STRANGER = 0.5, 0.5  # of a wrong letter, what one that looks right costs, and a strange one beyond it
ROUND = 4.0  # points that another order costs
SAME_LETTERS = 85.0  # how alike the letters must be, whatever their order


class Spelt(NamedTuple):
    """A string that a statement spells, [start, end) in folded characters, and how alike they are (0-1).

    `is_whole` tells that it has the very letters, in this order or turned round.
    """

    unit: SearchString
    likeness: float
    start: int
    end: int
    is_whole: bool


class Speller:
    """Finds units by their letters."""

    def __init__(self, reader: Reader, index: Index) -> None:
        self._reader = reader
        self._index = index
        self._negating = reader.lexicon.negating_letters

    def look_up(self, reading: Reading) -> list[tuple[Statement, list[SearchString]]]:
        """Return the statements of a text, each with the units that share rare runs of letters with it."""
        return [
            (statement, self._index.find_spelt(statement.said, SPELT, reading.packs))
            for statement in reading.statements
            if SHORTEST <= len(statement.said) <= LONGEST
        ]

    def find_misspelt(
        self, reading: Reading, found: Iterable[tuple[Statement, Sequence[SearchString]]]
    ) -> Iterator[Spelt]:
        """Yield those of the units looked up that are spelt much like a statement, and deny what it denies.

        Where every word of the statement is known, little else than their order may be wrong.
        """
        for statement, units in found:
            inside = [f for f in reading.features if statement.start <= f.start < statement.end]
            if not inside:
                continue
            is_known = all(f.likeness == 1.0 and self._index.knows(f.name) for f in inside)
            bare = list(_drop_chatter(statement, inside))[-1]
            strings = [unit.folded for unit in units]
            near = process.extract(
                statement.said, strings, scorer=fuzz.ratio, score_cutoff=FAR, limit=NEAREST_SPELT
            )
            for unit in (units[number] for _, _, number in near):
                likeness = max(compare(said, unit.folded, self._negating) for said in {statement.said, bare})
                if likeness < (KNOWN_CUTOFF if is_known else CUTOFF):
                    continue
                is_whole = _is_in_other_order(statement.said, unit.folded)
                if is_whole or (agrees(inside, unit) and self._may_be_misspelt(inside, unit)):
                    yield Spelt(unit, likeness, statement.start, statement.end, is_whole)

    def _may_be_misspelt(self, features: Iterable[Feature], unit: SearchString) -> bool:
        """Say whether a clause may be the unit misspelt: every feature is the unit's or looks like one of it.

        "file not found" is not "device not found", and 设备校准失败 not 设备校验失败.
        """
        words = LATIN_WORD.findall(unit.folded)
        return all(self._looks_alike(feature, unit, words) for feature in features)

    def _looks_alike(self, feature: Feature, unit: SearchString, words: Iterable[str]) -> bool:
        if feature.name in unit.features:
            return True
        if self._reader.is_term(feature.name):
            return feature.likeness < 1
        if HAN.match(feature.name):
            return feature.name not in self._reader.plain_words
        if self._index.knows(feature.name):
            return True
        return any(fuzz.ratio(feature.name, word) >= WORD_LIKENESS for word in words)


def compare(said: str, meant: str, negating: str = "") -> float:
    """Return how alike a statement and a string are written (0-1), in this order or turned round.

    `negating` are letters that are never taken for others that look like them.

    >>> compare("设备不在线", "设备不在线"), compare("不在线设备", "设备不在线")
    (1.0, 0.96)
    """
    meant = meant.replace(",", " ")  # as join_statements() has it, if not with as few blanks
    mended = _mend(said, meant, negating) if HAN.search(said) else said
    strange = sum(bool(HAN.match(letter)) and letter not in meant for letter in mended)
    replaced = sum(one != other for one, other in zip(said, mended, strict=True))
    likeness = fuzz.ratio(mended, meant)
    if likeness < 100 - ROUND and fuzz.ratio(sorted(mended), sorted(meant)) >= SAME_LETTERS:
        turned = (fuzz.ratio(mended, other) - ROUND for other in _turn(meant))
        likeness = max(likeness, max(turned, default=0.0))
    return likeness / 100 - (ALIKE * replaced + STRANGER * max(0, strange - 1)) / max(1, len(meant))


def _mend(said: str, meant: str, negating: str) -> str:
    """Return a statement with the letters of a string in the place of those that look like them."""
    letters = set(meant)
    return "".join(
        letter
        if letter in letters or letter in negating
        else next((other for other in read_lookalikes().get(letter, "") if other in letters), letter)
        for letter in said
    )


def _turn(meant: str) -> Iterator[str]:
    """Yield a string with its latter part first: parted between words, or Chinese characters."""
    for place in range(1, len(meant)):
        if meant[place] == " " or HAN.match(meant[place]):
            gap = " " if meant[place] == " " else ""
            yield meant[place:].strip() + gap + meant[:place].strip()


def _is_in_other_order(said: str, meant: str) -> bool:
    """Say whether a statement has the very letters of a string, which deny the same in any order."""
    return said != meant and _is_telling(said) and sorted(said) == sorted(meant)


def _is_telling(said: str) -> bool:
    """Say whether a string tells enough to be meant wherever it stands."""
    return len(HAN.findall(said)) >= SHORTEST_HAN or said.count(" ") + 1 >= SHORTEST_WORDS


def _drop_chatter(statement: Statement, features: Sequence[Feature]) -> Iterator[str]:
    """Yield what a statement says, as a whole, and from each word on as long as that drops mere chatter."""
    said, start = statement.said, statement.start
    first = min((f.start - start for f in features if start <= f.start < statement.end), default=0)
    for place in range(min(first, len(said) - 1) + 1):
        if not place or said[place - 1] == " " or HAN.match(said[place]):
            yield said[place:]
