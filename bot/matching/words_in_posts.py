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
from bot.matching.objections import Objections
from bot.matching.post import Post, Sign
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.score import CHOSEN
from bot.matching.search_string import SearchString
from bot.matching.segments import Segment
from bot.matching.string_match import StringMatch, WordedText
from bot.matching.template import read_template
from bot.matching.text import Text, fold
from bot.matching.wording import any_of, find_any, find_broken, find_places

PLACES = 20  # messages, announcements, segments that are looked at: bounds the work on a long post
SURE = CHOSEN.answer + 2 * CHOSEN.margin  # for a post twice the lead that tells two entries apart

LONG = 7  # words that make it one also with a word misspelt, where none of them is the platform's
# Marks that part words; not those with which a line of a comment goes on.
_MARK = re.compile(r"[^\w\s#/*>-]")
_AROUND = " \t\n>*`\"'「」『』-•"  # marks of a line that quotes


class WordEvidence:
    """Finds what a post quotes or says of the packs' entries."""

    def __init__(self, knowledge: Knowledge, reader: Reader, finder: Finder) -> None:
        """Fold the words that announce an error."""
        languages = tuple(knowledge.languages.values())
        popups = {word for one in languages for word in one.popup_words}
        announcers = any_of(
            popups.union(word for one in languages for word in (*one.code_words, *one.hint_words))
        )
        self._announcement = re.compile(
            rf"(?:[:「『“]|(?<=\s)\"|{announcers})[\s:\"'“「『]{{0,3}}(?=(?P<said>[^\n:,.;。\"”」』()=]{{3,60}}))"
        )
        self._popups = find_any(popups)
        self._hypothetical = find_any(word for one in languages for word in one.hypotheticals)
        self._packs = knowledge.packs
        self._reader = reader
        self._finder = finder
        self._objections = Objections(knowledge, reader, finder.index)
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
            if not (whole or told) or self._reader.systems.are_named(said) or self._hypothetical.search(said):
                continue
            if whole:
                yield whole
            for found, start, end in told:
                if self._has_subject(pack, segment, post, start, end):
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
            told = [
                (found, start, end)
                for found, start, end in near
                if found and self._states_fault(found, start, post)
            ]
            is_one = len({found.unit.entry_id for found, _, _ in told}) == 1  # else they are wordings
            post.told[segment.start] = told if is_one else ()
        return post.told[segment.start]

    def _states_fault(self, found: Candidate, start: int, post: Post) -> bool:
        """Say whether what the part of a post from `start` on means is stated there as a fault of a pack."""
        reading = post.reading
        there = found._replace(text=reading.text, start=start + found.start, end=start + found.end)
        moods = self._reader.moods.find(reading.text.folded)
        return not (
            self._objections.is_of_other_system(reading, there)
            or self._objections.find_mood(reading, there, moods)
        )

    def _has_subject(self, pack: Pack, segment: Segment, post: Post, start: int, end: int) -> bool:
        """Say whether the segment speaks of the pack's devices outside the phrase, or an app tells it."""
        features = post.reading.features
        return self._is_popup(segment, post, start) or any(
            one.name in pack.subjects and segment.holds(one.start) and not start <= one.start < end
            for one in features
        )

    def _is_popup(self, segment: Segment, post: Post, end: int) -> bool:
        """Say whether an app tells what stands behind `end`, and no other thing does (投影弹窗)."""
        popup = self._popups.search(post.folded, segment.start, end)
        before = features_between(post.reading.features, segment.start, popup.start()) if popup else ()
        return popup is not None and all(self._finder.index.knows(one.name) for one in before[-1:])

    def _find_whole_message(self, pack: Pack, segment: Segment, post: Post) -> Sign | None:
        """Return the entry whose API message, with its full stop, is all that a line says."""
        said = post.folded[segment.start : segment.end].strip(_AROUND)
        if not said.endswith(".") or said.count(" ") < 2 or said.count(" ") > 20:
            return None
        found = self._find_near_exact(said, post)
        if found is None or found.unit.pack != pack.id:
            return None
        entry = self._finder.get_entry(found)
        is_own = fold(entry.message) == said
        return Sign(entry, "phrase", segment.start, segment.end, entry.message) if is_own else None

    def _find_near_exact(self, said: str, post: Post) -> Candidate | None:
        """Return the one entry that a part of a post means nearly word for word."""
        if said not in post.near:
            reading = self._reader.read(said, post.reading.packs)
            found = self._finder.find(reading)
            is_one = not any(one.score > found[0].score - CHOSEN.margin for one in found[1:])
            is_near = bool(found) and is_one and found[0].score >= SURE
            post.near[said] = found[0] if is_near and not self._is_http_like(found[0].unit) else None
        return post.near[said]

    def _is_http_like(self, unit: SearchString) -> bool:
        """Say whether a string may be but the reason phrase of an HTTP status."""
        return unit.code in self._packs[unit.pack].http_like


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
        return self._index.find_quoted(text.folded, packs)

    def read_quotes(
        self, pack: Pack, found: Iterable[SearchString], reading: Reading, segments: Sequence[Segment]
    ) -> Iterator[Quote]:
        """Yield the pack's messages among those found that stand in a text.

        To the letter anywhere, also where lines break it; with slots filled or a word misspelt in a segment.
        """
        units = [unit for unit in found if unit.pack == pack.id]
        folded = reading.text.folded
        verbatim = [
            Quote(unit, start, start + len(unit.folded))
            for unit in units
            for start in _find_verbatim(folded, unit.folded)
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
            return not match.slips and is_distinctive(template)
        is_long = len(LATIN_WORD.findall(unit.folded)) >= LONG
        is_known = not match.slips or is_long or self._find_evidence(pack, unit.folded) is not None
        return is_known and _MARK.findall(said) == _MARK.findall(unit.folded)


def _find_verbatim(folded: str, message: str) -> list[int]:
    """Return where a message begins; one that lines break, only where it stands nowhere else."""
    places = list(islice(find_places(folded, message), PLACES))
    broken = None if places else find_broken(folded, message, 0, len(folded))
    return places if broken is None else [broken]
