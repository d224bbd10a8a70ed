"""API messages that are a sign by themselves, and the pairs of words by which a quoted one is found.

They are chosen when messages are indexed, so that no post waits for all of them to be read.
Whether a message that was found stands in a post is quotes.py's part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from bot.knowledge.pack import Pack
from bot.matching.lexicon import LATIN_WORD
from bot.matching.search_string import SearchString
from bot.matching.template import Template, read_template

DISTINCTIVE_WORDS = 4
"""Words that make an API message a sign of its own."""

DISTINCTIVE_WEIGHT = 10
"""That of a message with slots, five Latin words: what fills the slots leaves more room for chance."""

# Where a message stands in a text, none of its words is part of a longer one.
_WORD = re.compile(r"[a-z]+|[^\W\da-z_]")

Pairs = Mapping[int, Iterable[str]]
"""What quoted messages are found by, by number of the unit."""


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
) -> Pairs:
    """Return the pairs of neighbouring words of each distinctive message.

    Distinctive are messages of several words, with slots or without, and those with a word of the platform
    beside others, but for HTTP-like codes. All messages of layer packs have pairs, but for those that the
    primary pack says, too: they are found in no other way.
    """
    found: dict[int, Iterable[str]] = {}
    said = {unit.folded for unit in units if not unit.is_verbatim}
    for unit in units:
        if unit.is_verbatim:
            if unit.folded not in said:
                found[unit.number] = set(split_pairs(unit.folded))
            continue
        pack = packs[unit.pack]
        if unit.origin != "message" or unit.code in pack.http_like:
            continue
        is_long = len(LATIN_WORD.findall(unit.folded)) >= DISTINCTIVE_WORDS
        if is_long or is_distinctive(read_template(unit.text)) or find_evidence(pack, unit.folded):
            found[unit.number] = set(split_pairs(unit.folded))
    return found
