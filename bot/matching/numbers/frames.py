"""The frames in which texts print a code beside its message, where no word calls it a code.

A frame is what stands right before a number and right behind it, and what these must say: a row of
frames.yaml. The frames of a number add up: see ENOUGH.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from http import HTTPStatus
from typing import NamedTuple

from bot.knowledge.language import Language
from bot.knowledge.pack import Family
from bot.knowledge.snapshot import Knowledge
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.numbers.borders import LONG
from bot.matching.numbers.cues import read_rows
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.numbers.process_ids import is_process_id
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.text import HAN, fold
from bot.matching.wording import any_of

ENOUGH = 2
"""What the frames around a number must come to."""

SHORTEST_KIN = 4
"""Digits from which a number of a family is likely a code where nothing names it."""

HEAD, TAIL = 200, 80
"""Characters before a number that are its line, and behind it in which its message begins."""

YEARS = range(1950, 2036)
REASON_PHRASES = {str(status.value): fold(status.phrase) for status in HTTPStatus}
_AROUND, _PARTS = " \t:=\"'`*>-", ("/", "~", "-", ">", "→")
_WRAPPING = " \t\"'`*([{<|-"
_VALUE = re.compile(r"[^\s:=\"'`]{0,40}[0-9_*][^\s:=\"'`]{0,40}\Z")  # of an id
_WORD = re.compile(r"[ \t]([a-z]+)")
_PLURAL = re.compile(r" ([a-z]{2,}s)(?![a-z])")


class Place:
    """An undocumented number, and what stands around it: before it in its clause, behind it on its line."""

    def __init__(
        self, mention: CodeMention, reading: Reading, reader: Reader, knowledge: Knowledge, index: Index
    ) -> None:
        self.mention, self.reading, self.reader, self.knowledge, self.index = (
            mention, reading, reader, knowledge, index,
        )  # fmt: skip
        folded = reading.text.folded
        clause, _ = reading.tokens.find_clause(mention.start, mention.end)
        self.first = max(clause, mention.start - HEAD)
        self.before = folded[self.first : mention.start]
        self.behind = folded[mention.end : mention.end + TAIL].partition("\n")[0]
        self.line = folded[max(0, mention.start - HEAD) : mention.start].rpartition("\n")[2]

    @cached_property
    def family(self) -> Family | None:
        """The family of the first pack asked that the number belongs to."""
        return find_family(self.mention, self.reading, self.knowledge)

    @cached_property
    def said_before(self) -> list[Feature]:
        """What the clause says before the number."""
        return features_between(self.reading.features, self.first, self.mention.start)

    def is_alone(self, _: str) -> bool:
        """Say whether the clause says nothing else."""
        return self.reader.stands_alone(self.reading, self.mention)

    def heads_line(self, _: str) -> bool:
        """Say whether a number of a family heads a line and counts nothing."""
        is_head = not self.line.strip(" \t-*`'\"([#>|+{")
        return is_head and self.family is not None and not self.is_count()

    def heads_clause(self, _: str) -> bool:
        """Say whether the clause says nothing before the number, and nothing is counted."""
        return not (self.said_before or self.is_before_thing())

    def is_behind_amount(self, _: str) -> bool:
        """Say whether a word that stands before an amount comes before the number."""
        return self.reader.ends_with_amount(self.before.rstrip(_WRAPPING))

    def begins_message(self, said: str) -> bool:
        """Say whether a text begins with a message of an entry."""
        return self.index.begins_with_message(said)

    def begins_reason(self, said: str) -> bool:
        """Say whether a text begins with the reason phrase of the status."""
        return said.startswith(REASON_PHRASES.get(self.mention.code, "\n"))

    def is_behind_name(self, _: str) -> bool:
        """Say whether the name of a pack's platform stands before the number."""
        return self.reader.ends_with_platform(self.before.rstrip(" \t*`("))

    def is_listed(self, _: str) -> bool:
        """Say whether a number of a family continues a list of codes."""
        return self.mention.listed and self.family is not None

    def is_process(self, _: str) -> bool:
        """Say whether the number is the process of a log line."""
        return is_process_id(self.reading.text.folded, self.mention.start, self.mention.end)

    def is_success(self, _: str) -> bool:
        """Say whether the number is an HTTP status that tells no error."""
        return len(self.mention.code) == 3 and self.mention.code[0] in "123"

    def is_year(self, _: str) -> bool:
        """Say whether the number may be a year."""
        return self.mention.code.isdigit() and int(self.mention.code) in YEARS

    def tells_fault(self, said: str) -> bool:
        """Say whether a text tells that something is wrong."""
        return self.reader.tells_fault_in(self.reader.read_features_of(said))

    def tells_trade(self, said: str) -> bool:
        """Say whether a text tells a fault, or has a word of the trade or of a pack's platform."""
        features = self.reader.read_features_of(said)
        return (
            self.reader.tells_fault_in(features)
            or any(self.reader.is_term(feature.name) for feature in features)
            or any(self.reader.find_evidence(pack, said) for pack in self.knowledge.packs.values())
        )

    def is_behind_fault(self, _: str) -> bool:
        """Say whether the clause tells a fault before the number, and ends with no thing to be counted."""
        if not self.said_before:
            return False
        last = self.said_before[-1]
        written = self.reading.text.folded[last.start : last.end]
        is_thing = self.reader.is_thing(last) and (written.endswith("s") or bool(HAN.match(written)))
        return not is_thing and self.reader.tells_fault_in(self.said_before)

    def is_behind_error(self, _: str) -> bool:
        """Say whether the clause tells a fault before the number, or has a word for an error."""
        return self.reader.tells_fault_in(self.said_before) or self.reader.tells_error(self.before)

    def is_behind_platform(self, said: str) -> bool:
        """Say whether a platform's name or path stands before the number, or an id of its with a value."""
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
        return bool(features) and not (
            is_fault or self.reader.tells_error(said) or self.is_behind_platform(said)
        )

    def is_counterpart(self, other: str) -> bool:
        """Say whether a number has another beside it that makes both amounts: 2000/5005, 400-500.

        Two documented numbers of five digits are a list, and no part is more than the whole: 2043/460.
        """
        codes = (self.mention.code, other) if self.before[-1:] not in _PARTS else (other, self.mention.code)
        is_pair = "/" in (self.before[-1:], self.behind[:1]) and int(codes[0]) > int(codes[1])
        are_long = all(len(code) >= LONG and self.knowledge.find_entries(code) for code in codes)
        return not (is_pair or are_long)

    def is_beside_code(self, code: str) -> bool:
        """Say whether a number of a family stands beside a documented code."""
        return bool(self.knowledge.find_entries(code, self.reading.packs)) and self.family is not None

    def is_marked_alike(self, mark: str) -> bool:
        """Say whether another number in the same marks is called a code."""
        folded = self.reading.text.folded
        return any(
            other.naming > Naming.BARE and folded[other.start - 1 : other.start] == mark
            for other in self.reading.mentions
        )

    def is_in_family(self, _: str) -> bool:
        """Say whether a pack asked has a family for the number."""
        return self.family is not None

    def closes_fault(self, said: str) -> bool:
        """Say whether a number of a family, too long for a count by its shape, stands last behind a fault."""
        is_long = len(self.mention.code) >= SHORTEST_KIN
        return is_long and self.family is not None and self.is_behind_fault(said)

    def is_before_thing(self) -> bool:
        """Say whether a word that says something stands behind the number."""
        word = _WORD.match(self.behind)
        sense = self.reader.lexicon.latin.get(word[1]) if word else None
        return word is not None and (sense is None or sense.sort != "chatter")

    def is_count(self) -> bool:
        """Say whether a number stands before what it may count: "429 scenes"."""
        plural = _PLURAL.match(self.behind)
        return plural is not None and self.reader.may_be_counted(plural[1])


class Frame(NamedTuple):
    """A row of frames.yaml."""

    name: str
    ask: int
    watch: int
    before: re.Pattern[str]
    behind: re.Pattern[str]
    says: Callable[[Place, str], bool]

    def holds(self, at: Place) -> bool:
        """Say whether the number stands in the frame."""
        before, behind = self.before.search(at.before), self.behind.match(at.behind)
        if before is None or behind is None:
            return False
        groups = {**before.groupdict(), **behind.groupdict()}
        return self.says(at, groups.get("said") or "")


def load_frames(languages: Iterable[Language]) -> tuple[Frame, ...]:
    """Read the table, with the words of the languages filled in."""
    languages = tuple(languages)

    def gather(*settings: str) -> str:
        return any_of(word for each in languages for name in settings for word in getattr(each, name))

    marks, wrap = r"[ \t*`'\"(\[{#>|+-]", r"[\"'`*()\[\]]{0,3}"
    parts = {
        "BEGINS": rf"(?:^{marks}*|[:\"'|>=]{marks}*)",  # of the clause, or behind a colon, a quote, an arrow
        "SAID": r"(?P<said>[^\n|]{2,80})",
        "WRAP": r"[\s\"'`*)\]】」]{0,4}",
        "TO": r"[ \t]?(?:[/~-]|[-=]>|→)[ \t]?",
        "HAN": HAN.pattern,
        "end": rf"[ \t\"'`*]{{0,3}}(?:[\n,;。!?、.]|\Z|(?<=[ \t])(?={HAN.pattern}))",
        "joint": rf"{wrap}\s?(?:[/|&]|{gather('joiners', 'contrasts')})\s?{wrap}",
        "asking": gather("asking_words"),
        "chatter": gather("chatter", "absences"),
    }

    def fill(pattern: str) -> str:
        return re.sub(r"\{([A-Za-z]+)\}", lambda name: parts[name[1]], pattern)

    return tuple(
        Frame(
            row["name"],
            int(row["ask"]),
            int(row["watch"]),
            re.compile(rf"(?:{fill(row.get('before', ''))})\Z"),
            re.compile(fill(row.get("behind", ""))),
            getattr(Place, row["says"]) if "says" in row else lambda *_: True,
        )
        for row in read_rows("frames.yaml")
    )


def find_family(mention: CodeMention, reading: Reading, knowledge: Knowledge) -> Family | None:
    """Return the first pack's family that a code belongs to, of the packs asked."""
    families = (pack.find_family(mention.code) for pack in knowledge.list_packs(reading.packs))
    return next((family for family in families if family), None)
