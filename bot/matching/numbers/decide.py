"""Which numbers of an asked text are meant as codes: the documented ones to answer, the undocumented to name.

Somebody who asks is owed an answer; codes_in_posts.py asks for stronger signs. What follows from the codes
is decided in matcher.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.alignment import align
from bot.matching.index import Index
from bot.matching.layer_messages import LIKELY
from bot.matching.numbers.borders import LONG
from bot.matching.numbers.frames import (
    ENOUGH,
    HEAD,
    Frame,
    Place,
    find_family,
    load_frames,
)
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.pack_choice import PackChooser
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.template import read_template, split_words, weigh_word
from bot.matching.verdict import CERTAIN, Evidence, Match, UnknownCode
from bot.matching.wording import find_places

MOST_UNKNOWN = 5  # undocumented codes that are named
PLACES = 8  # places of one code that are looked at: bounds the work on a text that is all numbers
MOST_JUDGED = 60  # numbers of one text that are judged by the frames that they stand in, likewise
OWN_WORDS, OWN_WORDS_AT_HEAD = 4, 2  # weight of the first words of a message that make a number its code
WEAK = frozenset({"alone", "line-head"})  # frames in which a number beside a named code may be anything
FAULT_FRAMES = frozenset({"brackets-behind-fault", "brackets-before-fault", "behind-fault"})


class CodeJudge:
    """Judges the numbers of texts by one snapshot of knowledge."""

    def __init__(self, knowledge: Knowledge, reader: Reader, index: Index) -> None:
        """Keep what the packs document."""
        languages = tuple(knowledge.languages.values())
        self._frames = load_frames(languages)
        self._knowledge = knowledge
        self._packs = knowledge.packs
        self._reader = reader
        self._index = index
        self._chooser = PackChooser(knowledge.packs, reader, index)

    def find_documented(self, reading: Reading) -> tuple[Match, ...]:
        """Return a match for each documented code that the text means, in reading order.

        Where one is called a code, numbers that merely stand there are none, unless in a frame of a code; a
        code that is no error (200) counts alone.
        """
        mentions = [m for m in reading.mentions if self._find_entries(m, reading)]
        quoted = self._list_quoted(reading) if mentions else []
        mentions = [m for m in mentions if not any(start <= m.start < end for start, end in quoted)]
        bare = [m for m in mentions if m.naming == Naming.BARE]
        framed = {
            m.start for m in bare[:MOST_JUDGED] if len(bare) < len(mentions) and self._is_framed(m, reading)
        }
        if len(bare) < len(mentions):
            mentions = [m for m in mentions if m.naming > Naming.BARE or m.start in framed]
        faulty = [m for m in mentions if any(map(self.is_error, self._find_entries(m, reading)))]
        is_one_of_many = len({mention.code for mention in mentions}) > 1
        places: Counter[str] = Counter()
        matches: dict[str, Match] = {}
        for mention in faulty or mentions:
            places[mention.code] += 1
            if places[mention.code] > PLACES or self.is_of_other_system(mention, reading):
                continue
            if mention.start in framed:
                is_meant = True
            elif mention.naming == Naming.BARE and (is_one_of_many or mention.listed):
                is_meant = not self._is_count(reading, mention)
            else:
                is_meant = mention.naming > Naming.BARE or self._is_about(reading, mention)
            if is_meant:
                span = reading.text.span(mention.start, mention.end)
                for entry in self._choose_entries(mention, reading):
                    matches.setdefault(entry.id, Match(entry, CERTAIN, Evidence("code", span, entry.code)))
        return tuple(matches.values())

    def _list_quoted(self, reading: Reading) -> list[tuple[int, int]]:
        """Return where a text quotes messages that hold a number: "list size must less than 200"."""
        folded = reading.text.folded
        found = self._index.find_quoted(folded, LIKELY, reading.packs)
        units = [
            unit for unit in found if any(map(str.isdigit, unit.folded)) and unit.code not in unit.folded
        ]
        return [
            (at, at + len(unit.folded))
            for unit in units
            for at in islice(find_places(folded, unit.folded), PLACES)
        ]

    def _is_framed(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether a number that nothing names stands as logs print a code, beside one that is named.

        The one behind a function's name is a line of source: wait_connack(756).
        """
        word = _read_head(reading, mention).rpartition(" ")[2]
        if "_" in word and word.endswith("("):
            return False
        return sum(frame.ask for frame in self._list_strong(mention, reading)) >= ENOUGH

    def _list_strong(self, mention: CodeMention, reading: Reading) -> list[Frame]:
        return [frame for frame in self.list_frames(mention, reading) if frame.name not in WEAK]

    def stands_beside_fault(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether a number stands behind or before a fault as logs and people print its code."""
        return any(frame.name in FAULT_FRAMES for frame in self.list_frames(mention, reading))

    def stands_as_code(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether a number of a post stands as a code does: called one, or in the frame of one.

        A list has the standing of its first.
        """
        place = bisect_left(reading.mentions, mention.start, key=lambda one: one.start)
        while (
            place and reading.mentions[place].listed and mention.start - reading.mentions[place].start < HEAD
        ):
            place -= 1
        mention = reading.mentions[place]
        if mention.watched == Naming.NAMED or mention.field or not mention.code.isdigit():
            return True
        if mention.watched > Naming.BARE:
            return not self._is_count(reading, mention)
        return sum(frame.watch for frame in self.list_frames(mention, reading)) >= ENOUGH

    def is_before_thing(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether an English word that is no chatter follows a number: what it may count."""
        return Place(mention, reading, self._reader, self._knowledge, self._index).is_before_thing()

    def find_undocumented(self, reading: Reading) -> tuple[UnknownCode, ...]:
        """Return the codes that the text names and no pack documents."""
        found: dict[str, CodeMention] = {}
        judged = 0
        for mention in reading.mentions:
            if len(found) >= MOST_UNKNOWN or judged > MOST_JUDGED:
                break
            if mention.code in found or self._find_entries(mention, reading):
                continue
            if self.is_meant(mention, reading):
                found[mention.code] = mention
            else:
                judged += 1
        return tuple(self._describe(mention, reading) for mention in found.values())

    def _describe(self, mention: CodeMention, reading: Reading) -> UnknownCode:
        """Return an undocumented code, a symbol as it is written."""
        start, end = reading.text.span(mention.start, mention.end)
        is_number = mention.code.lstrip("-").isdigit()
        family = None if mention.foreign else find_family(mention, reading, self._knowledge)
        return UnknownCode(mention.code if is_number else reading.text.raw[start:end], (start, end), family)

    def list_frames(self, mention: CodeMention, reading: Reading) -> list[Frame]:
        """Return the frames in which an undocumented number stands."""
        place = Place(mention, reading, self._reader, self._knowledge, self._index)
        return [frame for frame in self._frames if frame.holds(place)]

    def list_unclear(self, reading: Reading) -> list[Entry]:
        """Return the entries whose code stands in a text, but for another system's, in reading order."""
        mentions = (m for m in reading.mentions[:MOST_JUDGED] if not self.is_of_other_system(m, reading))
        return [entry for mention in mentions for entry in self._find_entries(mention, reading)]

    def names_other_system(self, reading: Reading) -> bool:
        """Say whether a text names a code, and its clause the system that it belongs to."""
        return any(
            mention.naming > Naming.BARE and self.is_of_other_system(mention, reading)
            for mention in reading.mentions[:MOST_JUDGED]
        )

    def is_meant(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether an undocumented number is meant as a code: named as one, or in the shape of one."""
        if self.is_of_other_system(mention, reading):
            return False
        if mention.naming > Naming.BARE or not reading.features or mention.foreign:
            return True
        return sum(frame.ask for frame in self.list_frames(mention, reading)) >= ENOUGH

    def is_of_other_system(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether a number's clause names another system, and nothing in it is a pack's own."""
        if mention.foreign:
            return False
        folded = reading.text.folded
        clause = folded[max(0, mention.start - HEAD) : mention.end + HEAD]
        if not self._reader.systems.are_named(folded, mention.start) and not self._is_of_carrier(
            mention, reading
        ):
            return False
        packs = self._knowledge.list_packs(reading.packs)
        is_own = any(
            mention.code in pack.shape.distinctive and pack.find_code(mention.code) for pack in packs
        )
        return not is_own and not any(self._reader.find_evidence(pack, clause) for pack in packs)

    def _is_of_carrier(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether a number's clause is about what a carrier does: "Slack 的 webhook 回 404"."""
        end = self._reader.systems.find_subject(reading.text.folded, mention.start)
        between = [] if end is None else features_between(reading.features, end, mention.start)
        return bool(between) and not any(self._reader.is_term(feature.name) for feature in between)

    def _choose_entries(self, mention: CodeMention, reading: Reading) -> Sequence[Entry]:
        found = self._find_entries(mention, reading)
        return self._chooser.choose(found, reading.text.folded)

    def _find_entries(self, mention: CodeMention, reading: Reading) -> list[Entry]:
        return self._knowledge.find_entries(mention.code, reading.packs, mention.is_negative)

    def _is_count(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a number stands before what it may count: "429 scenes"."""
        return Place(mention, reading, self._reader, self._knowledge, self._index).is_count()

    def explain(self, reading: Reading, watched: bool = False) -> tuple[CodeMention, ...]:
        """Return the mentions of a text with all cues, the frames of those that nothing names as well."""
        return tuple(
            mention
            if mention.cues or (not watched and self._find_entries(mention, reading))
            else replace(mention, cues=self._list_cues(mention, reading, watched))
            for mention in reading.mentions
        )

    def _list_cues(self, mention: CodeMention, reading: Reading, watched: bool) -> tuple[str, ...]:
        """Return the names of the frames that count; none in a post where those against it outweigh."""
        worth = {f.name: f.watch if watched else f.ask for f in self.list_frames(mention, reading)}
        if watched and sum(worth.values()) <= 0:
            return ()
        return tuple(name for name, points in worth.items() if points)

    def is_error(self, entry: Entry) -> bool:
        """Say whether a code tells an error: 200 doesn't."""
        return entry.code not in self._packs[entry.pack].never_watched

    def _is_about(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a text in which a documented number stands unnamed speaks of that code.

        It does if the number is long, is alone on its line or stands in a frame, or if the text has a word of
        the trade or hardly a word besides; "the Peugeot 403 was a lovely car" does not, nor do "429 scenes".
        """
        text = reading.text.folded
        head = _read_head(reading, mention).strip(" \t-*>|+#")
        entries = self._find_entries(mention, reading)
        if not reading.features or len(mention.code) >= LONG:
            return True
        if self._is_count(reading, mention):
            return False
        behind = text[mention.end : mention.end + HEAD]
        tail = behind[:2].lstrip()
        return (
            (not head and not tail[:1].isalnum())
            or (not mention.foreign and any(frame.ask > 0 for frame in self._list_strong(mention, reading)))
            or self._reader.asks_remedy(text)
            or any(
                _begins_own_words(entry, text[mention.end : mention.end + HEAD], head) for entry in entries
            )
            or any(self._reader.is_term(f.name) and f.likeness == 1 for f in reading.features)
            or not self._reader.counts_other_things(reading, mention)
        )


def _read_head(reading: Reading, mention: CodeMention) -> str:
    """Return what stands before a number on its line."""
    return reading.text.folded[max(0, mention.start - HEAD) : mention.start].rpartition("\n")[2]


def _begins_own_words(entry: Entry, behind: str, head: str) -> bool:
    """Say whether a message of the entry begins right behind a number; at the head of a line less will do."""
    said = [word[0] for word in split_words(behind)]
    for string in (entry.message, *entry.title.values()):
        template = read_template(string)
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(said, template.words, strict=False))
        )
        if not head and sum(template.weights[:same]) >= OWN_WORDS_AT_HEAD:
            return True
        found = align(template, said) if same else None
        weight = sum(weigh_word(said[place]) for place in found.places) if found else 0
        if found and found.is_in_order and found.start == 0 and weight >= OWN_WORDS:
            return True
    return False
