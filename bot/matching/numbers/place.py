"""What stands around a number by the words of its whole clause, as the rows of frames.yaml look at it.

A frame is what stands right before a number and right behind it where no word calls it a code, and what
these must say. The frames of a number add up: see ENOUGH.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from http import HTTPStatus
from typing import NamedTuple

from bot.knowledge.entry import Entry
from bot.knowledge.language import Language
from bot.knowledge.pack import Family
from bot.knowledge.snapshot import Knowledge
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.numbers.around import LONG, Around
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.numbers.table import Row, load_rows
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.text import HAN, fold
from bot.matching.wording import any_of

ENOUGH = 2
"""What the frames around a number must come to."""

HEAD, TAIL = 200, 80
"""Characters before a number that are its line, and behind it in which its message begins."""

WEAK = frozenset({"alone", "line-head"})
FAULT_FRAMES = frozenset({"brackets-behind-fault", "brackets-before-fault", "behind-fault"})
REASON_PHRASES = {str(status.value): fold(status.phrase) for status in HTTPStatus}
_AROUND, _PARTS = " \t:=\"'`*>-", ("/", "~", "-", ">", "→")
_VALUE = re.compile(r"[^\s:=\"'`]{0,40}[0-9_*][^\s:=\"'`]{0,40}\Z")  # of an id
_WORD = re.compile(r"[ \t]([a-z]+)")
_PLURAL = re.compile(r" ([a-z]{2,}s)(?![a-z])")


class World(NamedTuple):
    """What numbers are judged by."""

    knowledge: Knowledge
    reader: Reader
    messages: Index
    frames: tuple[Row, ...]


class Place(Around):
    """A number of a text, and what stands around it: before it in its clause, behind it on its line."""

    def __init__(self, mention: CodeMention, reading: Reading, world: World) -> None:
        super().__init__(reading.text.folded, mention.start, mention.end, world.reader.code_context)
        self.mention, self.reading, self.is_listed = mention, reading, mention.listed
        self.knowledge, self.reader, self.messages, self._frames = world

    @cached_property
    def first(self) -> int:
        """Where what is read before the number begins: its clause."""
        clause, _ = self.reading.tokens.find_clause(self.start, self.end)
        return max(clause, self.start - HEAD)

    @cached_property
    def before(self) -> str:
        """What stands before the number in its clause."""
        return self.folded[self.first : self.start]

    @cached_property
    def behind(self) -> str:
        """What stands behind the number on its line."""
        return self.folded[self.end : self.end + TAIL].partition("\n")[0]

    @cached_property
    def line(self) -> str:
        """What stands before the number on its line."""
        return self.folded[max(0, self.start - HEAD) : self.start].rpartition("\n")[2]

    @property
    def head(self) -> str:
        """What stands before the number on its line, but for marks."""
        return self.line.strip(" \t-*`'\"([#>|+{")

    @cached_property
    def entries(self) -> list[Entry]:
        """The documented entries of the packs asked that the number is the code of."""
        return self.knowledge.find_entries(self.mention.code, self.reading.packs, self.mention.is_negative)

    @cached_property
    def family(self) -> Family | None:
        """The family of the first pack asked that the number belongs to."""
        packs = self.knowledge.list_packs(self.reading.packs)
        return next(filter(None, (pack.find_family(self.mention.code) for pack in packs)), None)

    @cached_property
    def frames(self) -> list[Row]:
        """The frames in which the number stands."""
        return [frame for frame in self._frames if frame.holds(self)]

    @cached_property
    def said_before(self) -> list[Feature]:
        """What the clause says before the number."""
        return features_between(self.reading.features, self.first, self.mention.start)

    @property
    def strong_frames(self) -> list[Row]:
        """The frames but those in which a number beside a named code may be anything."""
        return [frame for frame in self.frames if frame.name not in WEAK]

    @property
    def is_framed(self) -> bool:
        """Whether a number that nothing names stands as logs print a code, beside one that is named.

        The one behind a function's name is a line of source: wait_connack(756).
        """
        word = self.before.rpartition(" ")[2]
        if "_" in word and word.endswith("("):
            return False
        return sum(frame.ask for frame in self.strong_frames) >= ENOUGH

    @property
    def watched_worth(self) -> int:
        """What the frames come to in a post."""
        return sum(frame.watch for frame in self.frames)

    @property
    def is_beside_fault(self) -> bool:
        """Whether the number stands behind or before a fault as logs and people print its code."""
        return any(frame.name in FAULT_FRAMES for frame in self.frames)

    @property
    def is_meant(self) -> bool:
        """Whether an undocumented number is meant as a code: named as one, or in the frame of one."""
        if self.is_of_other_system:
            return False
        return (
            bool(self.mention.naming)
            or self.mention.foreign
            or not self.reading.features
            or sum(frame.ask for frame in self.frames) >= ENOUGH
        )

    @cached_property
    def is_of_other_system(self) -> bool:
        """Whether the number's clause names another system, and nothing in it is a pack's own."""
        if self.mention.foreign:
            return False
        if not (self.reader.systems.are_named(self.folded, self.start) or self._is_of_carrier()):
            return False
        packs = self.knowledge.list_packs(self.reading.packs)
        if any(self.mention.code in pack.shape.distinctive for pack in packs):
            return False
        clause = self.folded[max(0, self.start - HEAD) : self.end + HEAD]
        return not any(self.reader.find_evidence(pack, clause) for pack in packs)

    def _is_of_carrier(self) -> bool:
        """Say whether the number's clause is about what a carrier does: "Slack 的 webhook 回 404"."""
        end = self.reader.systems.find_subject(self.folded, self.start)
        between = [] if end is None else features_between(self.reading.features, end, self.start)
        return bool(between) and not any(self.reader.is_term(feature.name) for feature in between)

    # What the rows of frames.yaml need and say.

    @property
    def is_alone(self) -> bool:
        """Whether the clause says nothing else."""
        return self.reader.stands_alone(self.reading, self.mention)

    @property
    def heads_line(self) -> bool:
        """Whether the number heads a line and counts nothing."""
        return not self.head and not self.is_count

    @property
    def heads_clause(self) -> bool:
        """Whether the clause says nothing before the number, and nothing is counted."""
        return not (self.said_before or self.is_before_thing)

    @cached_property
    def is_behind_fault(self) -> bool:
        """Whether the clause tells a fault before the number, and ends with no thing to be counted."""
        return self.is_behind_error and not self.reader.is_thing(self.said_before[-1])

    @property
    def is_behind_error(self) -> bool:
        """Whether the clause tells a fault before the number."""
        return self.reader.tells_fault_in(self.said_before)

    @property
    def is_before_thing(self) -> bool:
        """Whether a word that says something stands behind the number."""
        word = _WORD.match(self.behind)
        sense = self.reader.lexicon.latin.get(word[1]) if word else None
        return word is not None and (sense is None or sense.sort != "chatter")

    @cached_property
    def is_count(self) -> bool:
        """Whether the number stands before what it may count: "429 scenes"."""
        plural = _PLURAL.match(self.behind)
        return plural is not None and self.reader.may_be_counted(plural[1])

    @property
    def is_with_identifier(self) -> bool:
        """Whether an identifier of a platform (iotId), or a path of its, stands on the number's line."""
        said = f"{self.line}\n{self.behind}"
        return self.reader.names_identifier(said) or self.reader.holds_path(said)

    def begins_message(self, said: str) -> bool:
        """Say whether a text begins with a message of an entry."""
        return self.messages.begins_with_message(said)

    def begins_reason(self, said: str) -> bool:
        """Say whether a text begins with the reason phrase of the status."""
        return said.startswith(REASON_PHRASES.get(self.mention.code, "\n"))

    def tells_fault(self, said: str) -> bool:
        """Say whether a text tells that something is wrong."""
        return self.reader.tells_fault_in(self.reader.read_features_of(said))

    def tells_trade(self, said: str) -> bool:
        """Say whether a text tells a fault, or has a word of the trade."""
        is_of_trade = any(self.reader.is_term(one.name) for one in self.reader.read_features_of(said))
        return is_of_trade or self.tells_fault(said)

    def is_platform(self, said: str) -> bool:
        """Say whether a text ends with a platform's name or path, or with an id of its and a value."""
        said = said.rstrip(_AROUND)
        last = said.rpartition(" ")[2]
        if self.reader.ends_with_evidence(_VALUE.sub("", said).rstrip(_AROUND)) and _VALUE.search(last):
            return True
        is_field = self.before.rstrip(" \"'`*")[-1:] in {":", "="} and last.isascii() and last.isalpha()
        return not is_field and (self.reader.ends_with_evidence(said) or self.reader.holds_path(last))

    def is_other_field(self, said: str) -> bool:
        """Say whether a field is named for what it counts: no error, nor a fault that something has."""
        features = self.reader.read_features_of(said)
        faults = [self.reader.tells_fault_in([feature]) for feature in features]
        is_fault = any(faults) and not all(faults)
        return bool(features) and not (is_fault or self.is_platform(said))

    def is_counterpart(self, other: str) -> bool:
        """Say whether a number has another beside it that makes both amounts: 2000/5005, 400-500.

        Two documented numbers of five digits are a list, and no part is more than the whole: 2043/460.
        """
        codes = (self.mention.code, other) if self.before[-1:] not in _PARTS else (other, self.mention.code)
        is_pair = "/" in (self.before[-1:], self.behind[:1]) and int(codes[0]) > int(codes[1])
        are_long = all(len(code) >= LONG and self.knowledge.find_entries(code) for code in codes)
        return not (is_pair or are_long)

    def is_code(self, code: str) -> bool:
        """Say whether a code is documented."""
        return bool(self.knowledge.find_entries(code, self.reading.packs))

    def is_marked_alike(self, mark: str) -> bool:
        """Say whether another number in the same marks is called a code."""
        return any(
            other.naming > Naming.BARE and self.folded[other.start - 1 : other.start] == mark
            for other in self.reading.mentions
        )


def load_frames(languages: Iterable[Language]) -> tuple[Row, ...]:
    """Read frames.yaml, with the words of the languages filled in."""
    languages = tuple(languages)

    def gather(*settings: str) -> str:
        return any_of(word for each in languages for name in settings for word in getattr(each, name))

    marks, wrap = r"[ \t*`'\"(\[{#>|+-]", r"[\"'`*()\[\]]{0,3}"
    words = {
        "BEGINS": rf"(?:^{marks}*|[:\"'|>=]{marks}*)",  # of the clause, or behind a colon, a quote, an arrow
        "SAID": r"(?P<said>[^\n|]{2,80})",
        "WRAP": r"[\s\"'`*)\]】」]{0,4}",
        "TO": r"[ \t]?(?:[/~-]|[-=]>|→)[ \t]?",
        "end": rf"[ \t\"'`*]{{0,3}}(?:[\n,;。!?、.]|\Z|(?<=[ \t])(?={HAN.pattern}))",
        "joint": rf"{wrap}\s?(?:[/|&]|{gather('joiners', 'contrasts')})\s?{wrap}",
        "asking": gather("asking_words"),
        "chatter": gather("chatter", "absences"),
        "lasting": gather("ongoing_words", "pervading_words"),
        "columns": r"[\s>`|]*(?:[\d:.,/+\s()\[\]tz|-]|utc|gmt|[a-z]{3} (?=\d))*",  # of a log line
        "level": r"(?:error|err|warn|warning|info|debug|trace|fatal|critical|notice|log)\b",
    }
    return load_rows("frames.yaml", words)
