"""What speaks against answering a text by its words: they are said of something else, or state no fault.

moods.py and other_systems.py find the parts of a text by words; here a candidate is held against them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

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
        self._knowledge = knowledge
        self._reader = reader
        self._index = index
        links = any_of(word for each in knowledge.languages.values() for word in each.complement_words)
        self._link = re.compile(rf" {links} ")

    def is_of_other_system(self, reading: Reading, best: Candidate) -> bool:
        """Say whether what a text says is said of another system or trade, and nothing in it is a pack's own.

        What a carrier, another trade's things or something that no entry knows is said to do is their own
        fault, unless the pack's own things are spoken of as well.
        """
        folded, systems = best.text.folded, self._reader.systems
        pack = self._knowledge.packs[best.unit.pack]
        if self._reader.find_evidence(pack, folded) or self._reader.names_platform(folded):
            return False
        if systems.are_spoken_of(folded, best.start):
            return True
        is_as_written = best.text is reading.text
        features = reading.features if is_as_written else self._reader.read_features(best.text)
        is_long = best.is_quoted and len(best.names) > 2  # hardly anybody else's message
        if is_long or any(feature.name in pack.own_things for feature in features):
            return False
        is_strange = self._follows_stranger(best, features) or self._is_for_stranger(best, features)
        return (
            systems.are_of_trade(folded, best.start)
            or systems.find_subject(folded, best.start) is not None
            or (bool(pack.own_things) and is_strange)
        )

    def _follows_stranger(self, best: Candidate, features: Sequence[Feature]) -> bool:
        """Say whether a word that no entry has stands right before the best one's: "the album I shared".

        Nothing but chatter is between them, so it's what the fault is said of; unless the text is as like the
        string with it, of which it is a word misspelt. What a text quotes or spells by its sound is said of
        nothing.
        """
        first = bisect_left(features, best.start, key=lambda feature: feature.start)
        if not 0 < first < len(features) or best.is_quoted or best.rule == "sound":
            return False
        before = features[first - 1]
        said, meant = best.text.folded, best.unit.folded
        more, less = (Indel.distance(said[start : best.end], meant) for start in (before.start, before.end))
        return before.is_close(features[first]) and self._is_stranger(before) and more > less

    def _is_for_stranger(self, best: Candidate, features: Sequence[Feature]) -> bool:
        """Say whether the thing at fault is one for a thing that no entry has: "the invite to the picnic".

        A word in capitals is a person or a place.
        """
        for one in features:
            if not (best.start <= one.start < best.end and self._reader.is_thing(one)):
                continue
            link = self._link.match(best.text.folded, one.end)
            place = bisect_left(features, link.end(), key=lambda feature: feature.start) if link else None
            if link and place is not None and place < len(features):
                other = features[place]
                is_next = " " not in best.text.folded[link.end() : other.start].strip()  # but for an article
                if is_next and self._is_stranger(other) and not best.text.letter(other.start).isupper():
                    return True
        return False

    def _is_stranger(self, feature: Feature) -> bool:
        """Say whether no entry has a word; a shorter one, or a single Chinese character, may be anything."""
        least = LETTERS_A_SLIP if feature.name.isascii() else 2
        return len(feature.name) >= least and not self._index.knows(feature.name)

    @staticmethod
    def find_mood(reading: Reading, candidate: Candidate, moods: Sequence[Mood]) -> Reason | None:
        """Return why what a candidate rests on states no fault, if that is so of all of it."""
        said = features_between(reading.features, candidate.start, candidate.end) if moods else ()
        covering = [next((m for m in moods if m.start <= one.start < m.end), None) for one in said]
        first = covering[0] if covering and all(covering) else None
        return first.reason if first else None
