"""Finds whole strings by how a statement is written: misspelt, turned round, or by its sound.

What a text means by its words is weighed_text.py's part; Chinese words with slips are slips.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.matching.features import Feature, agrees
from bot.matching.index import Index
from bot.matching.lexicon import LATIN_WORD
from bot.matching.pinyin import find_initials, join_sounds, read_syllables, sound_out
from bot.matching.reading import Reader, Reading
from bot.matching.search_string import SearchString
from bot.matching.slips import read_lookalikes
from bot.matching.statements import Statement, join_statements
from bot.matching.template import split_words
from bot.matching.text import HAN, LONGEST_TYPED

SHORTEST, LONGEST = 4, 120  # characters of a statement: below that too much is one letter away
SHORTEST_HAN = 3  # Chinese characters, or two words, of a string that is meant whatever the order
SPELT, NEAREST = 48, 8  # strings that share letters with a statement, and how many of them are compared
FAR = 45.0  # half of a text that was turned round still stands in order
CUTOFF, CLOSE = 0.74, 0.9  # how alike one must be; and where every word is known, or a denial is misspelt
WORD_LIKENESS = 65.0  # how alike an unknown word and one of the string must be
ALIKE, STRANGER = 0.5, 0.5  # of a wrong letter, what one that looks right costs, and a strange one beyond it
ROUND = 4.0  # points that another order costs
SAME_LETTERS = 85.0  # how alike the letters must be, whatever their order
MOST_SOUNDED = 16  # strings of one sound that are looked at; more than five entries are no answer
LIKELY_INITIALS = 15  # initials are as unforeseen as one of so many letters (2 to the entropy of a pack's)

LookedUp = Sequence[tuple[Statement, Sequence[SearchString]]]
"""Statements, each with the strings that share letters with it."""


class Spelt(NamedTuple):
    """A string that a statement spells, [start, end) in folded characters, and how alike they are (0-1).

    `is_whole` tells that it has the very letters, turned round.
    """

    unit: SearchString
    likeness: float
    start: int
    end: int
    is_whole: bool


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
            if SHORTEST <= len(statement.said) <= LONGEST
        ]

    def find_misspelt(self, reading: Reading, looked_up: LookedUp) -> Iterator[Spelt]:
        """Yield those of the units looked up that are spelt much like a statement, and deny what it denies.

        Where every word of the statement is known, little else than their order may be wrong.
        """
        for (said, start, end), units in looked_up:
            inside = [feature for feature in reading.features if start <= feature.start < end]
            if not inside:
                continue
            is_known = all(f.likeness == 1.0 and self._index.knows(f.name) for f in inside)
            bare = said[max(0, inside[0].start - start) :]  # without the chatter it begins with
            strings = [unit.folded for unit in units]
            near = process.extract(said, strings, scorer=fuzz.ratio, score_cutoff=FAR, limit=NEAREST)
            negating = self._lexicon.negating_letters
            denials = _count_letters(said, negating)
            alike = {
                number: max(compare(each, strings[number], negating) for each in {said, bare})
                for _, _, number in near
            }
            found: list[Spelt] = []
            least = max(CLOSE if is_known else CUTOFF, max(alike.values(), default=0.0) - 0.5 / len(said))
            for unit, likeness in ((units[number], likeness) for number, likeness in alike.items()):
                if likeness < least:  # what is farther by a letter is not meant
                    continue
                if _count_letters(unit.folded, negating) != denials:  # 操作了 is not 操作不了 with a slip
                    continue
                is_whole = _is_turned_round(said, unit.folded)
                is_close = likeness >= CLOSE and not is_known
                if (
                    is_whole
                    or (agrees(inside, unit) and self._is_meant(inside, unit, reading))
                    or (is_close and self._is_near(said, inside, unit))
                ):
                    found.append(Spelt(unit, likeness, start, end, is_whole))
            yield from _tell_apart(said, found)

    def _is_meant(self, inside: Iterable[Feature], unit: SearchString, reading: Reading) -> bool:
        """Say whether all that a statement says is a string's or looks so, or is written like words of it.

        "file not found" is not "device not found", and 设备校准失败 not 设备校验失败.
        """
        meant = {word[0] for word in split_words(unit.folded)}
        return all(
            self._looks_alike(one, unit)
            or all(self._is_spelt_alike(word, meant) for word in reading.list_words(one.start, one.end))
            for one in inside
        )

    def _is_spelt_alike(self, written: str, meant: Iterable[str]) -> bool:
        """Say whether a word is one of those meant, or is unknown and may be one of them misspelt."""
        if written in meant or self._lexicon.knows(written):
            return written in meant
        return any(fuzz.ratio(written, word) >= WORD_LIKENESS for word in meant)

    def _is_near(self, said: str, inside: Sequence[Feature], unit: SearchString) -> bool:
        """Say whether a statement has a string's negators, and says nothing else than it but for one word.

        In that the denial may be misspelt: "filed" for "failed".
        """
        if self._lexicon.list_negators(said) != self._lexicon.list_negators(unit.folded):
            return False
        return all(
            one.sign * unit.features[one.name] >= 0
            if one.name in unit.features
            else one.likeness == 1 and self._looks_alike(one, unit)
            for one in inside
        )

    def _looks_alike(self, one: Feature, unit: SearchString) -> bool:
        """Say whether something said may be part of a string: it is, or is like a word of it."""
        if one.name in unit.features:
            return True
        if self._reader.is_term(one.name):
            return one.likeness < 1
        if HAN.match(one.name):
            return one.name not in self._reader.plain_words
        if self._index.knows(one.name):
            return True
        return any(fuzz.ratio(one.name, word) >= WORD_LIKENESS for word in LATIN_WORD.findall(unit.folded))

    def find_sounded(self, reading: Reading) -> Iterator[tuple[SearchString, int, int]]:
        """Yield the units that a text states by their sound, each with its place [start, end).

        In pinyin, by its initials, or in characters that sound so and deny the same: 为 is not 未.
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
            for unit in self._find_whole(join_statements(join_sounds(said, sounds[start:end])), reading):
                negators = map(self._lexicon.list_negators, (said, unit.folded))
                if is_typed or (HAN.search(said) and next(negators) == next(negators)):
                    yield unit, start, end
        for start, end, letters in find_initials(reading.text, self._lexicon.knows):
            if len(self._index) < LIKELY_INITIALS ** (len(letters) - 1):
                yield from ((unit, start, end) for unit in self._find_whole(letters, reading))

    def _find_whole(self, said: str, reading: Reading) -> list[SearchString]:
        return self._index.find_whole(said, MOST_SOUNDED, reading.packs)


def _tell_apart(said: str, found: Sequence[Spelt]) -> Sequence[Spelt]:
    """Return what a statement spells; where that has several meanings, what sounds like it."""
    owners: dict[frozenset[tuple[str, int]], set[str]] = {}
    for one in found:
        owners.setdefault(one.unit.meaning, set()).add(one.unit.entry_id)
    if len(set(map(frozenset, owners.values()))) < 2:
        return found
    heard = _blur(said)
    return [one for one in found if _blur(one.unit.folded) == heard]


def _blur(written: str) -> str:
    """Return how a text sounds to those who tell no zh from z, and no ng from n."""
    sounds = (
        sound.replace("h", "") if sound[:2] in {"zh", "ch", "sh"} else sound for sound in sound_out(written)
    )
    return "".join(sound.removesuffix("g") for sound in sounds)


def _count_letters(written: str, letters: str) -> int:
    return sum(map(written.count, letters))


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


def _is_turned_round(said: str, meant: str) -> bool:
    """Say whether a statement has the very letters of a string, which deny the same in any order."""
    is_telling = len(HAN.findall(said)) >= SHORTEST_HAN or " " in said
    return said != meant and is_telling and sorted(said) == sorted(meant)


def _list_stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where statements stand, and where they do without the chatter that they begin with."""
    for one in reading.statements:
        first = next((f.start for f in reading.features if one.start <= f.start < one.end), one.start)
        for start in dict.fromkeys((one.start, first)):
            if SHORTEST <= one.end - start <= LONGEST:
                yield start, one.end
