"""Which numbers of a text are meant as codes: the documented ones to answer, the undocumented to name.

Somebody who asks is owed an answer; codes_in_posts.py asks for stronger signs. What follows from the codes
is decided in matcher.py.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import islice

from bot.knowledge.entry import Entry
from bot.matching.numbers.mention import CodeMention
from bot.matching.numbers.neighbourhood import LABEL_REACH, LONG
from bot.matching.numbers.place import Place
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reading
from bot.matching.verdict import CERTAIN, MOST, Evidence, Match, UnknownCode
from bot.matching.wording import find_places

PLACES = 8  # places of one quoted message
AMOUNTS = frozenset({"measure", "amount", "other-number", "part"})  # vetoes
MOST_JUDGED = 60  # numbers of one text that are judged by the frames that they stand in, likewise


class Codes:
    """The codes of one text, each looked up and judged once."""

    def __init__(self, reading: Reading, rules: CodeRules) -> None:
        self.reading, self._rules = reading, rules
        self.mentions, self.passed_over = rules.read_codes(reading.text)
        self.places: list[Place] = []
        for one in self.mentions:
            first = self.places[-1].first if one.listed and self.places else None
            self.places.append(Place(one, first, reading, self.mentions, rules))

    @cached_property
    def documented(self) -> tuple[Match, ...]:
        """A match for each documented code that the text means, in reading order.

        Where one is called a code, numbers that merely stand there are none, unless in a frame of a code; a
        code that is no error (200) counts alone.
        """
        quoted = self._list_quoted()
        places = [
            one
            for one in self.places
            if one.entries and not any(begin <= one.start < end for begin, end in quoted)
        ]
        sure = {place.start for place in places if place.mention.naming}
        if sure:
            bare = [place for place in places if not place.mention.naming]
            sure.update(place.start for place in bare[:MOST_JUDGED] if place.is_framed)
            places = [place for place in places if place.start in sure]
        places = [one for one in places if any(map(self._rules.is_error, one.entries))] or places
        are_many = len({place.mention.code for place in places}) > 1
        matches: dict[str, Match] = {}
        for place in places:
            if not place.is_of_other_system and (place.start in sure or self._is_about(place, are_many)):
                text = self.reading.text
                span, written = text.span(place.start, place.end), text.folded[place.start : place.end]
                for entry in self._rules.reader.tell_apart(place.entries, text.folded):
                    evidence = Evidence("code", span, entry.find_name(written))
                    matches.setdefault(entry.id, Match(entry, CERTAIN, evidence))
        return tuple(matches.values())

    def _list_quoted(self) -> list[tuple[int, int]]:
        """Return where the text quotes messages that hold a number: "list size must less than 200"."""
        folded, packs = self.reading.text.folded, self.reading.packs
        quoted = self._rules.messages.find_quoted(folded, packs) if self.places else ()
        units = (one for one in quoted if any(map(str.isdigit, one.folded)) and one.code not in one.folded)
        return [
            (at, at + len(one.folded))
            for one in units
            for at in islice(find_places(folded, one.folded), PLACES)
        ]

    @cached_property
    def _amounts(self) -> set[int]:
        """How many digits the numbers have that the text counts, measures or orders by.

        An unnamed one of as many is likely another of these: "10196 步，比昨天 10200 少一点".
        """
        return {len(one.digits) for one in self.passed_over if one.veto in AMOUNTS}

    def _is_about(self, place: Place, are_many: bool) -> bool:
        """Say whether a text in which a documented number stands unnamed speaks of that code.

        It does if the number is long or stands in a frame, or if the text has a word of the trade or hardly a
        word besides; "the Peugeot 403 was a lovely car" does not, nor do "429 scenes".
        """
        reader, code = self._rules.reader, place.mention.code
        if len(code) in self._amounts and not place.is_in_frame:
            return False
        is_long = len(code) >= LONG
        if place.is_count:
            return is_long and not are_many
        return (
            are_many
            or is_long
            or place.is_in_frame
            or reader.moods.asks_remedy(self.reading.text.folded)
            or any(reader.is_term(one.name) for one in self.reading.features)
            or not self._counts_other_things(place)
        )

    def _counts_other_things(self, place: Place) -> bool:
        """Say whether a number is likelier something else than a code.

        It is beside a word that no lexicon has, or behind talk of ports or passwords.
        """
        strange = (one for one in self.reading.features if not self._rules.reader.is_term(one.name))
        is_beside = any(0 <= place.start - f.end <= 1 or 0 <= f.start - place.end <= 1 for f in strange)
        words, at = place.at.words, place.at
        names_others = words.compile("{number_words}").search(at.before[-LABEL_REACH:]) is not None
        return is_beside or (names_others and not words.ends("ongoing_words").end(at.label))

    @cached_property
    def undocumented(self) -> tuple[UnknownCode, ...]:
        """The codes that the text names and no pack documents."""
        found: dict[str, Place] = {}
        judged = 0
        for place in self.places:
            if place.entries or place.mention.code in found:
                continue
            if len(found) >= MOST or judged > MOST_JUDGED:
                break
            if place.is_meant:
                found[place.mention.code] = place
            else:
                judged += 1
        return tuple(place.describe() for place in found.values())

    def list_unclear(self) -> list[Entry]:
        """Return the entries whose code stands in the text, but for another system's, in reading order."""
        places = (place for place in self.places[:MOST_JUDGED] if not place.is_of_other_system)
        return [entry for place in places for entry in place.entries]

    def name_other_system(self) -> bool:
        """Say whether the text names a code, and its clause the system that it belongs to."""
        return any(place.mention.naming and place.is_of_other_system for place in self.places[:MOST_JUDGED])

    def explain(self, watched: bool = False) -> tuple[CodeMention, ...]:
        """Return the mentions with all cues, the frames of those that nothing names as well.

        No frames are told of a number in a post where those against it outweigh.
        """
        return tuple(
            place.mention
            if place.mention.cues or (place.entries and not watched)
            else replace(place.mention, cues=place.list_frames(watched))
            for place in self.places
        )
