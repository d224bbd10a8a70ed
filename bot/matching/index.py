"""Which units may be meant by a text: found by the features, or the letters, that they share with it.

Built once per snapshot of knowledge, or opened from where bot/compiled keeps it. It finds candidates;
measures.py weighs them, matcher.py decides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Scope
from bot.matching.distinctive import Pairs, split_pairs
from bot.matching.features import Feature
from bot.matching.lexicon import NOT
from bot.matching.membership import Membership
from bot.matching.postings import Postings, Tokens
from bot.matching.search_string import Origin, SearchString, SearchStrings, StringList
from bot.matching.statements import list_letters, split_letters, write_whole
from bot.matching.template import take_out
from bot.matching.text import Text, read

Faults = Set[tuple[str, int]]
Extract = Callable[[Text], list[Feature]]

RAREST_WEIGHT = 5.0
"""Weight of what one entry has, however few there are: as with 55 entries, on which weights are fitted."""

POLAR_WEIGHT = 1.3
"""A polar term says more than a noun: what is wrong, not with what."""

UNKNOWN_WORD, UNKNOWN_PAIR = 1.6, 0.8
"""Weights of what no entry says: a word, a pair of characters."""

WINDOW, OVERLAP = 64, 16
"""Features of a long text that are looked up at a time, and how many of them once more with the next ones:
a message stands close together, and what a text costs grows with its length and no faster."""

RAREST = 16
"""Runs of letters by which strings spelt alike are looked up. A slip changes three of them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index is made of: its units, the features of each entry, and the weight of each feature."""

    units: Sequence[SearchString]
    profiles: Mapping[str, Set[str]]
    weights: Mapping[str, float]

    def list_tokens(self, pairs: Pairs) -> Iterator[Tokens]:
        """Yield for each unit what Postings.build() takes."""
        for unit in self.units:
            yield {
                "names": unit.features,
                "pack": (unit.pack,),
                "letters": () if unit.is_verbatim else list_letters(unit.folded),
                "pairs": pairs.get(unit.number, ()),
            }

    def list_messages(self) -> list[str]:
        """Return the folded messages of all entries."""
        return [unit.folded for unit in self.units if unit.origin == "message" and unit.folded]


class Index:
    """Strings by what they say, and the weight of each feature: the rarer among entries, the heavier."""

    def __init__(
        self,
        units: SearchStrings,
        postings: Postings,
        weights: Mapping[str, float],
        faults: Faults,
        messages: Iterable[str],
        pairs: Membership,
    ) -> None:
        """Look units up by `postings`; `faults` are features that tell what is wrong.

        `pairs` are those of all distinctive messages.
        """
        self.units = units
        self.faults = faults
        self._postings = postings
        self._weights = weights
        self._messages = frozenset(messages)
        self._lengths = sorted({len(message) for message in self._messages})
        self._pairs = pairs

    @classmethod
    def build(cls, contents: Contents, faults: Faults, pairs: Pairs | None = None) -> Index:
        """Return an index in memory; one that finds quotes too, if pairs are given."""
        pairs = pairs or {}
        postings = Postings.build(contents.list_tokens(pairs))
        units = StringList(contents.units, contents.profiles)
        return cls(units, postings, contents.weights, faults, contents.list_messages(), gather_pairs(pairs))

    def get_message(self, entry_id: str) -> SearchString:
        """Return the unit of an entry's message."""
        return self.units.get_message(entry_id)

    def get_profiles(self, entry_ids: Iterable[str]) -> Mapping[str, Set[str]]:
        """Return the names of all features of each of these entries, by its id."""
        return self.units.get_profiles(entry_ids)

    def begins_with_message(self, said: str) -> bool:
        """Say whether a folded text begins with the message of an entry."""
        return any(said[:length] in self._messages for length in self._lengths if length <= len(said))

    def knows(self, name: str) -> bool:
        """Say whether any entry has the feature."""
        return name in self._weights

    def weight(self, name: str) -> float:
        """Return how much a feature tells; of one that no entry has, a small constant."""
        known = self._weights.get(name)
        if known is not None:
            return known
        return UNKNOWN_PAIR if _is_pair(name) else UNKNOWN_WORD

    def find_candidates(
        self, names: Iterable[str], limit: int, covered: float, packs: Scope = None
    ) -> list[SearchString]:
        """Return at most `limit` units of which the features named hold the part `covered` (0-1) or more."""
        return [unit for unit, _ in self.find_covered(names, limit, covered, packs)]

    def find_covered(
        self, names: Iterable[str], limit: int, covered: float, packs: Scope = None
    ) -> list[tuple[SearchString, float]]:
        """Return what find_candidates() does, with the part of each unit that the features named hold.

        `names` are in reading order. Those units of which most is covered come first; equal ones stand in
        the order of the knowledge.
        """
        near: dict[int, tuple[float, float, SearchString]] = {}
        for window in _split(name for name in names if name in self._weights):
            for unit in self.units.get(self._postings.find("names", self._boost(window), limit, packs)):
                # Exactly, for the order of a set differs from process to process.
                gathered = math.fsum(self._weights[name] for name in window & unit.features.keys())
                if gathered >= covered * unit.weight:
                    place = -gathered / (unit.weight + 2)
                    if unit.number not in near or place < near[unit.number][0]:
                        near[unit.number] = (place, gathered / unit.weight, unit)
        ordered = sorted(near.values(), key=lambda found: (found[0], found[2].number))
        return [(unit, part) for _, part, unit in ordered[:limit]]

    def find_spelt(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return at most `limit` units that share rare runs of letters with a folded text, the best first."""
        counts = [(run, self._postings.count("letters", run)) for run in split_letters(said)]
        rare = sorted((count, run) for run, count in counts if count)[:RAREST]
        return self.units.get(self._postings.find("letters", {run: 1.0 for _, run in rare}, limit, packs))

    def find_quoted(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return the distinctive messages that a folded text may quote, in the order of the knowledge.

        Two neighbouring words of each stand in the text; at most `limit` come of each stretch of it, those
        with the most and the rarest pairs.
        """
        pairs = split_pairs(said)
        known = self._pairs.sift(set(pairs))
        stretches = [known] if len(known) <= WINDOW else _split(pair for pair in pairs if pair in known)
        numbers: set[int] = set()
        for stretch in stretches:
            numbers.update(self._postings.find("pairs", dict.fromkeys(stretch, 1.0), limit, packs))
        return self.units.get(sorted(numbers)) if numbers else []

    def find_written(self, letters: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return at most `limit` units that have this very token among their letters."""
        if not self._postings.count("letters", letters):
            return []
        return self.units.get(self._postings.find("letters", {letters: 1.0}, limit, packs))

    def find_whole(self, said: str, limit: int, packs: Scope = None) -> list[SearchString]:
        """Return at most `limit` units of which a statement is the whole string."""
        return self.find_written(write_whole(said), limit, packs)

    def _boost(self, names: Collection[str]) -> dict[str, float]:
        """Return what tantivy's own weight of each feature is to be multiplied by, so that it becomes ours.

        That weight is BM25's: log(1 + (N - n + 0.5) / (n + 0.5)), n of N units having the feature.
        """
        boosts, count = {}, len(self.units)
        for name in names:
            holding = self._postings.count("names", name)
            boosts[name] = self._weights[name] / math.log(1 + (count - holding + 0.5) / (holding + 0.5))
        return boosts


def gather_pairs(pairs: Pairs) -> Membership:
    """Return what tells quickly of most pairs of words that no distinctive message has them."""
    return Membership.build(chain.from_iterable(pairs.values()))


def read_contents(entries: Iterable[Entry], extract: Extract, faults: Faults) -> Contents:
    """Read every string of the entries into a unit, with `extract`; a layer's messages have no features."""
    strings: list[tuple[Entry, Origin, str, tuple[str, ...], str]] = []
    features: list[dict[str, int]] = []
    profiles: dict[str, set[str]] = defaultdict(set)
    pool: dict[str, str] = {}  # one string for each name, however many units have it: most of what is held
    for entry in entries:
        for origin, text, shared in _strings(entry):
            reading = read(take_out(text))
            strings.append((entry, origin, text, shared, reading.folded))
            found = {} if entry.in_layer else _names(extract(reading), faults)
            features.append({pool.setdefault(name, name): sign for name, sign in found.items()})
            profiles[entry.id].update(features[-1])
    weights = _weigh(profiles, features)
    units = tuple(
        SearchString(
            number=number,
            entry_id=entry.id,
            origin=origin,
            text=text,
            folded=folded.strip(" .。!\"'"),
            features=names,
            weight=math.fsum(weights[name] for name in names),
            core=frozenset(name for name, sign in names.items() if (name, sign) in faults),
            shared=shared,
            is_verbatim=entry.in_layer,
        )
        for number, ((entry, origin, text, shared, folded), names) in enumerate(
            zip(strings, features, strict=True)
        )
    )
    return Contents(units, dict(profiles), weights)


def _weigh(profiles: Mapping[str, Set[str]], features: Iterable[Mapping[str, int]]) -> dict[str, float]:
    holders: dict[str, int] = defaultdict(int)
    for profile in profiles.values():
        for name in profile:
            holders[name] += 1
    count = sum(1 for profile in profiles.values() if profile)
    polar = {NOT} | {name for names in features for name, sign in names.items() if sign}
    scale = max(1.0, RAREST_WEIGHT / (1 + math.log(count + 1)))
    return {
        name: scale
        * (1 + math.log((count + 1) / number))
        * (POLAR_WEIGHT if name in polar else 1)
        * (0.5 if _is_pair(name) else 1)  # several pairs of Chinese characters make one word
        for name, number in holders.items()
    }


def _names(features: Iterable[Feature], faults: Faults) -> dict[str, int]:
    """Return name -> sign; of what is said with both signs, the one that tells a fault."""
    names: dict[str, int] = {}
    for feature in features:
        if feature.name not in names or (feature.name, feature.sign) in faults:
            names[feature.name] = feature.sign
    return names


def _split(names: Iterable[str]) -> Iterator[set[str]]:
    """Yield the names by windows that overlap; each window once."""
    ordered = list(names)
    seen: set[frozenset[str]] = set()
    for start in range(0, max(1, len(ordered) - OVERLAP), WINDOW - OVERLAP):
        window = frozenset(ordered[start : start + WINDOW])
        if window not in seen:
            seen.add(window)
            yield set(window)


def _is_pair(name: str) -> bool:
    return len(name) <= 2 and not name.isascii()


def _strings(entry: Entry) -> Iterable[tuple[Origin, str, tuple[str, ...]]]:
    """Yield what an entry can be found by, the message first; an entry being written may have none yet."""
    yield "message", entry.message, ()
    if entry.in_layer:
        return
    for title in entry.title.values():
        yield "title", title, ()
    for phrase in entry.phrases:
        yield "phrase", phrase.text, phrase.shared
