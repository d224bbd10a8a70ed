"""Which documented strings a text's statements are, letter by letter: as they are, or misspelt.

Strings are found by the index and compared by rapidfuzz; what the words mean is scorer.py's part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from rapidfuzz import fuzz, process

from bot.matching.candidate import Candidate
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.lexicon import LATIN_WORD, NOT
from bot.matching.lookalikes import read_lookalikes
from bot.matching.reading import Reader, Reading
from bot.matching.search_string import SearchString
from bot.matching.statements import Statement, read_statements
from bot.matching.text import HAN

AS_IT_IS = 96.0  # points for a string that a text states to the letter, whatever else it says
SHORTEST_WORDS, SHORTEST_HAN = 2, 3  # words or characters of such a string: "error" is quoted everywhere
MOST_QUOTED = 16  # strings to the letter that are looked at; more than five entries are no answer

SHORTEST_SPELLING = 4  # characters; below that too much is one letter away
CUTOFF, KNOWN_CUTOFF, DISCOUNT = 74.0, 90.0, 8.0
LONGEST_STATEMENT = 120
FAR = 45.0  # half of a text that was turned round still stands in order
SPELT, NEAREST_SPELT = 48, 8  # units that are found by their letters, and how many of them are compared
WORD_LIKENESS = 65.0  # how alike an unknown word and one of the string must be
ALIKE = 0.5  # of a wrong letter, what one costs that looks like the right one
STRANGER = 0.5  # of a wrong letter, what a Chinese character costs beyond that; the first one is a slip
ROUND = 4.0  # points that another order costs
SAME_LETTERS = 85.0  # how alike the letters must be, whatever their order
WORTH_TURNING = 50.0  # a score below that of an offer needs no lowering
WORDED, LEAD = 87.0, 5.0  # how alike a statement is to the string meant (one of eight letters off), its lead
CERTAIN = 75.0  # a score with which a text says a state by itself: accepted, the same
NOTHING_ELSE = 95.0  # how alike two strings are that differ in a negation alone
TURNED = 0.5  # what is left of a score where the text is a documented string less its negation


class Speller:
    """Finds units by their letters."""

    def __init__(self, reader: Reader, index: Index) -> None:
        self._reader = reader
        self._index = index
        self._negating = reader.lexicon.negating_letters

    def find_quoted(self, reading: Reading) -> Iterator[Candidate]:
        """Yield the units that a text states to the letter, chatter before them aside."""
        for statement in reading.statements:
            for said in filter(_is_quotable, _drop_chatter(statement, reading.features)):
                for unit in self._index.find_whole(said, MOST_QUOTED, reading.packs):
                    rule = "message" if unit.origin == "message" else "phrase"
                    span = statement.end - len(said), statement.end
                    names = frozenset(unit.features)
                    yield Candidate(unit, AS_IT_IS, rule, *span, reading.text, names, is_whole=True)

    def list_alike(self, reading: Reading) -> list[SearchString]:
        """Return the units that share letters with a statement of a text; each once."""
        found: dict[int, SearchString] = {}
        for statement in reading.statements:
            if SHORTEST_SPELLING <= len(statement.said) <= LONGEST_STATEMENT:
                units = self._find_spelt(statement.said, reading)
                found.update((unit.number, unit) for unit in units)
        return list(found.values())

    def find_misspelt(self, reading: Reading) -> Iterator[Candidate]:
        """Yield units spelt much like a statement, if both or none deny something.

        Where every word of the statement is known, little else than their order may be wrong.
        """
        for statement in reading.statements:
            inside = [f for f in reading.features if statement.start <= f.start < statement.end]
            if not inside or not SHORTEST_SPELLING <= len(statement.said) <= LONGEST_STATEMENT:
                continue
            is_known = all(f.likeness == 1.0 and self._index.knows(f.name) for f in inside)
            bare = list(_drop_chatter(statement, inside))[-1]
            for unit in self._find_near(statement.said, reading):
                likeness = max(self._compare(said, unit.folded) for said in {statement.said, bare})
                if likeness < (KNOWN_CUTOFF if is_known else CUTOFF):
                    continue
                is_whole = _is_in_other_order(statement.said, unit.folded)
                if is_whole or self._may_be_meant(inside, unit):
                    points, span = likeness - DISCOUNT, (statement.start, statement.end)
                    yield Candidate(unit, points, "spelling", *span, reading.text, is_whole=is_whole)

    def find_worded(
        self, reading: Reading, level: Sequence[Candidate], others: Sequence[Candidate]
    ) -> Candidate | None:
        """Return the candidate in whose very words the text is put, if there is one that leads by them.

        `level` are those that the text doesn't tell apart otherwise. The string must be its entry's
        alone: one declared to be others' as well tells nothing apart.
        """
        best = level[0]
        candidates = {candidate.unit.entry_id: candidate for candidate in (*others, *level)}
        worded: dict[str, tuple[float, SearchString]] = {}
        for statement in read_statements(best.text.folded):
            if statement.start <= best.start < statement.end and len(statement.said) <= LONGEST_STATEMENT:
                for unit in self._find_near(statement.said, reading):
                    likeness = self._compare(statement.said, unit.folded)
                    if likeness > worded.get(unit.entry_id, (0.0, unit))[0]:
                        worded[unit.entry_id] = likeness, unit
        ranked = sorted(
            (one for one in worded.values() if one[1].entry_id in candidates), key=lambda one: -one[0]
        )
        if not ranked or ranked[0][0] < WORDED:
            return None
        likeness, unit = ranked[0]
        codes = {candidate.unit.code for candidate in candidates.values()}
        leads = len(ranked) == 1 or likeness >= ranked[1][0] + LEAD
        return candidates[unit.entry_id] if leads and not codes & set(unit.shared) else None

    def is_stated(self, candidate: Candidate) -> bool:
        """Say whether a text states a candidate's string, or nearly, apart from what else it says."""
        statements = read_statements(candidate.text.folded)
        inside = [one for one in statements if one.start <= candidate.start and candidate.end <= one.end]
        return bool(inside) and (
            candidate.is_whole or self._compare(inside[0].said, candidate.unit.folded) >= WORDED
        )

    def weigh_turned(self, reading: Reading, found: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates, lowered where a statement is a documented string less its negation.

        "You can share with yourself" says what "sharing with myself" says, but is written like "You can't
        share with yourself". A text that denies something itself is left as it is.
        """
        best = max(found, key=lambda candidate: candidate.score, default=None)
        denies = any(feature.sign < 0 for feature in reading.features)
        if best is None or best.score < WORTH_TURNING or best.is_whole or denies:
            return list(found)
        places = [candidate.start for candidate in found if candidate.score >= WORTH_TURNING]
        turned = list(self._list_turned(reading, places))
        return [
            candidate._replace(score=candidate.score * TURNED)
            if any(_is_turned(candidate, *one, self._negating) for one in turned)
            else candidate
            for candidate in found
        ]

    def _list_turned(
        self, reading: Reading, places: Sequence[int]
    ) -> Iterator[tuple[Statement, SearchString]]:
        """Yield the statements at these places, each with the string likest it that denies what it says."""
        for statement in reading.statements:
            if not any(statement.start <= place < statement.end for place in places):
                continue
            signs = {f.name: f.sign for f in reading.features if statement.start <= f.start < statement.end}
            terms = set(filter(self._reader.is_term, signs))
            if not terms or not SHORTEST_SPELLING <= len(statement.said) <= LONGEST_STATEMENT:
                continue
            denying = [
                unit
                for unit in self._find_near(statement.said, reading)
                if unit.is_negative
                and terms <= unit.features.keys()
                and _lacks_negation(statement.said, unit, signs.keys(), self._negating)
                and self._compare(statement.said, unit.folded) >= CUTOFF
            ]
            if denying:
                yield statement, max(denying, key=lambda unit: self._compare(statement.said, unit.folded))

    def _find_spelt(self, said: str, reading: Reading) -> list[SearchString]:
        if said not in reading.spelt:
            reading.spelt[said] = self._index.find_spelt(said, SPELT, reading.packs)
        return reading.spelt[said]

    def _find_near(self, said: str, reading: Reading) -> list[SearchString]:
        units = self._find_spelt(said, reading)
        strings = [unit.folded for unit in units]
        near = process.extract(said, strings, scorer=fuzz.ratio, score_cutoff=FAR, limit=NEAREST_SPELT)
        return [units[number] for _, _, number in near]

    def _may_be_meant(self, features: Sequence[Feature], unit: SearchString) -> bool:
        """Say whether a statement may be the unit misspelt: it must deny what the unit denies, or nothing."""
        negative = any(feature.sign < 0 for feature in features)
        opposed = any(unit.features.get(f.name, 0) * f.sign < 0 for f in features)
        return unit.is_negative == negative and not opposed and self._may_be_misspelt(features, unit)

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

    def _compare(self, said: str, meant: str) -> float:
        return compare(said, meant, self._negating)


def compare(said: str, meant: str, negating: str = "") -> float:
    """Return how alike a statement and a string are written (0-100), in this order or turned round.

    `negating` are letters that are never taken for others that look like them.

    >>> compare("设备不在线", "设备不在线"), compare("不在线设备", "设备不在线")
    (100.0, 96.0)
    """
    meant = meant.replace(",", " ")  # as join_statements() has it, if not with as few blanks
    mended = _mend(said, meant, negating) if HAN.search(said) else said
    strange = sum(bool(HAN.match(letter)) and letter not in meant for letter in mended)
    replaced = sum(one != other for one, other in zip(said, mended, strict=True))
    likeness = fuzz.ratio(mended, meant)
    if likeness < 100 - ROUND and fuzz.ratio(sorted(mended), sorted(meant)) >= SAME_LETTERS:
        turned = (fuzz.ratio(mended, other) - ROUND for other in _turn(meant))
        likeness = max(likeness, max(turned, default=0.0))
    return likeness - 100 * (ALIKE * replaced + STRANGER * max(0, strange - 1)) / max(1, len(meant))


def _lacks_negation(said: str, unit: SearchString, names: Set[str], negating: str) -> bool:
    """Say whether a statement lacks of a unit but what denies.

    A word that is lacking may be there, misspelt: 失百 is 失败. So the rest must be there to the letter.
    """
    lacking = unit.features.keys() - names - {NOT}
    return not lacking or said == "".join(letter for letter in unit.folded if letter not in negating)


def _is_turned(candidate: Candidate, statement: Statement, denying: SearchString, negating: str) -> bool:
    """Say whether a statement is more like a string that denies it than like the candidate's.

    Unless it says with certainty the very state that is denied: 对方接受了 is not 对方没接受 turned.
    """
    if not statement.start <= candidate.start < statement.end:
        return False
    features = candidate.unit.features
    states = [name for name, sign in denying.features.items() if sign < 0 and features.get(name, 0) > 0]
    likeness = compare(statement.said, denying.folded, negating)
    if states and candidate.score >= CERTAIN and likeness < NOTHING_ELSE:
        return False
    return likeness >= compare(statement.said, candidate.unit.folded, negating)


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
    return said != meant and _is_quotable(said) and sorted(said) == sorted(meant)


def _is_quotable(said: str) -> bool:
    """Say whether a string tells enough to be meant wherever it stands."""
    return len(HAN.findall(said)) >= SHORTEST_HAN or said.count(" ") + 1 >= SHORTEST_WORDS


def _drop_chatter(statement: Statement, features: Sequence[Feature]) -> Iterator[str]:
    """Yield what a statement says, as a whole, and from each word on as long as that drops mere chatter."""
    said, start = statement.said, statement.start
    first = min((f.start - start for f in features if start <= f.start < statement.end), default=0)
    for place in range(min(first, len(said) - 1) + 1):
        if not place or said[place - 1] == " " or HAN.match(said[place]):
            yield said[place:]
