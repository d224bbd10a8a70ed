"""What makes a number anything but a code: a word of another kind, a larger number. vetoes.yaml asks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.matching.numbers.neighbourhood import HEAD, LONG, SEPARATORS, Neighbourhood

_SEPARATORS = SEPARATORS.replace(":", "")
_STOPS = " \t?!.,。、？！"
_MESSAGE_BEHIND = re.compile(r"[ \t]-{1,2}[ \t][^\W\d]{2}")
_EXCLUSIVE = r"[ \t]?[,、]?[ \t]?{exclusives}[ \t]?\d"
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
        if self.at.words.compile(_EXCLUSIVE).match(self.at.rest):
            return False
        return any(self._governs("denials", label, "chatter") for label in self.at.labels)

    def _list_governing(self) -> list[str]:
        """Return the labels that say what a number is.

        None lies beyond a colon; behind a hint only what stands right before the number does.
        """
        at = self.at
        if at.is_field or at.key or at.words.ends("hint_words").end(at.label):
            return at.labels[:1]
        near = takewhile(lambda pair: ":" not in pair[0][len(pair[1]) :], pairwise(at.labels))
        return [at.label, *(label for _, label in near)]

    @property
    def is_other_number(self) -> bool:
        """Whether a word for another kind of number governs; chatter (may) only right before."""
        ends = self.at.words.ends
        first, *rest = governing = self._list_governing()
        cut = [(one, ends("amount_words|place_words").find(one)) for one in governing]
        near = [first, *(one[:place].rstrip(_SEPARATORS) for one, place in cut if place)]
        if any(self._governs("number_words", one, "code_words") and not self._is_idle(one) for one in near):
            return True
        if ends("ongoing_words").end(first) or self.at.words.compile("{code_words}").search(first):
            return False  # "whole rack is still 6100", "the error code on his phone is 28504"
        far = (one for one in rest if not ends("code_words").end(one))
        return any(self._governs("number_words", one, "chatter") for one in far)

    def _is_idle(self, label: str) -> bool:
        """Say whether a word for another kind of number is but the end of chatter: in case 28504."""
        other, idle = (self.at.words.ends(one).find(label) for one in ("number_words", "chatter"))
        return other is not None and idle is not None and idle < other

    @property
    def is_amount(self) -> bool:
        """Whether a word for an amount governs; behind one that is chatter a last number is none."""
        at = self.at
        if len(at.number) >= LONG or at.words.ends("asking_words").end(at.label):
            return False
        free = "" if at.behind[:2].strip(_STOPS) else "chatter"
        labels = self._list_governing()[: 1 if ":" in at.head[len(at.own_label) :] else None]
        return any(self._governs("amount_words", label, free) for label in labels)

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
    def is_called(self) -> bool:
        """Whether a long number is called a code: behind it a clause may begin (报错28504 人脸也不认)."""
        return len(self.at.number) >= LONG and self.at.ends_with("code_words")

    @property
    def is_in_groups(self) -> bool:
        """Whether the number is a group of a larger one; documented codes side by side are several.

        So are groups of one length if some are documented, or if a word calls them codes.
        """
        at = self.at
        for pattern, mark in _CHAINS:
            for chain in pattern.finditer(at.tokens.folded, max(0, at.start - 24), at.end + 48):
                if chain.start() <= at.start < chain.end():
                    head = at.tokens.folded[max(0, chain.start() - HEAD) : chain.start()].rstrip(SEPARATORS)
                    is_called = at.words.ends("code_words").end(head)
                    return not self._are_codes(chain[0].split(mark), is_called, mark == "-")
        return False

    def _are_codes(self, groups: list[str], are_called: bool, are_joined: bool) -> bool:
        """Say whether groups are codes; those that dashes join must be of one length."""
        documented = [self.at.shapes.is_documented(group) for group in groups]
        is_alike = len({len(group) for group in groups}) == 1 and all(map(self.at.shapes.fits, groups))
        return (all(documented) and not are_joined) or (is_alike and (are_called or any(documented)))

    def is_other_part(self, other: str) -> bool:
        """Say whether the other number of a sum is no code."""
        return not self.at.shapes.is_documented(other)

    def is_range_end(self, span: str) -> bool:
        """Say whether a number is one end of a range; 28504~28510 are codes."""
        numbers = (self.at.number, "".join(filter(str.isdigit, span)))
        are_codes = "~" in span or all(map(self.at.shapes.is_documented, numbers))
        return not (len(self.at.number) >= LONG and are_codes)

    def is_between(self, span: str) -> bool:
        """Say whether others lie between a number and another; not "the difference between 2065 and 2066"."""
        said = f"{self.at.line}{self.at.rest}"
        return not self.at.words.compile("{comparisons}").search(said) and self.is_range_end(span)

    def _governs(self, words: str, label: str, unless: str) -> bool:
        """Say whether one of the words ends a label, and none of the others that is as long or longer."""
        place, other = (self.at.words.ends(one).find(label) for one in (words, unless))
        return place is not None and (other is None or other > place)
