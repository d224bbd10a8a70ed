"""What speaks against answering a text by its words: they are said of something else, or state no fault.

moods.py and other_systems.py find the parts of a text by words; here a candidate is held against them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Candidate
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.lexicon import LETTERS_A_SLIP
from bot.matching.moods import Mood, Reason
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.wording import any_of


class Objections:
    """Holds candidates against what a text says around them."""

    def __init__(self, knowledge: Knowledge, reader: Reader, index: Index) -> None:
        """Use the words of one snapshot of knowledge."""
        self._packs = knowledge.packs
        self._reader = reader
        self._index = index
        links = any_of(word for each in knowledge.languages.values() for word in each.complement_words)
        self._link = re.compile(rf" {links} ")

    def is_of_other_system(self, reading: Reading, best: Candidate) -> bool:
        """Say whether what a text says is said of another system or trade, and nothing in it is a pack's own.

        What a carrier, another trade's things or something that no entry knows is said to do is their own
        fault, unless the pack's own things are spoken of as well. A pack that has none may be of any trade.
        """
        folded, systems = best.text.folded, self._reader.systems
        pack = self._packs[best.unit.pack]
        if self._reader.find_evidence(pack, folded) or self._reader.names_platform(folded):
            return False
        if systems.are_spoken_of(folded, best.start):
            return True
        is_as_written = best.text is reading.text
        features = reading.features if is_as_written else self._reader.read_features(best.text)
        is_long = best.is_quoted and len(best.names) > 2  # hardly anybody else's message
        if is_long or any(feature.name in pack.own_things for feature in features):
            return False
        if systems.find_subject(folded, best.start) is not None:
            return True
        return bool(pack.own_things) and (
            systems.are_of_trade(folded, best.start) or self._is_of_stranger(best, features)
        )

    def _is_of_stranger(self, best: Candidate, features: Sequence[Feature]) -> bool:
        """Say whether the best one is said of a thing that no entry has; one in capitals is a person.

        That stands right before it but for chatter ("the album I shared"), or is what its own thing is for
        ("the invite to the picnic").
        """
        first = bisect_left(features, best.start, key=lambda feature: feature.start)
        near = [one for one in features[max(0, first - 1) : first] if _precedes(best, one, features[first:])]
        for one, other in pairwise(features[first:]):
            if one.start >= best.end:
                break
            if self._reader.is_thing(one) and self._link.match(best.text.folded, one.end):
                near.extend(() if best.text.letter(other.start).isupper() else (other,))
        return any(map(self._is_stranger, near))

    def _is_stranger(self, feature: Feature) -> bool:
        """Say whether no entry has a word; a shorter one, or a single Chinese character, may be anything."""
        least = LETTERS_A_SLIP if feature.name.isascii() else 2
        return len(feature.name) >= least and not self._index.knows(feature.name)

    def find_mood(self, reading: Reading, candidate: Candidate, moods: Sequence[Mood]) -> Reason | None:
        """Return why what a candidate rests on states no fault, if what it says elsewhere tells none."""
        if not moods:
            return None
        said = features_between(reading.features, candidate.start, candidate.end)
        covering = [next((m for m in moods if m.start <= one.start < m.end), None) for one in said]
        elsewhere = (one for one, mood in zip(said, covering, strict=True) if mood is None)
        first = next(filter(None, covering), None)
        return first.reason if first and not self._reader.tells_fault_in(elsewhere) else None


def _precedes(best: Candidate, before: Feature, features: Sequence[Feature]) -> bool:
    """Say whether the best one, whose features follow, is said of the word before it.

    What a text quotes or spells by its sound is said of nothing, nor is what is as like the string with that
    word, for it is one of the string's misspelt.
    """
    if best.is_quoted or best.rule == "sound" or not features or not before.is_close(features[0]):
        return False
    said, meant = best.text.folded, best.unit.folded
    return Indel.distance(said[before.start : best.end], meant) > Indel.distance(
        said[before.end : best.end], meant
    )
