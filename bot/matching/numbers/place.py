"""What the whole clause says of a number, as the rows of frames.yaml ask.

A frame is what stands right before a number and right behind it where no word calls it a code, and what
these must say. The frames of a number add up: see ENOUGH.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from http import HTTPStatus

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Family
from bot.matching.features import Feature
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.numbers.neighbourhood import HEAD, LONG
from bot.matching.numbers.rules import CodeRules
from bot.matching.numbers.table import Row
from bot.matching.reading import Reading, features_between
from bot.matching.template import read_template, split_words
from bot.matching.text import fold, read
from bot.matching.verdict import UnknownCode

ENOUGH = 2
"""What the frames around a number must come to."""

OWN_WORDS, OWN_WORDS_AT_HEAD = 4, 2  # weight of the first words of a message that make a number its code
WEAK = frozenset({"alone", "line-head"})
REASON_PHRASES = {str(status.value): fold(status.phrase) for status in HTTPStatus}
_WORD = r"[ \t](?!{times_words})([a-z]+)"
_PLURAL = re.compile(r" (?:[a-z]{2,20}-)?([a-z]{2,}s)(?![a-z])")


class Place:
    """A number of a text in its clause; `first` is the first of its list, `mentions` are all of the text."""

    def __init__(
        self,
        mention: CodeMention,
        first: Place | None,
        reading: Reading,
        mentions: Iterable[CodeMention],
        rules: CodeRules,
    ) -> None:
        self.mention, self.at, self.start, self.end = mention, mention.at, mention.start, mention.end
        self.first, self.reading, self._mentions, self._rules = first or self, reading, mentions, rules
        self._knowledge, self.reader, self.messages = rules.knowledge, rules.reader, rules.messages
        self._packs = rules.knowledge.list_packs(reading.packs)

    @cached_property
    def entries(self) -> list[Entry]:
        """The documented entries of the packs asked that the number is the code of."""
        return self._knowledge.find_entries(self.mention.code, self.reading.packs, self.mention.is_negative)

    @cached_property
    def family(self) -> Family | None:
        """The family of the first pack asked that the number belongs to."""
        return next(filter(None, (pack.find_family(self.mention.code) for pack in self._packs)), None)

    @cached_property
    def frames(self) -> list[Row]:
        """The frames in which the number stands."""
        return [frame for frame in self._rules.frames if frame.holds(self.at, self)]

    @cached_property
    def said_before(self) -> list[Feature]:
        """What the clause says before the number."""
        return features_between(self.reading.features, self.at.clause_start, self.start)

    def list_frames(self, watched: bool) -> tuple[str, ...]:
        """Return the names of the frames, none in a post where those against a code outweigh."""
        if watched and sum(frame.watch for frame in self.frames) <= 0:
            return ()
        return tuple(frame.name for frame in self.frames if (frame.watch if watched else frame.ask))

    @property
    def is_in_frame(self) -> bool:
        """Whether one of the frames speaks for a code, but those in which a number may be anything."""
        return any(frame.ask > 0 for frame in self.frames if frame.name not in WEAK)

    @property
    def is_framed(self) -> bool:
        """Whether a number that nothing names stands as logs print a code, beside one that is named.

        The one behind a function's name is a line of source: wait_connack(756).
        """
        word = self.at.clause.rpartition(" ")[2]
        worth = sum(frame.ask for frame in self.frames if frame.name not in WEAK)
        return not ("_" in word and word.endswith("(")) and worth >= ENOUGH

    @property
    def is_standing(self) -> bool:
        """Whether the number stands as a code does in a post, or the first of its list.

        That is called a code or stands in the frame of one.
        """
        first, mention = self.first, self.first.mention
        if mention.watched or not mention.code.isdigit():
            return mention.watched != Naming.HINTED or mention.at.is_field or not first.is_count
        return sum(frame.watch for frame in first.frames) >= ENOUGH

    @property
    def is_beside_fault(self) -> bool:
        """Whether the number stands behind or before a fault as logs and people print its code."""
        return any(frame.name.endswith("-fault") for frame in self.frames)

    @property
    def is_meant(self) -> bool:
        """Whether an undocumented number is meant as a code: named as one, or in the frame of one."""
        if self.is_of_other_system:
            return False
        is_told = self.mention.naming > Naming.BARE or not self.reading.features
        return is_told or sum(frame.ask for frame in self.frames) >= ENOUGH

    @cached_property
    def is_of_other_system(self) -> bool:
        """Whether the number's clause names another system, and nothing in it is a pack's own."""
        folded, systems = self.reading.text.folded, self.reader.systems
        if not (systems.are_named(folded, self.start) or self._is_of_carrier()):
            return False
        clause, code = folded[max(0, self.start - HEAD) : self.end + HEAD], self.mention.code
        return not any(
            code in pack.shape.distinctive or self.reader.find_evidence(pack, clause) for pack in self._packs
        )

    def _is_of_carrier(self) -> bool:
        """Say whether the number's clause is about what a carrier does: "Slack 的 webhook 回 404"."""
        end = self.reader.systems.find_subject(self.reading.text.folded, self.start)
        named = self.at.words.ends("code_words").find(self.at.own_label)
        stop = self.start if named is None else self.start - self.at.begin - len(self.at.head) + named
        between = [] if end is None else features_between(self.reading.features, end, stop)
        return bool(between) and not any(self.reader.is_term(feature.name) for feature in between)

    def describe(self) -> UnknownCode:
        """Return what is told of an undocumented code, a symbol as it is written."""
        text, code = self.reading.text, self.mention.code
        start, end = text.span(self.start, self.end)
        shown = code if code.lstrip("-").isdigit() else text.raw[start:end]
        return UnknownCode(shown, (start, end), self.family)

    # What the rows of frames.yaml need and say.

    @property
    def said_behind(self) -> list[Feature]:
        """What the clause says behind the number."""
        _, stop = self.at.tokens.find_clause(self.start, self.end)
        return features_between(self.reading.features, self.end, stop)

    @cached_property
    def is_behind_fault(self) -> bool:
        """Whether the clause tells a fault before the number, and ends with no thing to be counted."""
        is_fault = self.reader.tells_fault_in(self.said_before)
        return is_fault and not self.reader.is_thing(self.said_before[-1])

    @property
    def is_before_own_words(self) -> bool:
        """Whether its entry's message or title begins right behind the number; at a line's head less does."""
        enough = OWN_WORDS if self.at.own_label else OWN_WORDS_AT_HEAD
        said = [word[0] for word in split_words(self.at.rest)]
        strings = (each for entry in self.entries for each in (entry.message, *entry.title.values()))
        return any(read_template(string).weigh_head(said) >= enough for string in strings)

    @property
    def is_behind_error(self) -> bool:
        """Whether the clause tells a fault of something before the number; 失败: 404 counts faults."""
        return len(self.said_before) > 1 and self.reader.tells_fault_in(self.said_before)

    @property
    def is_before_thing(self) -> bool:
        """Whether a word that says something stands behind the number."""
        word = self.at.words.compile(_WORD).match(self.at.rest)
        sense = self.reader.lexicon.latin.get(word[1]) if word else None
        return word is not None and (sense is None or sense.sort != "chatter")

    @cached_property
    def is_count(self) -> bool:
        """Whether the number stands before what it may count: "429 scenes"."""
        plural = _PLURAL.match(self.at.rest)
        return plural is not None and self.reader.may_be_counted(plural[1])

    @property
    def is_beside_alike(self) -> bool:
        """Whether a code of the same text differs from the number in the last two digits alone."""
        code = self.mention.code
        return len(code) >= LONG - 1 and any(
            one.code != code and len(one.code) == len(code) and one.code[:-2] == code[:-2]
            for one in self._mentions
        )

    @property
    def is_with_identifier(self) -> bool:
        """Whether an identifier of a platform (iotId), or a path of its, stands on the number's line."""
        said = f"{self.at.line}\n{self.at.rest}"
        return self.reader.names_identifier(said) or self.reader.holds_path(said)

    @property
    def is_behind_subject(self) -> bool:
        """Whether the clause ends with a thing that a pack is about before the number."""
        said = self.said_before
        return bool(said) and any(said[-1].name in pack.subjects for pack in self._packs)

    def names_value(self, said: str) -> bool:
        """Say whether a text has an identifier of a platform with its value."""
        return self.reader.names_identifier(said, with_value=True)

    def begins_reason(self, said: str) -> bool:
        """Say whether a text begins with the reason phrase of the status."""
        return said.startswith(REASON_PHRASES.get(self.mention.code, "\n"))

    def tells_fault(self, said: str) -> bool:
        """Say whether a text tells that something is wrong."""
        return self.reader.tells_fault_in(self.reader.read_features(read(said)))

    def is_marked_alike(self, mark: str) -> bool:
        """Say whether another number in the same marks is called a code."""
        return any(one.naming > Naming.BARE and one.at.before[-1:] == mark for one in self._mentions)
