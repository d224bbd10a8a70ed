"""The frames in which texts print a code beside its message, where no word calls it a code: a table.

A frame is what stands right before a number and right behind it, and what these must say. Of an undocumented
number the frames add up: see ENOUGH.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from typing import NamedTuple

from bot.knowledge.pack import Family
from bot.knowledge.snapshot import Knowledge
from bot.matching.features import Feature
from bot.matching.index import Index
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.text import HAN, fold

ENOUGH = 2
"""What the frames around an undocumented number must come to."""

SHORTEST_KIN = 4
"""Digits from which a number of a family is likely a code where nothing names it."""

HEAD, TAIL = 200, 80
"""Characters before a number that are its line, and behind it in which its message begins."""

YEARS = range(1950, 2036)
REASON_PHRASES = {str(status.value): fold(status.phrase) for status in HTTPStatus}
ARROWS = ("->", "=>", "→", "<--")
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

    def is_count(self) -> bool:
        """Say whether a number stands before what it may count: "429 scenes"."""
        plural = _PLURAL.match(self.behind)
        return plural is not None and self.reader.may_be_counted(plural[1])


class Frame(NamedTuple):
    """`before` ends what stands before the number, `behind` begins what stands behind; `says` tests `said`.

    `said` is the group of that name in one of the two, or "".
    """

    name: str
    worth: int
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


def make_frame(name: str, worth: int, before: str, behind: str, says: Callable[[Place, str], bool]) -> Frame:
    """Make a row of the table from two expressions."""
    return Frame(name, worth, re.compile(rf"(?:{before})\Z"), re.compile(behind), says)


_MARKS = r"[ \t*`'\"(\[{#>|+-]"
_BEGINS = rf"(?:^{_MARKS}*|[:\"'|>=]{_MARKS}*)"  # of the clause, or behind a colon, a quote, an arrow
_SAID = r"(?P<said>[^\n|]{2,80})"
_WRAP = r"[\s\"'`*)\]】」]{0,4}"

# Each frame is worth a code by itself; what is printed in the same way and is none takes that back.
FRAMES = (
    make_frame("alone", 2, "", "", lambda at, _: at.reader.stands_alone(at.reading, at.mention)),
    make_frame(
        "line-head",
        2,
        "",
        "",
        lambda at, _: not at.line.strip(" \t-*`'\"([#>|+{") and at.family is not None and not at.is_count(),
    ),
    make_frame(
        "api-message-behind",
        2,
        "",
        r"[ \t:\-\"'`]*(?P<said>[^\n]+)",
        lambda at, said: at.index.begins_with_message(said),
    ),
    make_frame(
        "brackets-behind-fault", 2, r"[(\[【]", r"[)\]】]", Place.is_behind_fault
    ),  # device is offline (6205)
    make_frame(
        "behind-fault", 2, r"(?<=[^\W\d_])[ \t]", r"[ \t]*(?:[\n,;。!?、.]|\Z)", Place.closes_fault
    ),  # 设备离线了 6205
    make_frame(
        "brackets-before-fault", 2, r"[\[【]", rf"[\]】]{_SAID}", Place.tells_fault
    ),  # [2152] lock failed
    make_frame(
        "message-behind",
        2,
        _BEGINS,
        rf"{_WRAP}(?:[:=|(]|-{{1,2}}(?=\s))\s{{0,3}}[\"'`(]{{0,2}}{_SAID}",
        Place.tells_trade,
    ),
    make_frame("quoted-before-words", 2, rf"{_BEGINS}[`*]", rf"[`*][\s*`]{{1,3}}{_SAID}", Place.tells_trade),
    make_frame("announced", 5, r":[\s\"'`*(]*", r"(?:[\s.,;!\"'`*)]*\Z|\s-{1,2}\s)", Place.is_behind_error),
    make_frame(
        "arrow", 2, r"(?<![\d\s])[ \t]*(?:->|=>|→)[ \t]*", r"[ .,;!]*\Z", lambda at, _: at.family is not None
    ),
    make_frame("quoted", 2, r"[\"'`]", r"[\"'`]", lambda at, _: at.family is not None),
    make_frame(
        "reason-phrase",
        2,
        "",
        r"[ ](?P<said>[a-z' -]{2,40})",
        lambda at, said: said.startswith(REASON_PHRASES.get(at.mention.code, "\n")),
    ),
    make_frame(
        "platform-before", 2, "", "", lambda at, _: at.reader.ends_with_platform(at.before.rstrip(" \t*`("))
    ),
    make_frame("marked-alike", 2, r"(?P<said>[`*])", r"[`*]", Place.is_marked_alike),
    make_frame("cell", 2, r"\|[ \t`*]*", rf"[ \t`*]*\|{_SAID}", Place.tells_trade),
    make_frame("last-cell", 2, r"\|(?P<said>[^|\n]{2,80})\|[ \t`*]*", r"[ \t`*]*\|", Place.tells_trade),
    # A status of success (RFC 9110: 1xx, 2xx, 3xx) and a year stand as a code does.
    make_frame(
        "success", -9, "", "", lambda at, _: len(at.mention.code) == 3 and at.mention.code[0] in "123"
    ),
    make_frame("year", -3, "", "", lambda at, _: at.mention.code.isdigit() and int(at.mention.code) in YEARS),
)


def find_family(mention: CodeMention, reading: Reading, knowledge: Knowledge) -> Family | None:
    """Return the first pack's family that a code belongs to, of the packs asked."""
    families = (pack.find_family(mention.code) for pack in knowledge.list_packs(reading.packs))
    return next((family for family in families if family), None)
