"""API messages of layer packs: found where they stand in a text word for word, and in no other way.

Words belong to the entries of the primary pack, so a layer's message counts only where these don't answer the
text, or what they would be taken for says less of it. Codes are numbers/decide.py's part, posts watch.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from rapidfuzz import fuzz

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Candidate
from bot.matching.features import read_features
from bot.matching.index import Index
from bot.matching.lexicon import Lexicon
from bot.matching.reading import Reading
from bot.matching.search_string import SearchString, fold_string
from bot.matching.text import fold, read
from bot.matching.verdict import CERTAIN, Evidence, Match
from bot.matching.wording import find_places

LIKELY = 48  # messages that may stand in a stretch of a text, as in words_in_posts.py
FITS = 55.0  # rapidfuzz's partial ratio from which a text may mean an entry whose code it names


class LayerMessages:
    """Finds the entries of layer packs whose message a text quotes."""

    def __init__(self, knowledge: Knowledge, index: Index) -> None:
        """Find the messages by the index."""
        self._knowledge = knowledge
        self._index = index

    def find(self, reading: Reading) -> tuple[Match, ...]:
        """Return the entries quoted, in reading order; a message inside a longer one is none."""
        folded = reading.text.folded
        units = (unit for unit in self._index.find_quoted(folded, LIKELY, reading.packs) if unit.is_verbatim)
        places = [(unit, place) for unit in units for place in islice(find_places(folded, unit.folded), 1)]
        whole = [found for found in places if not any(_is_inside(found, other) for other in places)]
        whole.sort(key=lambda found: (found[1], found[0].number))
        return tuple(self._match(reading, *found) for found in whole)

    def _match(self, reading: Reading, unit: SearchString, start: int) -> Match:
        evidence = Evidence("message", reading.text.span(start, start + len(unit.folded)), unit.text)
        return Match(self._knowledge.get_entry(unit.entry_id), CERTAIN, evidence)

    def fits(self, entry: Entry, said: str) -> bool:
        """Say whether a folded text holds an entry's message, or by its letters says what a layer's means."""
        message = fold_string(entry.message)
        if message and message in said:
            return True
        strings = (entry.message, *entry.title.values()) if entry.in_layer else ()
        return any(fuzz.partial_ratio(fold(string), said) >= FITS for string in strings if string)

    def are_answered(
        self, found: Sequence[Match], by_words: Iterable[Entry], best: Candidate | None, lexicon: Lexicon
    ) -> bool:
        """Say whether the primary pack's entries answer a text that quotes these.

        They do if one of the quoted repeats the fault of one of them in words that mean no more, or the text
        says as much of theirs.
        """
        ids = {entry.id for entry in by_words}
        repeated = [match for match in found if not ids.isdisjoint(match.entry.same_fault)]
        if best is not None and any(_means(match, best, lexicon) for match in repeated):
            return True
        longest = max(len(match.evidence.phrase) for match in found)
        return best is not None and best.is_quoted and best.end - best.start >= longest


def _means(found: Match, best: Candidate, lexicon: Lexicon) -> bool:
    """Say whether a message means no more than the best entry's string, or the text says that elsewhere."""
    (start, end), (first, last) = best.text.span(best.start, best.end), found.evidence.span
    if start < first or end > last:
        return True
    features = read_features(read(found.evidence.phrase), lexicon)
    return {(feature.name, feature.sign) for feature in features} <= best.unit.meaning


def _is_inside(found: tuple[SearchString, int], other: tuple[SearchString, int]) -> bool:
    """Say whether a message stands within a longer one."""
    (one, start), (two, begin) = found, other
    return (
        len(one.folded) < len(two.folded)
        and begin <= start
        and start + len(one.folded) <= begin + len(two.folded)
    )
