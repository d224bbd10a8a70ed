"""How far a text holds a string word for word and in order: its slots filled, cut short, or with a slip.

Only the words as they are written count here; what they mean is measures.py's part, and whether what is
missing turns that meaning is string_match.py's part. The numbers were set on messages with slots that nobody
wrote phrases for (bench/unseen.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from bot.matching.template import Template, weigh_word

FEWEST = 0.4
"""The part of a template's words that a text must have."""

FILL, CUT, OUTSIDE = 0.02, 0.12, 0.5
"""What a word costs, of its weight: one that fills a slot, one beyond the end of a text that was cut short,
one of such a text outside the message. A word too many or too few costs all of it."""

SLIP = 0.7
"""What a word with a slip is worth of the word."""

WORDS_A_FAULT = 12
"""Words there of a template for which one more of them may have a slip, be missing or be too many."""

SHORTEST_SLIP, LONG_WORD = 3, 8
"""Letters of a word that may have a slip, and of one that may have two."""

LONGEST_FILL = 12
"""Words that may fill a slot at the end of a text that was cut there."""

ROUNDS = 3
"""How often stray words before and behind a message are left out and the rest is aligned anew."""


class _Block(NamedTuple):
    """Words that follow each other in the template, from `due` on, and in the text, from `said` on."""

    due: int
    said: int
    size: int


class _Gap(NamedTuple):
    """What lies before, between or behind blocks: places in the template and in the text."""

    due: range
    said: range
    has_slot: bool
    side: int = 0  # -1 before all blocks, 1 behind them


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a text holds a template. Places count the words of the text.

    `score` is 0 to 100. At `places` stand words of the template, at `fills` what fills its slots, at `extra`
    words too many between them. `missing` are words of the template that are not there, `slips` misspelt,
    `cut_before` and `cut_behind` those beyond the beginning and the end of the text. `is_torn` tells that no
    slot stands where it ends, `is_apart` that another word stands where the template begins or ends.
    """

    score: float
    places: frozenset[int]
    fills: frozenset[int] = frozenset()
    extra: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    cut_before: tuple[str, ...] = ()
    cut_behind: tuple[str, ...] = ()
    is_torn: bool = False
    slips: tuple[str, ...] = ()
    is_apart: bool = False

    @property
    def start(self) -> int:
        """The place of the first word."""
        return min(self.places)

    @property
    def end(self) -> int:
        """The place behind the last word."""
        return max(self.places) + 1

    @property
    def is_cut(self) -> bool:
        """Say whether the template goes on where the text ends, or begins before it does."""
        return bool(self.cut_before or self.cut_behind)

    @property
    def is_in_order(self) -> bool:
        """Say whether what is there of the template is there word for word."""
        return not (self.extra or self.missing or self.slips)

    @property
    def is_close(self) -> bool:
        """Say whether no more is amiss than a slip of the hand leaves: of a text that was cut, nothing."""
        faults = len(self.slips) + max(len(self.missing), len(self.extra))
        return not self.is_apart and faults <= (0 if self.is_cut else 1 + len(self.places) // WORDS_A_FAULT)


def align(template: Template, said: Sequence[str], strange: Set[int] = frozenset()) -> Alignment | None:
    """Return how the words of a text hold a template; None if too few are there.

    `strange` are the places in the text whose words a slip may have made.

    >>> from bot.matching.template import read_template
    >>> found = align(read_template("door %d is jammed"), "our door 7 is".split())
    >>> sorted(found.places), sorted(found.fills), found.cut_behind
    ([1, 3], [2], ('jammed',))
    """
    if LCSseq.similarity(template.words, said) < FEWEST * len(template.words):
        return None
    first, last = 0, len(said)
    chosen: Sequence[_Block] = ()
    for _ in range(ROUNDS):
        blocks = [
            _Block(block.a, first + block.b, block.size)
            for block in LCSseq.editops(template.words, said[first:last]).as_matching_blocks()
            if block.size
        ]
        begin, end = _choose(template, said, blocks)
        chosen = blocks[begin:end]
        if len(chosen) == len(blocks):
            break
        if begin:
            first = blocks[begin - 1].said + blocks[begin - 1].size
        if end < len(blocks):
            last = blocks[end].said
    return _measure(template, said, chosen, strange) if chosen else None


def _choose(template: Template, said: Sequence[str], blocks: Sequence[_Block]) -> tuple[int, int]:
    """Return the stretch [begin, end) of the blocks that is worth most: its words less what lies between."""
    most, chosen = 0.0, (0, 0)
    worth, begin = 0.0, 0
    for number, block in enumerate(blocks):
        if number:
            gap = _find_gap(template, blocks[number - 1], block)
            extra = (FILL if gap.has_slot else 1) * _weigh(said, gap.said)
            # Half, for the one may be the other misspelt.
            worth -= max(_weigh_due(template, gap.due), extra) / 2
        if worth <= 0:
            worth, begin = 0.0, number
        worth += _weigh_due(template, range(block.due, block.due + block.size))
        if worth > most:
            most, chosen = worth, (begin, number + 1)
    return chosen


def _measure(
    template: Template, said: Sequence[str], blocks: Sequence[_Block], strange: Set[int]
) -> Alignment:
    places = {place for block in blocks for place in range(block.said, block.said + block.size)}
    fills: set[int] = set()
    extra: list[int] = []
    lost: dict[int, list[int]] = {-1: [], 0: [], 1: []}  # by the side on which the text was cut; 0: not cut
    slips: list[str] = []
    is_apart = False
    worth, cost, outside = float(_weigh(said, places)), 0.0, 0
    for gap in _list_gaps(template, said, blocks):
        due, inside = list(gap.due), list(gap.said)
        for place, meant in _find_slips(template, said, gap, strange):
            due.remove(meant)
            inside.remove(place)
            places.add(place)
            worth += SLIP * template.weights[meant]
            cost += (1 - SLIP) * template.weights[meant]
            slips.append(template.words[meant])
        is_end = bool(gap.side) and (not inside or (gap.has_slot and len(inside) <= LONGEST_FILL))
        is_apart = is_apart or bool(gap.side and due and not is_end)
        lost[gap.side if is_end else 0].extend(due)
        if gap.has_slot and (is_end or not gap.side):
            fills.update(inside)
        elif gap.side:
            outside += _weigh(said, inside)
        else:
            extra.extend(inside)
    cut = [*lost[-1], *lost[1]]
    cost += _weigh_due(template, lost[0]) + _weigh(said, extra) + FILL * _weigh(said, fills)
    cost += CUT * _weigh_due(template, cut) + (OUTSIDE * outside if cut else 0)
    return Alignment(
        score=100 * worth / (worth + cost),
        places=frozenset(places),
        fills=frozenset(fills),
        extra=tuple(extra),
        missing=tuple(template.words[place] for place in lost[0]),
        cut_before=tuple(template.words[place] for place in lost[-1]),
        cut_behind=tuple(template.words[place] for place in lost[1]),
        is_torn=bool(lost[1]) and lost[1][0] not in template.slots,
        slips=tuple(slips),
        is_apart=is_apart,
    )


def _list_gaps(template: Template, said: Sequence[str], blocks: Sequence[_Block]) -> Iterator[_Gap]:
    """Yield what lies before, between and behind blocks; at the ends only a slot beside a block counts."""
    first, last = blocks[0], blocks[-1]
    yield _Gap(range(first.due), range(first.said), first.due in template.slots, side=-1)
    for one, other in pairwise(blocks):
        yield _find_gap(template, one, other)
    due, place = last.due + last.size, last.said + last.size
    behind, left = range(due, len(template.words)), range(place, len(said))
    yield _Gap(behind, left, due in template.slots, side=1)


def _find_gap(template: Template, one: _Block, other: _Block) -> _Gap:
    due = range(one.due + one.size, other.due)
    has_slot = any(due.start <= slot <= due.stop for slot in template.slots)
    return _Gap(due, range(one.said + one.size, other.said), has_slot)


def _find_slips(
    template: Template, said: Sequence[str], gap: _Gap, strange: Set[int]
) -> Iterator[tuple[int, int]]:
    """Yield the words of a gap that are the template's with a slip: place in the text, in the template."""
    near = gap.said
    if gap.side:
        reach = len(gap.due) + (LONGEST_FILL if gap.has_slot else 0)
        near = near[:reach] if gap.side > 0 else near[max(0, len(near) - reach) :]
    left = [place for place in near if place in strange]
    for meant in gap.due if left else ():
        for number, place in enumerate(left):
            if _is_alike(said[place], template.words[meant]):
                yield place, meant
                left = left[number + 1 :]
                break


def _is_alike(said: str, due: str) -> bool:
    """Say whether a word looks like another one with a slip; of two single Chinese characters any does."""
    if len(due) == 1:
        return len(said) == 1 and not said.isascii() and not due.isascii()
    allowed = 2 if len(due) >= LONG_WORD else 1
    return len(due) >= SHORTEST_SLIP and OSA.distance(said, due, score_cutoff=allowed) <= allowed


def _weigh(said: Sequence[str], places: Iterable[int]) -> int:
    return sum([weigh_word(said[place]) for place in places])


def _weigh_due(template: Template, places: Iterable[int]) -> int:
    return sum([template.weights[place] for place in places])
