"""What speaks for "this number is meant as an error code", and what forbids it: two tables.

A row looks in one place around the number for one thing: the words of a setting of languages.yaml or
pack.yaml, or a shape. The first table is cues.yaml. What a whole clause says is weighed in frames.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.knowledge.yaml_text import parse_rows
from bot.matching.numbers.borders import LONG, NumberBoundary
from bot.matching.numbers.mention import Naming
from bot.matching.numbers.process_ids import is_process_id
from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.words import CHATTER_MOST, Words
from bot.matching.wording import Endings

LABEL_REACH = 40
"""Folded characters before a number in which its label is looked for."""

SEPARATORS = " \t:=\"'`([{<>*#|~-_\\【「)]"
_KEY = re.compile(r"(?:[\"']([^\"'\n]{1,40})[\"']\s*[:=]|([a-z_][\w.]{0,60})\s*=)\s*[\"']?-?\Z")
_MESSAGE_BEHIND = re.compile(r"[ \t]-{1,2}[ \t][^\W\d]{2}")
_REMARK = re.compile(r"[ \t]?\([^()\n]{1,30}\)[ \t]?[:：][ \t]?\Z")  # errors by code (last 15 min): 28528


class Around:
    """What stands around a number, as the tables look at it."""

    def __init__(self, folded: str, start: int, end: int, begin: int, words: Words) -> None:
        """`begin` characters before the digits belong to the code."""
        self.folded, self.start, self.end, self.begin, self.words = folded, start, end, begin, words
        self.digits = folded[start:end]
        self.line = folded[max(folded.rfind("\n", 0, start) + 1, start - LABEL_REACH) : start - begin]
        remark = _REMARK.search(self.line)
        self.label = self.line[: remark.start() if remark else None].rstrip(SEPARATORS)
        self.is_last = not folded[end : end + 2].strip(" \t?!.,。、？！")
        self.is_field = words.fields.end(self.label) and len(self.label) < len(self.line)
        self.is_in_cell = self.line.rstrip(" \t*`")[-1:] == "|"
        self._labels: list[str] | None = None
        found = None if self.is_field else _KEY.search(self.line)
        key = (found[1] or found[2]) if found else ""
        # In `"session expired": 401` the key is the message of the code.
        self.key = "" if " " in key and not words.names_code(key) else key

    def set_heading(self, heading: str) -> None:
        """Take what stands above the number's line for its label."""
        self.label, self._labels = heading, None
        self.is_field = self.is_field or (self.is_in_cell and self.words.heads_column(heading))

    @property
    def labels(self) -> list[str]:
        """The label, and what is left of it without the chatter at its end, word by word."""
        if self._labels is None:
            self._labels = [self.label]
            for _ in range(CHATTER_MOST):
                word = (
                    None
                    if self.words.names.end(self._labels[-1])
                    else self.words.chatter.find(self._labels[-1])
                )
                if word is None:
                    break
                self._labels.append(self._labels[-1][:word].rstrip(SEPARATORS))
        return self._labels

    # What the rows of cues.yaml say.

    def is_behind_code_word(self) -> bool:
        """Say whether a word for "error code" comes before."""
        return any(map(self.words.names.end, self.labels))

    def is_announced(self) -> bool:
        """Say whether a word for "error code" stands in the clause before a colon."""
        clause = re.split(r"[。;!?]", self.label)[-1]
        return ":" in self.line[len(self.label) :] and bool(self.words.find_name.search(clause))

    def is_in_field(self) -> bool:
        """Say whether the number is the value of a pack's code field."""
        return self.is_field

    def is_in_key(self) -> bool:
        """Say whether the number is the value of a key."""
        return bool(self.key)

    def is_behind_hint(self) -> bool:
        """Say whether a word for an error or an answer, no field's name, comes before."""
        return any(map(self.words.hints_only.end, self.labels))

    def is_behind_field_word(self) -> bool:
        """Say whether any word that hints at a code comes before."""
        return any(map(self.words.hints.end, self.labels))

    def is_glued(self) -> bool:
        """Say whether letters that belong to a code are written before the digits."""
        return self.begin > 0 and self.folded[self.start - 1].isalpha()

    def is_behind_identifier(self) -> bool:
        """Say whether an identifier ends as a label does before the number."""
        return self.words.ends_glued(self.line)

    def is_before_word(self) -> bool:
        """Say whether a word for an error follows."""
        return bool(self.words.behind.match(self.folded, self.end))


class Cue(NamedTuple):
    """A row of cues.yaml; how surely it names a number, `ask` where somebody asks and `watch` in a post."""

    name: str
    ask: Naming
    watch: Naming
    stands: Callable[[Around], bool]


@cache
def load_cues() -> tuple[Cue, ...]:
    """Read the table."""
    return tuple(
        Cue(row["name"], Naming(int(row["ask"])), Naming(int(row["watch"])), getattr(Around, row["says"]))
        for row in read_rows("cues.yaml")
    )


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that stands beside this file."""
    return parse_rows(files("bot.matching.numbers").joinpath(name).read_bytes())


class Veto(NamedTuple):
    """What makes a number anything but a code."""

    name: str
    stands: Callable[[Around, NumberBoundary, Shapes, Naming], bool]


def _list_governing(at: Around) -> list[str]:
    """Return the labels that say what a number is: behind a hint only what stands right before it."""
    is_hinted = at.is_field or bool(at.key) or at.words.hints.end(at.label)
    return at.labels[:1] if is_hinted else at.labels


def _is_other_number(at: Around, *_: object) -> bool:
    """Say whether a word for another kind of number governs; one that is chatter (may) only right before."""
    words = at.words
    first, *rest = _list_governing(at)
    rest += [one[:place].rstrip(SEPARATORS) for one in (first, *rest) if (place := words.amounts.find(one))]
    return _governs(words.others, first, words.names) or any(
        _governs(words.others, one, words.chatter) and not words.names.end(one) for one in rest
    )


def _governs(words: Endings, label: str, unless: Endings | None) -> bool:
    """Say whether one of the words ends a label, and none of the others that is as long or longer."""
    place = words.find(label)
    other = None if unless is None or place is None else unless.find(label)
    return place is not None and (other is None or other > place)


def _is_amount(at: Around, *_: object) -> bool:
    """Say whether a word for an amount governs; behind one that is chatter (about) a last number is none."""
    words = at.words
    if len(at.digits) >= LONG or words.asking.end(at.label):
        return False
    return any(
        _governs(words.amounts, label, words.chatter if at.is_last else None) for label in _list_governing(at)
    )


def _is_other_key(at: Around, _: NumberBoundary, shapes: Shapes, *__: object) -> bool:
    """Say whether a number is the value of a key that names no code: `size = 500`.

    `RET_NOT_BOUND = 1903` is the constant of another table; in `"level": "5092 - not found"` a message
    follows; and nothing is counted in negative numbers, so that in `login rejected = -9131` a code is told.
    """
    is_failure = at.folded[at.start - at.begin : at.start] == "-" and at.key.endswith(at.words.faults)
    if is_failure or _MESSAGE_BEHIND.match(at.folded, at.end):
        return False
    is_constant = "_" in at.key and at.digits not in shapes.documented
    return bool(at.key) and not at.words.names_code(at.key) and not is_constant


def _is_in_range(at: Around, _: NumberBoundary, shapes: Shapes, named: Naming) -> bool:
    """Say whether a number that nothing names is one end of a range; 28504~28510 are codes."""
    found = at.words.range_before.search(at.line) or at.words.range_behind.match(at.folded, at.end)
    if named or found is None:
        return False
    both = (at.digits, found["other"])
    return not (
        len(at.digits) >= LONG and ("~" in found[0] or all(map(shapes.documented.__contains__, both)))
    )


# `named`: how surely the text calls the number a code, or the list that it stands in.
VETOES = (
    Veto("other-number", _is_other_number),
    Veto("amount", _is_amount),
    Veto("other-field", _is_other_key),
    Veto(
        "measure",
        lambda at, borders, *_: borders.is_measured(
            at.folded, at.end, len(at.digits) >= LONG and any(map(at.words.names.end, at.labels))
        ),
    ),
    # That of a documented number is a frame: somebody who asks may paste nothing else.
    Veto(
        "process-id",
        lambda at, _, shapes, __: (
            at.digits not in shapes.documented and is_process_id(at.folded, at.start, at.end)
        ),
    ),
    Veto(
        "part",
        lambda at, borders, _, named: borders.is_part(at.folded, at.start, at.end, named > Naming.BARE),
    ),
    Veto("range", _is_in_range),
)
