"""What speaks against answering a text by its words: they are said of something else, or state no fault.

moods.py and other_systems.py find the parts of a text by words; here a candidate is held against them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import STATED, Candidate
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.lexicon import SHORTEST_MISSPELT
from bot.matching.moods import Mood, Reason
from bot.matching.reading import Reader, Reading
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

    def is_of_other_system(self, best: Candidate) -> bool:
        """Say whether what a text says is said of another system or trade, and nothing in it is a pack's own.

        What a carrier is said to do is its own fault, unless a thing of the pack is spoken of as well; so is
        what is said of another trade's things, or of something that no entry speaks of.
        """
        folded, systems = best.text.folded, self._reader.systems
        pack = self._knowledge.packs[best.unit.pack]
        if self._reader.find_evidence(pack, folded) or self._reader.names_platform(folded):
            return False
        if systems.are_spoken_of(folded, best.start):
            return True
        features = self._reader.read_features(best.text)
        slots = best.string_match.slots if best.string_match else ()
        trade = systems.find_trade(folded, best.start, slots, is_lone=len(best.names) < 2)
        if trade and not any(f.name in pack.own_things and trade[0] <= f.start < trade[1] for f in features):
            return True
        names_own = any(f.name in pack.own_things for f in features)
        is_strange = self._follows_stranger(best, features) or self._is_for_stranger(best, features)
        if pack.own_things and not names_own and is_strange:
            return True
        end = systems.find_subject(folded, best.start)
        if end is None:
            return False
        family = pack.families[self._knowledge.get_entry(best.unit.entry_id).family]
        things = set(pack.subjects) - set(family.terms)
        return not any(f.name in things and end <= f.start < best.end for f in features)

    def _follows_stranger(self, best: Candidate, features: Sequence[Feature]) -> bool:
        """Say whether a word that no entry has stands right before the best one's: "the album I shared".

        Nothing but chatter is between them, so it's what the fault is said of. What a text quotes or spells
        by its sound is said of nothing.
        """
        first = bisect_left(features, best.start, key=lambda feature: feature.start)
        if not 0 < first < len(features) or best.is_quoted or best.rule == "sound":
            return False
        before = features[first - 1]
        return before.is_close(features[first]) and self._is_stranger(before)

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
        least = SHORTEST_MISSPELT if feature.name.isascii() else 2
        return len(feature.name) >= least and not self._index.knows(feature.name)

    def find_mood(self, reading: Reading, best: Candidate, moods: Sequence[Mood]) -> Reason | None:
        """Return why the words of a candidate state no fault where they stand, if that is so."""
        said = [one for one in reading.features if best.start <= one.start < best.end]
        telling = [one for one in said if self._reader.tells_fault_in((one,))] or said
        # Who states a fault by itself asks about it, however the text goes on: "any idea how to start?"
        meant = [mood for mood in moods if mood.reason != "how-to" or not is_stated(best)]
        covering = [next((m for m in meant if m.start <= one.start < m.end), None) for one in telling]
        first = covering[0] if covering and all(covering) else None
        return first.reason if first else None


def is_stated(candidate: Candidate) -> bool:
    """Say whether a text states a candidate's string, or nearly, apart from what else it says."""
    return candidate.is_whole or candidate.measures.stated >= STATED
