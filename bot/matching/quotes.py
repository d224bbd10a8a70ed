"""API messages that stand in a post: those distinctive enough to be a sign by themselves.

Rule (c) of docs/matching.md. Whether the segment they stand in speaks against them is
decided in words_in_posts.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Scope
from bot.matching.contents import is_distinctive
from bot.matching.index import Index
from bot.matching.lexicon import LATIN_WORD
from bot.matching.reading import Reading
from bot.matching.search_string import SearchString
from bot.matching.segments import Segment
from bot.matching.string_match import StringMatch, WordedText
from bot.matching.template import read_template
from bot.matching.text import Text
from bot.matching.wording import find_places

LONG = 7  # words that make it one also with a word misspelt, where none of them is the platform's
LOOSEST = 3  # words in a message's slots for each fixed word
MOST_SEGMENTS = 20  # segments that are searched for messages that don't stand there to the letter
MOST_FOUND = 48  # messages that are looked for in a stretch of a post

# Marks that part words; not those with which a line of a comment goes on.
_MARK = re.compile(r"[^\w\s#/*>-]")


class Quote(NamedTuple):
    """A message, and where it stands, in folded characters."""

    unit: SearchString
    start: int
    end: int


class QuoteReader:
    """Reads the distinctive messages of the packs' entries, as contents.py chose them."""

    def __init__(self, index: Index, find_evidence: Callable[[Pack, str], str | None]) -> None:
        """Find the messages by the index; `find_evidence` tells those with a word of the platform."""
        self._index = index
        self._find_evidence = find_evidence

    def find_messages(self, text: Text, packs: Scope = None) -> list[SearchString]:
        """Return the messages that may stand in a text, in the order of the knowledge."""
        return self._index.find_quoted(text.folded, MOST_FOUND, packs)

    def read_quotes(
        self, pack: Pack, found: Iterable[SearchString], reading: Reading, segments: Sequence[Segment]
    ) -> Iterator[Quote]:
        """Yield the pack's messages among those found that stand in a text.

        To the letter anywhere; over several lines, with slots filled or a word misspelt within a segment.
        """
        units = [unit for unit in found if unit.pack == pack.id]
        folded = reading.text.folded
        verbatim = [
            Quote(unit, start, start + len(unit.folded))
            for unit in units
            for start in islice(find_places(folded, unit.folded), MOST_SEGMENTS)
        ]
        yield from verbatim
        for segment in segments[:MOST_SEGMENTS] if units else ():
            there = {quote.unit.number for quote in verbatim if segment.holds(quote.start)}
            text = WordedText(reading, self._index, segment.start, segment.end)
            for match in text.find(unit for unit in units if unit.number not in there):
                if self._is_quote(pack, match, folded[match.start : match.end]):
                    yield Quote(match.unit, match.start, match.end)

    def _is_quote(self, pack: Pack, match: StringMatch, said: str) -> bool:
        """Say whether a message is all there, of a long one or the platform's all but a letter of a word."""
        if match.is_turned or match.missing or match.cut or match.extra:
            return False
        unit, template = match.unit, read_template(match.unit.text)
        if template.slots:
            is_tight = len(match.slots) <= LOOSEST * len(template.words)
            return not match.slips and is_tight and is_distinctive(template)
        is_long = len(LATIN_WORD.findall(unit.folded)) >= LONG
        is_known = not match.slips or is_long or self._find_evidence(pack, unit.folded) is not None
        return is_known and _MARK.findall(said) == _MARK.findall(unit.folded)
