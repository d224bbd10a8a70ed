"""What stands around a number, as the rows of borders.yaml, cues.yaml and vetoes.yaml look at it.

Words and shapes only. What the whole clause says is place.py's part.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from bot.matching.numbers.mention import Naming
from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.words import CHATTER_MOST, Words
from bot.matching.wording import Endings, is_latin

LONG = 5
"""Digits from which a number seldom is an amount by chance."""

REACH, LABEL_REACH = 80, 40
"""Folded characters on both sides of a number that are looked at, and before it that may be its label."""

SEPARATORS = " \t:=\"'`([{<>*#|~-_\\【「)]"
_GLUED = re.compile(r"(?<![a-z0-9._-])[a-z]{1,24}\Z")
_SIGN = re.compile(r"(?<![a-z0-9])-\Z")
_KEY = re.compile(r"(?:[\"']([^\"'\n]{1,40})[\"']\s*[:=]|([a-z_][\w.]{0,60})\s*=)\s*[\"']?-?\Z")
_MESSAGE_BEHIND = re.compile(r"[ \t]-{1,2}[ \t][^\W\d]{2}")
_STOPS = " \t?!.,。、？！"
_CLAUSE_ENDS = frozenset(("", *"\n,;.。!?、)"))
_LETTERS = re.compile(r"[a-z]+")
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_PHONE = re.compile(r"(?<![\d.:,])(?:\+\d+(?: \d+)+|\d+(?: \d+){2,})(?![\d.:])")
_DASHED = re.compile(r"(?<![\w.-])\d+(?:-\d+){2,}(?![\w-])")
# Codes, each with how often it came: "28528 - 61, 28529 - 14".
_TALLY = re.compile(r"(?<![\w.-])\d{3,12} - \d{1,9}(?:[,;、\n]\s?\d{3,12} - \d{1,9}){1,20}(?!\d|[.-]\d)")
_TALLIED = re.compile(r"(\d{3,12}) - (\d{1,9})")


class Context(NamedTuple):
    """What the packs and languages tell of numbers."""

    words: Words
    shapes: Shapes


class Around:
    """A number, [start, end) of a folded text, and what stands around it."""

    def __init__(self, folded: str, start: int, end: int, context: Context) -> None:
        self.folded, self.start, self.end, self.context = folded, start, end, context
        self.words, self.shapes = context
        self.fits, self.is_documented = self.shapes.fits, self.shapes.is_documented
        self.is_label = self.words.is_label
        self.digits = folded[start:end]
        self.heading = ""
        self.named = Naming.BARE

    @cached_property
    def before(self) -> str:
        """What stands before the number."""
        return self.folded[max(0, self.start - REACH) : self.start]

    @cached_property
    def behind(self) -> str:
        """What stands behind the number."""
        return self.folded[self.end : self.end + REACH]

    @cached_property
    def begin(self) -> int:
        """How many characters before the digits belong to the code: a sign, a prefix (E28504), a label."""
        glued = _GLUED.search(self.before)
        if glued:
            return len(glued[0]) if self.is_prefix(glued[0]) else 0
        return int(_SIGN.search(self.before) is not None)

    @cached_property
    def line(self) -> str:
        """What stands before the code on its line, as far as a label reaches."""
        first = max(self.folded.rfind("\n", 0, self.start) + 1, self.start - LABEL_REACH)
        return self.folded[first : self.start - self.begin]

    @cached_property
    def own_label(self) -> str:
        """What ends right before the code, without separators."""
        return self.line.rstrip(SEPARATORS)

    @property
    def is_long_in_brackets(self) -> bool:
        """Whether more digits than those of most codes stand in brackets, as logs print a code."""
        are_brackets = f"{self.before[-1:]}{self.behind[:1]}" in {"()", "[]", "【】"}
        return len(self.digits) > LONG and are_brackets

    @cached_property
    def is_in_cell(self) -> bool:
        """Whether the number stands in a cell of a table."""
        return self.line.rstrip(" \t*`")[-1:] == "|"

    @cached_property
    def is_field(self) -> bool:
        """Whether the number is the value of a pack's code field."""
        if self.is_in_cell and self.words.names_code(self.heading):
            return True
        return self.words.fields.end(self.own_label) and len(self.own_label) < len(self.line)

    @cached_property
    def key(self) -> str:
        """The key whose value the number is; in `"session expired": 401` it is the message of the code."""
        found = None if self.is_field else _KEY.search(self.line)
        key = (found[1] or found[2]) if found else ""
        return "" if " " in key and not self.words.names_code(key) else key

    @cached_property
    def label(self) -> str:
        """The label: what stands above the number's line, or what stands right before it."""
        return self.heading or self.own_label

    @cached_property
    def labels(self) -> list[str]:
        """The label, and what is left of it without the chatter at its end, word by word."""
        labels = [self.label]
        while len(labels) <= CHATTER_MOST and not self.words.names.end(labels[-1]):
            place = self.words.chatter.find(labels[-1])
            if place is None:
                break
            labels.append(labels[-1][:place].rstrip(SEPARATORS))
        return labels

    def ends_with(self, words: str) -> bool:
        """Say whether one of these words ends a label."""
        endings: Endings = getattr(self.words, words)
        return any(map(endings.end, self.labels))

    # What the rows of borders.yaml say.

    def is_prefix(self, letters: str) -> bool:
        """Say whether letters belong to a code: its prefix, or its label."""
        return letters in self.shapes.prefixes or self.words.is_label(letters)

    @property
    def is_labelled(self) -> bool:
        """Whether a label of a code, or one of nothing in particular (结果：), stands before a mark."""
        text = self.before[:-1].rstrip("\"'`* ")
        if not text or text[-1] in "\n]":
            return False
        return not is_latin(text[-1]) or self.words.is_label(text)

    @property
    def is_behind_identifier(self) -> bool:
        """Whether an identifier ends as a label does before the number."""
        return self.words.ends_glued(self.before)

    def is_alike(self, joined: str) -> bool:
        """Say whether a mark joins another code to the number: a slash, or a dash between long ones.

        Behind a colon a range is one of a table's: "errors:10200-10206 login".
        """
        mark, digits = joined[0], joined[1:]
        is_long = self.is_documented(self.digits) and len(digits) == len(self.digits) >= LONG
        return self.fits(digits) and (mark == "/" or (is_long and self.before[-1:] != ":"))

    # What the rows of cues.yaml say.

    @property
    def is_announced(self) -> bool:
        """Whether a word for "error code" stands in the clause before a colon."""
        said = self.before[: len(self.before) - self.begin].rpartition("\n")[2]
        clause = re.split(r"[。;!?]", said)[-1].rstrip(SEPARATORS)
        return ":" in said[len(said.rstrip(SEPARATORS)) :] and bool(self.words.find_name.search(clause))

    # What the rows of vetoes.yaml say.

    def _list_governing(self) -> list[str]:
        """Return the labels that say what a number is: behind a hint only what stands right before it."""
        is_hinted = self.is_field or bool(self.key) or self.words.hints.end(self.label)
        return self.labels[:1] if is_hinted else self.labels

    @property
    def is_denied(self) -> bool:
        """Whether a word that denies stands right before: "not 28504", but not 是不是 28504."""
        return any(_governs(self.words.denials, label, self.words.chatter) for label in self.labels)

    @property
    def is_other_number(self) -> bool:
        """Whether a word for another kind of number governs; chatter (may) only right before."""
        words = self.words
        first, *rest = governing = self._list_governing()
        cut = [(one, link.find(one)) for one in governing for link in (words.amounts, words.places)]
        near = [first, *(one[:place].rstrip(SEPARATORS) for one, place in cut if place)]
        return any(_governs(words.others, one, words.names) for one in near) or any(
            _governs(words.others, one, words.chatter) and not words.names.end(one) for one in rest
        )

    def is_other_group(self, label: str) -> bool:
        """Say whether a number is a further one of another kind; one of a code only among its like."""
        is_alike = len(self.before.split()[-1]) == len(self.digits)
        is_code = len(self.digits) >= LONG and self.is_documented(self.digits) and not is_alike
        return not is_code and self.words.others.end(label)

    @property
    def is_amount(self) -> bool:
        """Whether a word for an amount governs; behind one that is chatter a last number is none."""
        words = self.words
        if len(self.digits) >= LONG or words.asking.end(self.label):
            return False
        is_last = not self.behind[:2].strip(_STOPS)
        free = words.chatter if is_last else None
        return any(_governs(words.amounts, label, free) for label in self._list_governing())

    @property
    def is_other_key(self) -> bool:
        """Whether a number is the value of a key that names no code: `size = 500`.

        `RET_NOT_BOUND = 1903` is the constant of another table, in `"level": "5092 - not found"` a message
        follows, and nothing is counted in negative numbers: `login rejected = -9131` tells a code.
        """
        is_failure = self.before[-1:] == "-" and self.key.endswith(self.words.faults)
        if is_failure or _MESSAGE_BEHIND.match(self.behind):
            return False
        is_constant = "_" in self.key and not self.is_documented(self.digits)
        return bool(self.key) and not self.words.names_code(self.key) and not is_constant

    @property
    def is_measured(self) -> bool:
        """Whether a word of measure follows: 500 devices, 401 次; not 403 页面.

        Behind a long number that is called a code a clause of its own may begin ("报错28504 人脸也不认"), so
        there the measure must be the last word.
        """
        place = int(self.behind[:1] in set(" \t`*\"'"))
        measure = _LETTERS.match(self.behind, place)
        if measure is None:
            measure = self.words.measures.match(self.behind, place)
        elif measure[0] not in self.words.units:
            return False
        if measure is None:
            return False
        is_named = len(self.digits) >= LONG and self.ends_with("names")
        return not is_named or self.behind[measure.end() : measure.end() + 1] in _CLAUSE_ENDS

    @property
    def is_in_groups(self) -> bool:
        """Whether the number is a group of a larger one; documented codes side by side are several.

        So are groups of one length of which some are documented, between blanks.
        """
        for pattern, mark in ((_THOUSANDS, ","), (_PHONE, " "), (_DASHED, "-")):
            for chain in pattern.finditer(self.folded, max(0, self.start - 24), self.end + 48):
                groups = chain[0].split(mark)
                if chain.start() <= self.start < chain.end():
                    return not (self._are_documented(groups) if mark == "," else self._are_listed(groups))
        return False

    @cached_property
    def tally(self) -> str | None:
        """The tally of codes in which the number stands, up to it; counts are smaller than the codes."""
        for tally in _TALLY.finditer(self.folded, max(0, self.start - 200), self.start + 200):
            if tally.start() <= self.start < tally.end():
                pairs = [pair.groups() for pair in _TALLIED.finditer(tally[0])]
                are_counts = all(int(code) > int(count) for code, count in pairs)
                if are_counts and self._are_listed([code for code, _ in pairs]):
                    return self.folded[tally.start() : self.start]
        return None

    @property
    def is_tally_count(self) -> bool:
        """Whether the number tells how often a code came."""
        return self.tally is not None and self.tally.endswith(" - ")

    def _are_documented(self, numbers: list[str]) -> bool:
        return all(map(self.is_documented, numbers))

    def _are_listed(self, numbers: list[str]) -> bool:
        is_alike = len({len(number) for number in numbers}) == 1 and all(map(self.fits, numbers))
        return self._are_documented(numbers) or (is_alike and any(map(self.is_documented, numbers)))

    def is_in_sum(self, other: str) -> bool:
        """Say whether a number that nothing names stands in a sum; behind a code's name there is none."""
        return not self.named and not self.is_documented(other) and self.tally is None

    def is_range_end(self, span: str) -> bool:
        """Say whether a number that nothing names is one end of a range; 28504~28510 are codes."""
        other = "".join(filter(str.isdigit, span))
        are_codes = "~" in span or self._are_documented([self.digits, other])
        return not self.named and not (len(self.digits) >= LONG and are_codes)


def _governs(words: Endings, label: str, unless: Endings | None) -> bool:
    """Say whether one of the words ends a label, and none of the others that is as long or longer."""
    place = words.find(label)
    other = None if unless is None or place is None else unless.find(label)
    return place is not None and (other is None or other > place)
