"""What an index is made of: every string of every entry, the weight of each feature, and words to quote by.

API messages that are a sign by themselves are chosen here, so that no post waits for all of them to be read.
Whether one that was found stands in a post is words_in_posts.py's part.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, pairwise
from operator import attrgetter
from typing import Literal
from zlib import crc32

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.matching.features import Feature
from bot.matching.lexicon import LATIN_WORD, NOT
from bot.matching.reading import Reader
from bot.matching.search_string import SearchString, fold_string, list_strings, read_string
from bot.matching.statements import list_letters
from bot.matching.template import Template, read_template

RAREST_WEIGHT = 5.0
"""Weight of what one entry has, however few there are: as with 55 entries, on which weights are fitted."""

POLAR_WEIGHT = 1.3
"""A polar term says more than a noun: what is wrong, not with what."""

PAIR_WEIGHT = 0.5
"""Several pairs of Chinese characters make one word."""

UNKNOWN_WEIGHT = 1.6
"""Weight of a word that no entry says."""

DISTINCTIVE_WORDS = 4
"""Words that make an API message a sign of its own."""

DISTINCTIVE_WEIGHT = 10
"""That of a message with slots, five Latin words: what fills the slots leaves more room for chance."""

# Where a message stands in a text, none of its words is part of a longer one.
_WORD = re.compile(r"[a-z]+|[^\W\da-z_]")

Field = Literal["names", "letters", "pairs", "pack"]

Tokens = Mapping[Field, Iterable[str]]
"""What one string is found by."""

Faults = frozenset[tuple[str, int]]
"""Features, (name, sign), that tell what is wrong."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What of the strings is kept in memory: the weights of features, and the folded messages of all entries.

    `pairs` are the pairs of words by which messages are found as they stand, as sum_up() tells them.
    """

    weights: Mapping[str, float]
    faults: Faults
    messages: frozenset[str]
    pairs: bytes = b""


@dataclass(frozen=True, slots=True)
class Contents:
    """The strings of all entries, by number from 0 on; `pairs` are the words by which signs are found."""

    units: Sequence[SearchString]
    summary: Summary
    pairs: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def list_tokens(self) -> Iterator[Tokens]:
        """Yield for each string what Postings.build() takes."""
        for unit in self.units:
            yield {
                "names": unit.features,
                "pack": (unit.pack,),
                "letters": () if unit.is_verbatim else list_letters(unit.folded),
                "pairs": self.pairs.get(unit.number, ()),
            }


def read_contents(entries: Iterable[Entry], packs: Mapping[str, Pack], reader: Reader) -> Contents:
    """Read every string of the entries; a layer's messages have no features."""
    units: list[SearchString] = []
    pool: dict[str, str] = {}  # one string for each name, however many units have it: most of what is held
    for entry in entries:
        for origin, text, shared in list_strings(entry):
            read = [] if entry.in_layer else reader.read_features(read_string(text))
            found = {pool.setdefault(name, name): sign for name, sign in _sign(read, reader.faults).items()}
            core = frozenset(name for name, sign in found.items() if (name, sign) in reader.faults)
            one = (len(units), entry.id, origin, text, fold_string(text), found, 0.0, core)
            units.append(SearchString(*one, shared, entry.in_layer))
    weights = _weigh(units)
    weighed = tuple(
        unit._replace(weight=math.fsum(weights[name] for name in unit.features)) for unit in units
    )
    pairs = list_pairs(packs, weighed, reader.find_evidence)
    known = sum_up(pair for each in pairs.values() for pair in each)
    messages = frozenset(unit.folded for unit in units if unit.origin == "message" and unit.folded)
    return Contents(weighed, Summary(weights, reader.faults, messages, known), pairs)


def sum_up(strings: Iterable[str]) -> bytes:
    """Return the CRC-32 of each of some strings, sorted: four bytes each, in the order of this machine.

    They tell which strings are certainly none of these; of a million, one other in 4,000 is taken for one.
    """
    return array("I", sorted({crc32(each.encode()) for each in strings})).tobytes()


def weigh_unknown(name: str) -> float:
    """Return the weight of what no entry says."""
    return UNKNOWN_WEIGHT * (PAIR_WEIGHT if _is_pair(name) else 1)


def _is_pair(name: str) -> bool:
    """Say whether a feature is a pair of characters that no term covers, or a single one."""
    return len(name) <= 2 and not name.isascii()


def split_pairs(folded: str) -> list[str]:
    """Return each two neighbouring words of a folded text; a letter that isn't Latin is a word.

    >>> split_pairs("iotid 未绑")
    ['iotid 未', '未 绑']
    """
    return [f"{one} {other}" for one, other in pairwise(_WORD.findall(folded))]


def is_distinctive(template: Template) -> bool:
    """Say whether a message has slots, and fixed words enough to be a sign by themselves."""
    return bool(template.slots) and sum(template.weights) >= DISTINCTIVE_WEIGHT


def list_pairs(
    packs: Mapping[str, Pack], units: Sequence[SearchString], find_evidence: Callable[[Pack, str], str | None]
) -> dict[int, list[str]]:
    """Return the pairs of neighbouring words of each distinctive message, by number.

    Distinctive are messages of several words, with slots or without, and those with a word of the platform
    beside others, but for HTTP-like codes. All messages of layer packs have pairs, but for those that the
    primary pack says, too: they are found in no other way.
    """
    said = {unit.folded for unit in units if not unit.is_verbatim}

    def tells(unit: SearchString) -> bool:
        pack = packs[unit.pack]
        if unit.is_verbatim or unit.origin != "message" or unit.code in pack.http_like:
            return unit.is_verbatim and unit.folded not in said
        is_long = len(LATIN_WORD.findall(unit.folded)) >= DISTINCTIVE_WORDS
        is_known = is_long or is_distinctive(read_template(unit.text))
        return is_known or find_evidence(pack, unit.folded) is not None

    return {unit.number: sorted(set(split_pairs(unit.folded))) for unit in units if tells(unit)}


def _sign(features: Iterable[Feature], faults: Faults) -> dict[str, int]:
    """Return name -> sign; of what is said with both signs, the one that tells a fault."""
    names: dict[str, int] = {}
    for one in sorted(features, key=lambda one: (one.name, one[:2] not in faults)):
        names.setdefault(one.name, one.sign)
    return names


def _weigh(units: Sequence[SearchString]) -> dict[str, float]:
    """Return the weight of each feature: the fewer entries have it, the more it tells."""
    by_entry = groupby(units, attrgetter("entry_id"))  # the strings of an entry stand together
    entries = [dict.fromkeys(chain.from_iterable(unit.features for unit in own)) for _, own in by_entry]
    holders = Counter(chain.from_iterable(entries))
    polar = {NOT, *(name for unit in units for name, sign in unit.features.items() if sign)}
    count = sum(map(bool, entries))
    scale = max(1.0, RAREST_WEIGHT / (1 + math.log(count + 1)))
    return {
        name: scale
        * (1 + math.log((count + 1) / number))
        * (POLAR_WEIGHT if name in polar else 1)
        * (PAIR_WEIGHT if _is_pair(name) else 1)
        for name, number in holders.items()
    }
