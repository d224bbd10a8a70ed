"""Finds whole strings by how a statement is written: misspelt, turned round, or by its sound.

What a text means by its words is weighed_text.py's part; Chinese words with slips are slips.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.matching.features import Feature, agrees
from bot.matching.index import Index
from bot.matching.lexicon import LETTERS_A_SLIP
from bot.matching.pinyin import find_initials, join_sounds, read_syllables, sound_out
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.search_string import SearchString
from bot.matching.slips import read_lookalikes
from bot.matching.statements import Statement, join_statements
from bot.matching.template import split_words
from bot.matching.text import HAN, LONGEST_TYPED

LONGEST = 120  # characters of a statement; of a short one too much is one letter away
SPELT, NEAREST = 48, 8  # strings that share letters with a statement, and how many of them are compared
CUTOFF, CLOSE = 0.74, 0.9  # how alike one must be; and where every word is known
WORD_LIKENESS = 65.0  # how alike an unknown word and one of the string must be
MOST_SOUNDED = 16  # strings of one sound that are looked at; more than five entries are no answer
LIKELY_INITIALS = 15  # initials are as unforeseen as one of so many letters (2 to the entropy of a pack's)

LookedUp = Sequence[tuple[Statement, Sequence[SearchString]]]
"""Statements, each with the strings that share letters with it."""


class Spelt(NamedTuple):
    """A string that a statement spells, [start, end) in folded characters, and how alike they are (0-1)."""

    unit: SearchString
    likeness: float
    start: int
    end: int


class Speller:
    """Finds units by their letters and by their sound."""

    def __init__(self, reader: Reader, index: Index) -> None:
        self._reader = reader
        self._lexicon = reader.lexicon
        self._index = index

    def look_up(self, reading: Reading) -> LookedUp:
        """Return the statements of a text, each with the units that share rare runs of letters with it."""
        return [
            (statement, self._index.find_spelt(statement.said, SPELT, reading.packs))
            for statement in reading.statements
            if LETTERS_A_SLIP <= len(statement.said) <= LONGEST
        ]

    def find_misspelt(self, reading: Reading, looked_up: LookedUp) -> Iterator[Spelt]:
        """Yield those of the units looked up that are spelt much like a statement, and deny what it denies.

        Only the nearest ones may be meant; where every word of the statement is known, little else than their
        order may be wrong.
        """
        for (said, start, end), units in looked_up:
            inside = features_between(reading.features, start, end)
            if not inside:
                continue
            is_known = all(one.likeness == 1 and self._index.knows(one.name) for one in inside)
            bare = said[max(0, inside[0].start - start) :]  # without the chatter it begins with
            near = process.extract(said, [unit.folded for unit in units], scorer=fuzz.ratio, limit=NEAREST)
            alike = [
                Spelt(units[number], max(compare(each, meant) for each in {said, bare}), start, end)
                for meant, _, number in near
            ]
            most = max((one.likeness for one in alike), default=0.0)
            is_close = not is_known and most >= CLOSE
            if most >= (CLOSE if is_known else CUTOFF):
                nearest = [one for one in alike if one.likeness == most]
                meant = [one for one in nearest if self._is_meant(one, said, inside, reading, is_close)]
                yield from _tell_apart(said, meant)

    def _is_meant(
        self, one: Spelt, said: str, inside: Sequence[Feature], reading: Reading, is_close: bool
    ) -> bool:
        """Say whether a statement denies what a string does, and says nothing that is surely not of it.

        操作了 is not 操作不了 with a slip, nor "file not found" "device not found". Where the rest
        `is_close`, the denial may be misspelt: "filed" for "failed".
        """
        unit = one.unit
        if sorted(said) == sorted(unit.folded):
            return True  # the same letters deny the same in any order
        if len(self._lexicon.list_negators(said)) != len(self._lexicon.list_negators(unit.folded)):
            return False
        meant = [word[0] for word in split_words(unit.folded)]
        return (is_close or agrees(inside, unit)) and all(
            unit.features[feature.name] * feature.sign >= 0
            if feature.name in unit.features
            else self._may_be_slip(feature, unit, meant, reading)
            for feature in inside
        )

    def _may_be_slip(
        self, feature: Feature, unit: SearchString, meant: Sequence[str], reading: Reading
    ) -> bool:
        """Say whether a feature is Chinese with a slip, or words each of which is like one that is meant."""
        if HAN.match(feature.name):  # of a slip in two characters one is right, or both look so
            is_other = len(feature.name) > 1 and set(_mend(feature.name, unit.folded)).isdisjoint(unit.folded)
            return not is_other and feature.name not in self._reader.plain_words
        is_sure = feature.likeness == 1 and self._reader.is_term(feature.name)
        return all(
            word in meant
            or (
                not is_sure and process.extractOne(word, meant, scorer=fuzz.ratio, score_cutoff=WORD_LIKENESS)
            )
            for word in reading.list_words(feature.start, feature.end)
        )

    def find_sounded(self, reading: Reading) -> Iterator[tuple[SearchString, int, int]]:
        """Yield the units that a text states by their sound, each with its place [start, end).

        In pinyin, by its initials, or in characters that sound so and deny the same: 为 is not 未.
        """
        folded = reading.text.folded
        if len(folded) > LONGEST_TYPED:
            return
        typed = [one for one in read_syllables(reading.text, self._lexicon.is_english) if one.said]
        for start, end in _list_stretches(reading):
            said, sounds = folded[start:end], sound_out(folded[start:end])
            pinyin = [one for one in typed if start <= one.start < end]
            for one in pinyin:
                sounds[one.start - start : one.end - start] = [one.said, *[""] * (one.end - one.start - 1)]
            if pinyin or HAN.search(said):
                for unit in self._find_whole(join_statements(join_sounds(said, sounds)), reading):
                    negators = map(self._lexicon.list_negators, (said, unit.folded))
                    if pinyin or next(negators) == next(negators):
                        yield unit, start, end
        for start, end, letters in find_initials(reading.text, self._lexicon.knows):
            if len(self._index) < LIKELY_INITIALS ** (len(letters) - 1):
                yield from ((unit, start, end) for unit in self._find_whole(letters, reading))

    def _find_whole(self, said: str, reading: Reading) -> list[SearchString]:
        return self._index.find_whole(said, MOST_SOUNDED, reading.packs)


def _tell_apart(said: str, found: Sequence[Spelt]) -> Sequence[Spelt]:
    """Return what a statement spells; where that has several meanings, what sounds like it."""
    if len({one.unit.meaning for one in found}) < 2 or len({one.unit.entry_id for one in found}) < 2:
        return found
    return [one for one in found if _blur(one.unit.folded) == _blur(said)]


def _blur(written: str) -> str:
    """Return how a text sounds to those who tell no zh from z, and no ng from n."""
    return re.sub("(?<=[zcs])h|(?<=n)g", "", " ".join(sound_out(written)))


def compare(said: str, meant: str) -> float:
    """Return how alike a statement and a string are written (0-1), in this order or turned round.

    A letter that looks like the right one is half of it.

    >>> compare("设备不在线", "设备不在线"), compare("不在线设备", "设备不在线")
    (1.0, 1.0)
    """
    meant = meant.replace(",", " ")  # as join_statements() has it, if not with as few blanks
    twice = f"{meant} {meant}" if " " in meant else meant * 2
    likeness = _compare(said, meant, twice)
    mended = _mend(said, meant) if HAN.search(said) else said
    return (likeness + (likeness if mended == said else _compare(mended, meant, twice))) / 2 / 100


def _compare(said: str, meant: str, twice: str) -> float:
    """Return how alike they are, 0-100: what is turned round stands in the string written `twice`."""
    turned = min(fuzz.partial_ratio(said, twice), fuzz.ratio(sorted(said), sorted(meant)))
    return max(fuzz.ratio(said, meant), turned)


def _mend(said: str, meant: str) -> str:
    """Return a statement with the letters of a string in the place of those that look like them."""
    looks = read_lookalikes()
    return "".join(
        letter if letter in meant else next((one for one in looks.get(letter, "") if one in meant), letter)
        for letter in said
    )


def _list_stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where statements stand, and where they do without the chatter that they begin with."""
    for one in reading.statements:
        first = next((f.start for f in features_between(reading.features, one.start, one.end)), one.start)
        for start in dict.fromkeys((one.start, first)):
            if LETTERS_A_SLIP <= one.end - start <= LONGEST:
                yield start, one.end
