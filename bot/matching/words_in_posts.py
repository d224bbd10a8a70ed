"""Words as evidence in a post: an API's message that stands there, and, for eager channels, a phrase.

Rule (c) of docs/matching.md. Codes are codes_in_posts.py's part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.candidates import Candidate, Finder
from bot.matching.contents import is_distinctive
from bot.matching.index import Index
from bot.matching.lexicon import LATIN_WORD
from bot.matching.post import Post, Sign
from bot.matching.reading import Reader, Reading
from bot.matching.search_string import SearchString
from bot.matching.segments import Segment
from bot.matching.string_match import StringMatch, WordedText
from bot.matching.template import read_template
from bot.matching.text import Text, fold
from bot.matching.wording import any_of, find_places

NEAR_EXACT = 88.0  # score of a phrase that counts in an eager channel
PLACES = 20  # messages, announcements, segments that are looked at: bounds the work on a long post

LONG = 7  # words that make it one also with a word misspelt, where none of them is the platform's
LOOSEST = 3  # words in a message's slots for each fixed word
MOST_FOUND = 48  # messages that are looked for in a stretch of a post

_QUOTED = re.compile(r"[「『\"](?P<said>[^「」『』\"\n]{3,60})[」』\"]")

# Marks that part words; not those with which a line of a comment goes on.
_MARK = re.compile(r"[^\w\s#/*>-]")


class WordEvidence:
    """Finds what a post quotes or says of the packs' entries."""

    def __init__(self, knowledge: Knowledge, reader: Reader, finder: Finder) -> None:
        """Fold the words that announce an error."""
        languages = tuple(knowledge.languages.values())
        announcers = any_of(word for one in languages for word in (*one.code_words, *one.hint_words))
        self._announcement = re.compile(
            rf"(?:[:「『“]|(?<=\s)\"|{announcers})[\s:\"'“「『]{{0,3}}(?=(?P<said>[^\n:,.;。\"”」』()=]{{3,60}}))"
        )
        self._packs = knowledge.packs
        self._reader = reader
        self._finder = finder
        self._quotes = QuoteReader(finder.index, reader.find_evidence)

    def list_messages(self, text: Text, packs: Scope) -> list[SearchString]:
        """Return the messages that may stand in a text."""
        return self._quotes.find_messages(text, packs)

    def find_messages(self, pack: Pack, post: Post) -> Iterator[Sign]:
        """Yield the distinctive API messages of a post, rule (c); none from a segment of an unknown code."""
        found = [unit for unit in post.messages if unit.pack == pack.id]
        for quote in self._quotes.read_quotes(pack, found, post.reading, post.segments):
            segment = post.find_segment(quote.start)
            if (
                segment
                and not self._is_foreign(pack, segment, post)
                and self._may_tell(pack, quote, segment, post)
            ):
                yield Sign(pack.entries[quote.unit.code], "message", quote.start, quote.end, quote.unit.text)

    def _is_foreign(self, pack: Pack, segment: Segment, post: Post) -> bool:
        """Say whether a segment names a code that the pack doesn't document."""
        fields = (field.value for field in segment.codes if any(letter.isdigit() for letter in field.value))
        if any(pack.find_code(value.strip("\"' ")) is None for value in fields):
            return True
        places = post.list_places(segment)[:PLACES]
        unknown = (place for place in places if pack.find_code(place.mention.code) is None)
        return any(place.mention.naming or place.is_beside_fault for place in unknown)

    def _may_tell(self, pack: Pack, quote: Quote, segment: Segment, post: Post) -> bool:
        """Say whether a message is a sign by itself: a layer pack's only beside a word of the platform."""
        said = post.folded[segment.start : segment.end]
        return not quote.unit.is_verbatim or self._reader.find_evidence(pack, said) is not None

    def find_phrases(self, pack: Pack, post: Post) -> Iterator[Sign]:
        """Yield phrases that stand there nearly exactly as the error of a device; for eager channels only."""
        for segment in post.segments[:PLACES]:
            said = post.folded[segment.start : segment.end]
            if segment.codes or self._is_foreign(pack, segment, post):
                continue
            whole = self._find_whole_message(pack, segment, post)
            told = () if whole else self._list_told(segment, post)
            if not (whole or told) or self._reader.systems.are_named(said):
                continue
            if whole:
                yield whole
            for found, start, end in told:
                if _has_subject(pack, segment, post, start, end):
                    yield Sign(self._finder.get_entry(found), "phrase", start, end, found.unit.text)

    def _list_told(self, segment: Segment, post: Post) -> Sequence[tuple[Candidate, int, int]]:
        """Return what a segment says in its message fields and behind words that announce an error.

        Every pack asks, and it is looked for once.
        """
        if segment.start not in post.told:
            spans = [(field.start, field.end) for field in segment.messages]
            announced = self._announcement.finditer(post.folded, segment.start, segment.end)
            spans.extend(found.span("said") for found in islice(announced, PLACES))
            near = [
                (self._find_near_exact(post.folded[slice(*span)], post), *span) for span in spans[:PLACES]
            ]
            told = [(found, start, end) for found, start, end in near if found]
            post.told[segment.start] = () if told and self._lists_wordings(segment, post) else told
        return post.told[segment.start]

    def _find_whole_message(self, pack: Pack, segment: Segment, post: Post) -> Sign | None:
        """Return the entry whose API message, with its full stop, is all that a line says."""
        said = post.folded[segment.start : segment.end].strip()
        if not said.endswith(".") or said.count(" ") < 2 or said.count(" ") > 20:
            return None
        found = self._find_near_exact(said, post)
        if found is None or found.unit.pack != pack.id:
            return None
        entry = self._finder.get_entry(found)
        is_own = fold(entry.message) == said
        return Sign(entry, "phrase", segment.start, segment.end, entry.message) if is_own else None

    def _lists_wordings(self, segment: Segment, post: Post) -> bool:
        """Say whether a segment quotes the phrases of several entries: a device tells one error at a time."""
        quoted = islice(_QUOTED.finditer(post.folded, segment.start, segment.end), PLACES)
        near = (self._find_near_exact(found["said"], post) for found in quoted)
        return len({candidate.unit.entry_id for candidate in near if candidate}) > 1

    def _find_near_exact(self, said: str, post: Post) -> Candidate | None:
        """Return the one entry that a part of a post means nearly word for word."""
        if said not in post.near:
            post.near[said] = self._weigh(said, post)
        return post.near[said]

    def _weigh(self, said: str, post: Post) -> Candidate | None:
        candidates = self._finder.find(self._reader.read(said, post.reading.packs))
        near = [candidate for candidate in candidates if candidate.score >= NEAR_EXACT]
        if len(near) != 1 or len(near[0].names) < 2 or near[0].rule in ("sound", "spelling"):
            return None
        return None if near[0].unit.code in self._packs[near[0].unit.pack].http_like else near[0]


def _has_subject(pack: Pack, segment: Segment, post: Post, start: int, end: int) -> bool:
    """Say whether the segment speaks of the pack's devices outside the phrase itself."""
    return any(
        feature.name in pack.subjects and segment.holds(feature.start) and not start <= feature.start < end
        for feature in post.reading.features
    )


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
            for start in islice(find_places(folded, unit.folded), PLACES)
        ]
        yield from verbatim
        for segment in segments[:PLACES] if units else ():
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
