"""What a regular expression may cost, read from its parsed form: no clock and no machine is part of it.

Python's engine tries a pattern at each place of a text, and within a try each way to share the text among
the repeats. `measure` bounds both from above. The parsed form is that of Python's own parser.
test_regexes.py says what is too much.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_parser: Any = importlib.import_module("re._parser")  # has no types
_constants: Any = importlib.import_module("re._constants")

Node = tuple[Any, Any]
Chars = frozenset[str]

# Characters that stand for all: ASCII, and one or more of each kind that a class tells apart.
SAMPLES = [chr(code) for code in range(128)] + list(
    "éßſK中不龥の々ア２：，。（）\u00a0\u3000\u0301\u200b\u202e👍𠀀"
)
_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
_SINGLE = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN}
_LOOKS = {_constants.ASSERT, _constants.ASSERT_NOT}
_STARTS = {_constants.AT_BEGINNING_STRING, _constants.AT_BEGINNING}
_EDGE = _constants.AT_BOUNDARY


@dataclass(frozen=True, slots=True)
class Cost:
    """At most `steps` times the length of the text to the power of `power`."""

    power: int
    steps: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(max(self.power, other.power), self.steps + other.steps)

    def __mul__(self, other: Cost) -> Cost:
        return Cost(self.power + other.power, self.steps * other.steps)


ONE, NEVER = Cost(0, 1), Cost(99, 1)
MOST_NESTED = 3  # rounds of a repeat within which another one may share the same text with the next


@dataclass(frozen=True, slots=True)
class Measure:
    """What one try costs at one place, and what a place costs on the average of all that are tried."""

    one_try: Cost
    place: Cost


def measure(pattern: str, flags: int = 0) -> Measure:
    """Return what a pattern may cost."""
    parsed = _parser.parse(pattern, flags)
    reader = _Reader(parsed.state.flags, pattern)
    nodes = list(parsed)
    return Measure(reader.spend(nodes, frozenset(), None), reader.spend(nodes, frozenset(), _Path()))


@dataclass(frozen=True, slots=True)
class _Path:
    """What was met on the way to a node: characters that must be there before it, or must not, and whether
    the pattern can fail after the node.

    A run of characters is gone through from one place only, or from a few, if none of its own can stand where
    one of `needed` must, or if one of its own may not stand before the first of it: then a repeat costs no
    more, over all places, than the text is long.
    """

    needed: tuple[tuple[tuple[Chars, ...], ...], ...] = ()
    refused: tuple[Chars, ...] = ()
    is_anchored: bool = False
    after_edge: bool = False
    can_fail: bool = False

    def guards(self, run: Chars) -> bool:
        """Say whether a run of these characters is gone through but once."""
        words = {char.isalnum() or char == "_" for char in run}
        return (
            self.is_anchored
            or any(all(any(not chars & run for chars in way) for way in ways) for ways in self.needed)
            or any(run <= chars for chars in self.refused)
            or (self.after_edge and len(words) == 1)
        )


class _Reader:
    """Reads the parsed form of one pattern."""

    def __init__(self, flags: int, pattern: str) -> None:
        self._flags = flags
        self._samples = frozenset(SAMPLES) | frozenset(pattern)
        self._classes: dict[tuple[Node, ...], Chars] = {}

    def spend(self, nodes: Sequence[Node], follow: Chars, path: _Path | None) -> Cost:
        """Return what a sequence costs, with `follow` behind it; on a path, on the average of all places."""
        if not nodes:
            return ONE
        (kind, told), rest = nodes[0], nodes[1:]
        next_ones = self.find_first(rest, follow)
        onward = self.spend(rest, follow, path and self._go_on(path, nodes[0]))
        fails = bool(path and path.can_fail) or not self._is_free(rest)
        if kind in _SINGLE or kind is _constants.AT or kind is _constants.GROUPREF:
            return ONE + onward
        if kind in _REPEATS:
            least, most, body = told
            inner_path = path and _Path(path.needed, path.refused, path.is_anchored, path.after_edge, fails)
            return self._spend_repeat(kind, least, most, list(body), next_ones, onward, inner_path)
        inner = path and _Path(path.needed, path.refused, path.is_anchored, path.after_edge, fails)
        if kind is _constants.SUBPATTERN:
            return self.spend([*told[3], *rest], follow, path)
        if kind is _constants.ATOMIC_GROUP:
            return self.spend(list(told), self._samples, inner) + onward
        if kind in _LOOKS:
            direction, body = told
            if direction < 0:
                return ONE + onward
            looking = inner and _Path(inner.needed, inner.refused, inner.is_anchored, inner.after_edge, True)
            return self.spend(list(body), frozenset(), looking) + onward
        if kind is _constants.BRANCH:
            branches = [list(branch) for branch in told[1]]
            spent = [self.spend(branch, next_ones, inner) for branch in branches]
            if all(_is_word(branch) for branch in branches):
                return Cost(0, max(map(len, branches))) + Cost(0, _count_nested(branches)) * onward
            ways = Cost(0, self._count_overlapping(branches, next_ones))
            return functools.reduce(Cost.__add__, spent) + ways * onward
        raise ValueError(f"nobody knows what {kind} costs: measure it here before a pattern uses it")

    def _spend_repeat(
        self,
        kind: Any,
        least: int,
        most: Any,
        body: list[Node],
        next_ones: Chars,
        onward: Cost,
        path: _Path | None,
    ) -> Cost:
        begins = self.find_first(body, next_ones)
        each = self.spend(body, begins | next_ones, path)
        rounds = Cost(1, 1) if most is _constants.MAXREPEAT else Cost(0, max(1, int(most)))
        run = self.list_chars(body)
        if path and (not path.can_fail or path.guards(run)) and each.power == 0:
            rounds = ONE
        overlaps = bool(begins & next_ones) and least != most and kind is not _constants.POSSESSIVE_REPEAT
        if self._is_ambiguous(body, begins | next_ones) or self.is_nullable(body):
            if most is _constants.MAXREPEAT or int(most) > MOST_NESTED:
                return NEVER  # the same text can be shared in ever more ways
            each = Cost(each.power * int(most), each.steps ** int(most))
        elif rounds.power and each.power:
            each = Cost(0, each.steps)  # each round takes a part of the text; together they take it once
        return rounds * (each + onward) if overlaps else rounds * each + onward

    def _is_ambiguous(self, nodes: Sequence[Node], follow: Chars) -> bool:
        """Say whether a text can be matched in two ways, as far as a next character tells."""
        for place, (kind, told) in enumerate(nodes):
            next_ones = self.find_first(nodes[place + 1 :], follow)
            if kind is _constants.SUBPATTERN:
                return self._is_ambiguous([*told[3], *nodes[place + 1 :]], follow)
            if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
                least, most, body = told
                begins = self.find_first(body, next_ones)
                if least != most and begins & next_ones:
                    return True
                if most != 1 and self._is_ambiguous(list(body), begins | next_ones):
                    return True
            elif kind is _constants.BRANCH:
                branches = [list(branch) for branch in told[1]]
                if all(_is_word(branch) for branch in branches):
                    if _count_nested(branches) > 1:
                        return True
                elif self._count_overlapping(branches, next_ones) > 1:
                    return True
                if any(self._is_ambiguous(branch, next_ones) for branch in branches):
                    return True
        return False

    def _flatten(self, nodes: Iterable[Node]) -> list[Node]:
        flat: list[Node] = []
        for kind, told in nodes:
            flat += self._flatten(told[3]) if kind is _constants.SUBPATTERN else [(kind, told)]
        return flat

    def _go_on(self, path: _Path, node: Node) -> _Path:
        """Return the path behind a node."""
        kind, told = node
        needed, refused, is_anchored, edge = path.needed, path.refused, path.is_anchored, path.after_edge
        if kind is _constants.AT:
            if told in _STARTS and not (told is _constants.AT_BEGINNING and self._flags & re.MULTILINE):
                is_anchored = True
            elif told is _constants.AT_BEGINNING:
                needed = (*needed, ((frozenset("\n"),),))
            edge = edge or told is _EDGE
        elif kind in _LOOKS and told[0] < 0:
            flat = self._flatten(told[1])
            if len(flat) == 1 and kind is _constants.ASSERT_NOT:
                refused = (*refused, *self._split(flat[0]))
            elif len(flat) == 1 and flat[0][0] in _SINGLE:
                needed = (*needed, ((self.list_chars(flat),),))
        else:
            needed = (*needed, *self._list_needed([node]))
        return _Path(needed, refused, is_anchored, edge, path.can_fail)

    def _split(self, node: Node) -> list[Chars]:
        """Return what a negative look behind refuses, at one character's width."""
        if node[0] in _SINGLE:
            return [self.list_chars([node])]
        if node[0] is _constants.BRANCH:
            return [frozenset().union(*(self.list_chars(list(b)) for b in node[1][1] if len(b) == 1))]
        return []

    def _list_needed(self, nodes: Iterable[Node]) -> list[tuple[tuple[Chars, ...], ...]]:
        """Return what a sequence can't do without: of each part, by its ways, the characters."""
        found: list[tuple[tuple[Chars, ...], ...]] = []
        for kind, told in nodes:
            if kind in _SINGLE:
                found.append(((self.list_chars([(kind, told)]),),))
            elif kind is _constants.SUBPATTERN:
                found += self._list_needed(told[3])
            elif kind is _constants.ATOMIC_GROUP:
                found += self._list_needed(told)
            elif kind in _REPEATS and told[0] > 0:
                found += self._list_needed(told[2])
            elif kind is _constants.BRANCH:
                ways = [self._list_needed(branch) for branch in told[1]]
                found.append(
                    tuple(tuple(one for each in way if len(each) == 1 for one in each[0]) for way in ways)
                )
        return found

    def find_first(self, nodes: Sequence[Node], follow: Chars) -> Chars:
        """Return the characters that a sequence, or what may come after it, can begin with."""
        found: Chars = frozenset()
        refused: Chars = frozenset()  # by a look ahead just before
        for place, node in enumerate(nodes):
            kind, told = node
            if kind is _constants.SUBPATTERN:
                return found | self.find_first([*told[3], *nodes[place + 1 :]], follow) - refused
            if kind in _SINGLE:
                return found | self.list_chars([node]) - refused
            if kind is _constants.ASSERT_NOT and told[0] > 0:
                if len(told[1]) == 1 and told[1][0][0] in _SINGLE:
                    refused |= self.list_chars(told[1])
                continue
            if kind is _constants.BRANCH:
                found |= frozenset().union(*(self.find_first(list(b), frozenset()) for b in told[1]))
            elif kind in _REPEATS:
                found |= self.find_first(list(told[2]), frozenset())
            elif kind is _constants.ATOMIC_GROUP:
                found |= self.find_first(list(told), frozenset())
            elif kind is _constants.GROUPREF:
                found |= self._samples
            if not self.is_nullable([node]):
                return found
        return found | follow - refused

    def is_nullable(self, nodes: Iterable[Node]) -> bool:
        """Say whether a sequence can match nothing."""
        for kind, told in nodes:
            if kind in _SINGLE:
                return False
            if kind is _constants.SUBPATTERN and not self.is_nullable(told[3]):
                return False
            if kind is _constants.ATOMIC_GROUP and not self.is_nullable(told):
                return False
            if kind is _constants.BRANCH and not any(self.is_nullable(branch) for branch in told[1]):
                return False
            if kind in _REPEATS and told[0] > 0 and not self.is_nullable(told[2]):
                return False
        return True

    def _is_free(self, nodes: Iterable[Node]) -> bool:
        """Say whether a sequence always matches, were it with nothing."""
        for kind, told in nodes:
            if kind is _constants.SUBPATTERN and self._is_free(told[3]):
                continue
            if kind in _REPEATS and told[0] == 0:
                continue
            return False
        return True

    def list_chars(self, nodes: Iterable[Node]) -> Chars:
        """Return every character that may stand anywhere in what a sequence matches."""
        found: Chars = frozenset()
        for kind, told in nodes:
            if kind in _SINGLE:
                found |= self._list_class(kind, told)
            elif kind is _constants.SUBPATTERN:
                found |= self.list_chars(told[3])
            elif kind is _constants.ATOMIC_GROUP:
                found |= self.list_chars(told)
            elif kind is _constants.BRANCH:
                found |= frozenset().union(*(self.list_chars(branch) for branch in told[1]))
            elif kind in _REPEATS:
                found |= self.list_chars(told[2])
            elif kind is _constants.GROUPREF:
                found |= self._samples
        return found

    def _list_class(self, kind: Any, told: Any) -> Chars:
        items = tuple(told) if kind is _constants.IN else ((kind, told),)
        if items not in self._classes:
            self._classes[items] = self._read_class(items)
        return self._classes[items]

    def _read_class(self, items: tuple[Node, ...]) -> Chars:
        negated = items[0][0] is _constants.NEGATE
        taken = {char for char in self._samples if any(self._takes(item, char) for item in items)}
        if self._flags & re.IGNORECASE:
            taken |= {char for char in self._samples if {char.lower(), char.upper()} & taken}
        return self._samples - taken if negated else frozenset(taken)

    def _takes(self, item: Node, char: str) -> bool:
        kind, told = item
        if kind is _constants.LITERAL:
            return bool(ord(char) == told)
        if kind is _constants.NOT_LITERAL:
            return bool(ord(char) != told)
        if kind is _constants.ANY:
            return char != "\n" or bool(self._flags & re.DOTALL)
        if kind is _constants.RANGE:
            return bool(told[0] <= ord(char) <= told[1])
        if kind is _constants.CATEGORY:
            return re.fullmatch(_CATEGORIES[told], char, self._flags & re.ASCII) is not None
        return False

    def _count_overlapping(self, branches: list[list[Node]], follow: Chars) -> int:
        firsts = [self.find_first(branch, follow) for branch in branches]
        return max(sum(bool(first & other) for other in firsts) for first in firsts)


_CATEGORIES = {
    _constants.CATEGORY_DIGIT: r"\d",
    _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_SPACE: r"\s",
    _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_WORD: r"\w",
    _constants.CATEGORY_NOT_WORD: r"\W",
}


def _is_word(branch: list[Node]) -> bool:
    return all(kind is _constants.LITERAL for kind, _ in branch)


def _count_nested(branches: list[list[Node]]) -> int:
    """Return how many of the words can begin at one place: those that are the beginning of another."""
    words = {tuple(told for _, told in branch) for branch in branches}
    return max(sum(word[:length] in words for length in range(len(word) + 1)) for word in words)
