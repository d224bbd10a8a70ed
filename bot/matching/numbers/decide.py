"""Which numbers of a text are meant as codes: the documented ones to answer, the undocumented to name.

Somebody who asks is owed an answer; codes_in_posts.py asks for stronger signs. What follows from the codes
is decided in matcher.py.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from itertools import islice

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.index import Index
from bot.matching.layer_messages import LIKELY
from bot.matching.numbers.around import LONG
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.numbers.place import ENOUGH, Place, World, load_frames
from bot.matching.reading import Reader, Reading
from bot.matching.template import read_template, split_words
from bot.matching.verdict import CERTAIN, MOST, Evidence, Match, UnknownCode
from bot.matching.wording import find_places

PLACES = 8  # places of one quoted message
OWN_WORDS, OWN_WORDS_AT_HEAD = 4, 2  # weight of the first words of a message that make a number its code
AMOUNTS = frozenset({"measure", "amount", "other-number", "part"})  # vetoes
MOST_JUDGED = 60  # numbers of one text that are judged by the frames that they stand in, likewise


class CodeJudge:
    """Judges the numbers of texts by one snapshot of knowledge."""

    def __init__(self, knowledge: Knowledge, reader: Reader, index: Index) -> None:
        """Read the frames, with the words of all languages."""
        frames = load_frames(knowledge.languages.values())
        self.world = World(knowledge, reader, index, frames)

    def judge(self, reading: Reading) -> Codes:
        """Return the codes of a text."""
        return Codes(reading, self)

    def is_error(self, entry: Entry) -> bool:
        """Say whether a code tells an error: 200 doesn't."""
        return entry.code not in self.world.knowledge.packs[entry.pack].never_watched


class Codes:
    """The codes of one text, each looked up and judged once."""

    def __init__(self, reading: Reading, judge: CodeJudge) -> None:
        self.reading, self._judge, self._world = reading, judge, judge.world
        self.places = [Place(mention, reading, judge.world) for mention in reading.mentions]

    @cached_property
    def documented(self) -> tuple[Match, ...]:
        """A match for each documented code that the text means, in reading order.

        Where one is called a code, numbers that merely stand there are none, unless in a frame of a code; a
        code that is no error (200) counts alone.
        """
        places = [place for place in self.places if place.entries]
        quoted = self._list_quoted() if places else []
        places = [one for one in places if not any(start <= one.start < end for start, end in quoted)]
        bare = [place for place in places if not place.mention.naming]
        framed: set[int] = set()
        if len(bare) < len(places):
            framed = {place.start for place in bare[:MOST_JUDGED] if place.is_framed}
            places = [place for place in places if place.mention.naming or place.start in framed]
        places = [one for one in places if any(map(self._judge.is_error, one.entries))] or places
        are_many = len({place.mention.code for place in places}) > 1
        matches: dict[str, Match] = {}
        for place in places:
            if place.is_of_other_system:
                continue
            if place.mention.naming or place.start in framed or self._is_about(place, are_many):
                span = self.reading.text.span(place.start, place.end)
                for entry in self._world.reader.tell_apart(place.entries, self.reading.text.folded):
                    matches.setdefault(entry.id, Match(entry, CERTAIN, Evidence("code", span, entry.code)))
        return tuple(matches.values())

    def _list_quoted(self) -> list[tuple[int, int]]:
        """Return where the text quotes messages that hold a number: "list size must less than 200"."""
        folded = self.reading.text.folded
        units = [
            unit
            for unit in self._world.messages.find_quoted(folded, LIKELY, self.reading.packs)
            if any(map(str.isdigit, unit.folded)) and unit.code not in unit.folded
        ]
        return [
            (at, at + len(unit.folded))
            for unit in units
            for at in islice(find_places(folded, unit.folded), PLACES)
        ]

    @cached_property
    def _amounts(self) -> set[int]:
        """How many digits the numbers have that the text counts, measures or orders by.

        An unnamed one of as many is likely another of these: "10196 步，比昨天 10200 少一点".
        """
        return {len(one.digits) for one in self.reading.passed_over if one.veto in AMOUNTS}

    def _is_about(self, place: Place, are_many: bool) -> bool:
        """Say whether a text in which a documented number stands unnamed speaks of that code.

        It does if the number is long or stands in a frame, or if the text has a word of the trade or hardly a
        word besides; "the Peugeot 403 was a lovely car" does not, nor do "429 scenes".
        """
        reader, features = self._world.reader, self.reading.features
        if len(place.mention.code) in self._amounts and not _is_in_frame(place):
            return False
        if are_many:
            return not place.is_count
        return len(place.mention.code) >= LONG or (
            not place.is_count
            and (
                (not place.mention.foreign and _is_in_frame(place))
                or reader.asks_remedy(self.reading.text.folded)
                or _begins_own_words(place)
                or any(reader.is_term(one.name) for one in features)
                or not reader.counts_other_things(self.reading, place.mention)
            )
        )

    @cached_property
    def undocumented(self) -> tuple[UnknownCode, ...]:
        """The codes that the text names and no pack documents."""
        found: dict[str, Place] = {}
        judged = 0
        for place in self.places:
            if len(found) >= MOST or judged > MOST_JUDGED:
                break
            if place.mention.code in found or place.entries:
                continue
            if place.is_meant:
                found[place.mention.code] = place
            else:
                judged += 1
        return tuple(map(self._describe, found.values()))

    def _describe(self, place: Place) -> UnknownCode:
        """Return an undocumented code, a symbol as it is written."""
        start, end = self.reading.text.span(place.start, place.end)
        code = place.mention.code
        is_number = code.lstrip("-").isdigit()
        family = None if place.mention.foreign else place.family
        return UnknownCode(code if is_number else self.reading.text.raw[start:end], (start, end), family)

    def list_unclear(self) -> list[Entry]:
        """Return the entries whose code stands in the text, but for another system's, in reading order."""
        places = (place for place in self.places[:MOST_JUDGED] if not place.is_of_other_system)
        return [entry for place in places for entry in place.entries]

    def name_other_system(self) -> bool:
        """Say whether the text names a code, and its clause the system that it belongs to."""
        return any(place.mention.naming and place.is_of_other_system for place in self.places[:MOST_JUDGED])

    def stands_as_code(self, place: Place) -> bool:
        """Say whether a number of a post stands as a code does: called one, or in the frame of one.

        A list has the standing of its first.
        """
        number = bisect_left(self.places, place.start, key=lambda one: one.start)
        while number and self.places[number].mention.listed:
            number -= 1
        first = self.places[number]
        mention = first.mention
        if mention.watched == Naming.NAMED or mention.field or not mention.code.isdigit():
            return True
        return not first.is_count if mention.watched else first.watched_worth >= ENOUGH

    def explain(self, watched: bool = False) -> tuple[CodeMention, ...]:
        """Return the mentions with all cues, the frames of those that nothing names as well.

        No frames are told of a number in a post where those against it outweigh.
        """

        def list_cues(place: Place) -> tuple[str, ...]:
            if watched and place.watched_worth <= 0:
                return ()
            return tuple(frame.name for frame in place.frames if (frame.watch if watched else frame.ask))

        return tuple(
            place.mention
            if place.mention.cues or (not watched and place.entries)
            else replace(place.mention, cues=list_cues(place))
            for place in self.places
        )


def _is_in_frame(place: Place) -> bool:
    """Say whether a number stands as a code does, in a frame that tells of one by itself."""
    return any(frame.ask > 0 for frame in place.strong_frames)


def _begins_own_words(place: Place) -> bool:
    """Say whether a message of an entry begins right behind a number; at the head of a line less will do."""
    said = [word[0] for word in split_words(place.behind)]
    enough = OWN_WORDS if place.head else OWN_WORDS_AT_HEAD
    strings = (each for entry in place.entries for each in (entry.message, *entry.title.values()))
    return any(read_template(string).weigh_head(said) >= enough for string in strings)
