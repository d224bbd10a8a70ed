"""What makes a number anything but a code: a word of another kind, a larger number. vetoes.yaml asks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.matching.numbers.neighbourhood import LONG, SEPARATORS, Neighbourhood
from bot.matching.wording import Endings

_SEPARATORS = SEPARATORS.replace(":", "")
_STOPS = " \t?!.,。、？！"
_CLAUSE_ENDS = frozenset(("", *"\n,;.。!?、)"))
_MESSAGE_BEHIND = re.compile(r"[ \t]-{1,2}[ \t][^\W\d]{2}")
_LETTERS = re.compile(r"[a-z]+")
# Groups of digits that are one number: thousands, a phone's, what dashes join.
_CHAINS = (
    (re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])"), ","),
    (re.compile(r"(?<![\d.:,])(?:\+\d+(?: \d+)+|\d+(?: \d+){2,})(?![\d.:])"), " "),
    (re.compile(r"(?<![\w.-])0\d{2,3}-\d{3,4} \d{4}(?!\d)"), " "),
    (re.compile(r"(?<![\w.-])\d+(?:-\d+){2,}(?![\w-])"), "-"),
)


@dataclass(frozen=True)
class OtherUse:
    """A number that may be no code."""

    at: Neighbourhood

    @property
    def is_denied(self) -> bool:
        """Whether a word that denies stands right before: "not 28504", but not 是不是 28504.

        Of two that exclude each other neither is denied: 不是28504就是28505.
        """
        words = self.at.words
        if words.exclusive.match(self.at.rest):
            return False
        return any(_governs(words.denials, label, words.chatter) for label in self.at.labels)

    def _list_governing(self) -> list[str]:
        """Return the labels that say what a number is.

        None lies beyond a colon; behind a hint only what stands right before the number does.
        """
        at = self.at
        if at.is_field or at.key or at.words.hints.end(at.label):
            return at.labels[:1]
        near = takewhile(lambda pair: ":" not in pair[0][len(pair[1]) :], pairwise(at.labels))
        return [at.label, *(label for _, label in near)]

    @property
    def is_other_number(self) -> bool:
        """Whether a word for another kind of number governs; chatter (may) only right before."""
        words = self.at.words
        first, *rest = governing = self._list_governing()
        cut = [(one, link.find(one)) for one in governing for link in (words.amounts, words.places)]
        near = [first, *(one[:place].rstrip(_SEPARATORS) for one, place in cut if place)]
        if any(_governs(words.others, one, words.names) and not self._is_idle(one) for one in near):
            return True
        if words.lasting.end(first) or words.find_name.search(first):
            return False  # "whole rack is still 6100", "the error code on his phone is 28504"
        return any(_governs(words.others, one, words.chatter) and not words.names.end(one) for one in rest)

    def _is_idle(self, label: str) -> bool:
        """Say whether a word for another kind of number is but the end of chatter: in case 28504."""
        other, idle = self.at.words.others.find(label), self.at.words.chatter.find(label)
        return other is not None and idle is not None and idle < other

    @property
    def is_amount(self) -> bool:
        """Whether a word for an amount governs; behind one that is chatter a last number is none."""
        at, words = self.at, self.at.words
        if len(at.number) >= LONG or words.asking.end(at.label):
            return False
        is_last = not at.behind[:2].strip(_STOPS)
        free = words.chatter if is_last else None
        labels = self._list_governing()[: 1 if ":" in at.head[len(at.own_label) :] else None]
        return any(_governs(words.amounts, label, free) for label in labels)

    @property
    def is_other_key(self) -> bool:
        """Whether a number is the value of a key that names no code: `size = 500`.

        `RET_NOT_BOUND = 1903` is the constant of another table, in `"level": "5092 - not found"` a message
        follows, and nothing is counted in negative numbers: `login rejected = -9131` tells a code.
        """
        at = self.at
        is_failure = at.before[-1:] == "-" and at.key.endswith(at.words.faults)
        if is_failure or _MESSAGE_BEHIND.match(at.behind):
            return False
        is_constant = "_" in at.key and not at.shapes.is_documented(at.number)
        return bool(at.key) and not at.words.names_code(at.key) and not is_constant

    @property
    def is_measured(self) -> bool:
        """Whether a word of measure follows: 500 devices, 401 次; not 403 页面.

        Behind a long number that is called a code a clause of its own may begin ("报错28504 人脸也不认"), so
        there the measure must be the last word.
        """
        at = self.at
        place = int(at.behind[:1] in set(" \t`*\"'"))
        measure = _LETTERS.match(at.behind, place)
        if measure is None:
            measure = at.words.measures.match(at.behind, place)
        elif not at.words.units.end(measure[0]):
            return False
        if measure is None:
            return False
        is_named = len(at.number) >= LONG and at.ends_with("names")
        return not is_named or at.behind[measure.end() : measure.end() + 1] in _CLAUSE_ENDS

    @property
    def is_in_groups(self) -> bool:
        """Whether the number is a group of a larger one; documented codes side by side are several.

        So are groups of one length of which some are documented, between blanks.
        """
        at = self.at
        for pattern, mark in _CHAINS:
            for chain in pattern.finditer(at.tokens.folded, max(0, at.start - 24), at.end + 48):
                groups = chain[0].split(mark)
                if chain.start() <= at.start < chain.end():
                    are_alike = mark != "-" or len({len(group) for group in groups}) == 1
                    return not (are_alike and self._are_listed(groups))
        return False

    def _are_documented(self, numbers: list[str]) -> bool:
        return all(map(self.at.shapes.is_documented, numbers))

    def _are_listed(self, numbers: list[str]) -> bool:
        is_alike = len({len(number) for number in numbers}) == 1 and all(map(self.at.shapes.fits, numbers))
        return self._are_documented(numbers) or (is_alike and any(map(self.at.shapes.is_documented, numbers)))

    def is_other_part(self, other: str) -> bool:
        """Say whether the other number of a sum is no code."""
        return not self.at.shapes.is_documented(other)

    def is_range_end(self, span: str) -> bool:
        """Say whether a number is one end of a range; 28504~28510 are codes."""
        other = "".join(filter(str.isdigit, span))
        are_codes = "~" in span or self._are_documented([self.at.number, other])
        return not (len(self.at.number) >= LONG and are_codes)

    def is_between(self, span: str) -> bool:
        """Say whether others lie between a number and another; not "the difference between 2065 and 2066"."""
        said = f"{self.at.line}{self.at.rest}"
        return not self.at.words.find_comparison.search(said) and self.is_range_end(span)


def _governs(words: Endings, label: str, unless: Endings | None) -> bool:
    """Say whether one of the words ends a label, and none of the others that is as long or longer."""
    place = words.find(label)
    other = None if unless is None or place is None else unless.find(label)
    return place is not None and (other is None or other > place)
