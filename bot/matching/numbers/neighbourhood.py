"""What stands around a number: the pieces of the text that the tables look at, each cut once.

Words and shapes only. What the pieces mean is place.py's part, what makes the number no code other_use.py's.
"""

from __future__ import annotations

import re
from functools import cached_property

from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.words import Words
from bot.matching.tokens import Tokens
from bot.matching.wording import is_latin

LONG = 5
"""Digits from which a number seldom is an amount by chance."""

ALONE = range(2, 9)
"""Digits of a number that is a code where nothing else is asked of: 615000, -35."""

REACH, LABEL_REACH, HEAD = 80, 40, 200
"""Folded characters on both sides of a number that are looked at, before it that may be its label, and before
it that are its clause and its line."""

CHATTER_MOST = 4
"""Words of chatter between a label and its number: "the error code I got was 28504"."""

LIST_LINES = 8
"""Lines of numbers below a heading that it still names."""

SEPARATORS = " \t:=\"'`([{<>*#|~-_\\【「)]"
_GLUED = re.compile(r"(?<![a-z0-9._-])[a-z]{1,24}\Z")
_SIGN = re.compile(r"(?<![a-z0-9])-\Z")
_KEY = re.compile(r"(?:[\"']([^\"'\n]{1,40})[\"']\s*[:=]|([a-z_][\w.]{0,60})\s*=)\s*[\"']?-?\Z")


class Neighbourhood:
    """A number or a symbol, [start, end) of a folded text, and the pieces of the text around it.

    `before` and `behind` are what stands on both sides of it, `line` and `rest` what of that on its line,
    `clause` what stands before it in its clause, from `clause_start`.
    """

    def __init__(self, tokens: Tokens, start: int, end: int, words: Words, shapes: Shapes) -> None:
        folded = tokens.folded
        self.tokens, self.start, self.end, self.words, self.shapes = tokens, start, end, words, shapes
        self.number = folded[start:end]
        self.before, self.behind = folded[max(0, start - REACH) : start], folded[end : end + REACH]
        self.line = folded[max(0, start - HEAD) : start].rpartition("\n")[2]
        self.rest = self.behind.partition("\n")[0]
        self.clause_start = max(tokens.find_clause(start, end)[0], start - HEAD)
        self.clause = folded[self.clause_start : start]

    @cached_property
    def begin(self) -> int:
        """How many characters before the digits belong to the code: a sign, a prefix (E28504), a label."""
        glued = _GLUED.search(self.before)
        if glued:
            return len(glued[0]) if self.is_prefix(glued[0]) else 0
        return int(_SIGN.search(self.before) is not None)

    @cached_property
    def head(self) -> str:
        """What stands before the code on its line, as far as a label reaches."""
        return self.line[-LABEL_REACH:][: -self.begin or None]

    @cached_property
    def own_label(self) -> str:
        """What ends right before the code, without separators."""
        return self.head.rstrip(SEPARATORS)

    @cached_property
    def is_in_cell(self) -> bool:
        """Whether the number stands in a cell of a table."""
        return self.head.rstrip(" \t*`")[-1:] == "|"

    @cached_property
    def heading(self) -> str:
        """The name of a code that stands above the number, or above a list of numbers; else ""."""
        if self.own_label and not self.is_in_cell:
            return ""
        folded = self.tokens.folded
        end = folded.rfind("\n", 0, self.start)
        column = folded.count("|", end + 1, self.start)
        for _ in range(LIST_LINES):
            if end < 0:
                break
            first = folded.rfind("\n", 0, end) + 1
            row = folded[first:end]
            above = (row.split("|")[column] if row.count("|") >= column else row).strip(SEPARATORS)
            if above and not above[0].isdigit():
                if column:
                    return above if self.words.names_code(above) else ""
                name = self.words.compile("{code_words}").search(above)
                return name[0] if name else ""
            end = first - 1
        return ""

    @cached_property
    def is_field(self) -> bool:
        """Whether the number is the value of a pack's code field."""
        if self.is_in_cell and self.words.names_code(self.heading):
            return True
        return self.words.ends("code_fields").end(self.own_label) and len(self.own_label) < len(self.head)

    @cached_property
    def key(self) -> str:
        """The key whose value the number is; in `"session expired": 401` it is the message of the code."""
        found = None if self.is_field else _KEY.search(self.head)
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
        stops, chatter = self.words.ends("code_words|fractions"), self.words.ends("chatter")
        while len(labels) <= CHATTER_MOST and not stops.end(labels[-1]):
            place = chatter.find(labels[-1])
            if place is None:
                break
            labels.append(labels[-1][:place].rstrip(SEPARATORS))
        return labels

    def ends_with(self, words: str) -> bool:
        """Say whether one of these words ends a label."""
        return any(map(self.words.ends(words).end, self.labels))

    @property
    def is_set_apart(self) -> bool:
        """Whether the number stands as logs print a code, though it may have no code's shape.

        Alone; in brackets, with more digits than most codes have; negative at a line's head, before a colon.
        """
        if self.rest[:1] == ":" and self.line.strip() == "-":
            return True
        marks = f"{self.before[-1:]}{self.behind[:1]}"
        is_alone = len(self.number) in ALONE and not f"{self.before}{self.behind}".strip(" \t\n`'\"?.!。-")
        return is_alone or (len(self.number) > LONG and marks in {"()", "[]", "【】"})

    # What the rows of borders.yaml and cues.yaml ask.

    def is_prefix(self, letters: str) -> bool:
        """Say whether letters belong to a code: its prefix, or its label."""
        return letters in self.shapes.prefixes or self.words.is_label(letters)

    @property
    def is_labelled(self) -> bool:
        """Whether a label of a code, or one of nothing in particular (结果：), stands before a mark."""
        text = self.before[:-1].rstrip("\"'`* ")
        if not text or text[-1] in "\n],;":
            return False
        return not is_latin(text[-1]) or self.words.is_label(text)

    def is_alike(self, joined: str) -> bool:
        """Say whether a mark joins another code to the number: a slash, or a dash between long ones."""
        mark, digits = joined[0], joined[1:]
        is_long = self.shapes.is_documented(self.number) and len(digits) == len(self.number) >= LONG
        return self.shapes.fits(digits) and (mark == "/" or is_long)

    def tells_nothing_else(self, said: str) -> bool:
        """Say whether what stands between a code's name and "is" makes no amount of it (count is)."""
        return self.words.ends("number_words").find(said.strip()) != 0
