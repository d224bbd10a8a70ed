"""Chinese with slips, read as what was meant: 投备不荐在 is 设备不存在.

A slip is a character that looks like the right one, two that changed places, one too many or one too few; no
slip touches a negator. What is written right is left alone: only what no word covers is tried as a word
written wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.matching.lexicon import Lexicon
from bot.matching.lookalikes import read_lookalikes
from bot.matching.text import Text

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
LONGEST_RUN = 60  # characters without a break that are proofread

_STRANGE, _PAIR, _FORM, _CHATTER = 1.0, 0.5, 0.2, 0.5
"""What a character costs that no word covers, one of a pair that entries have, a form, a piece of chatter."""

_ALIKE, _SWAPPED, _DOUBLED, _MISSING = 0.5, 0.5, 0.5, 0.8
"""What each slip costs: less than two strange characters, so that one wrong in a word of two is read."""

SHORTEST_CUT = 4  # characters of a form of which one may be missing: 没过 is not 没过期, nor 客户 客户端
ALIKE_MOST = 2  # characters of one form that may be others


class _Step(NamedTuple):
    """What run[start:end] is read as, and what that costs."""

    end: int
    letters: str
    cost: float
    slips: int = 0


class Proofread(NamedTuple):
    """A text with its slips mended, and how many there were."""

    text: Text
    slips: int


class Proofreader:
    """Reads what was meant, by the forms of a lexicon and the pairs of characters that entries have."""

    def __init__(self, lexicon: Lexicon, knows_pair: Callable[[str], bool]) -> None:
        """Index the forms by their beginnings, and by what is left of them without one character."""
        self._forms = lexicon.han
        self._longest = lexicon.longest_han
        self._knows_pair = knows_pair
        self._negating = frozenset(
            form for form, sense in lexicon.han.items() if sense.sort == "negator" and len(form) == 1
        )
        self._beginnings = frozenset(form[:end] for form in self._forms for end in range(1, len(form) + 1))
        cut: dict[str, set[str]] = {}
        for form in self._forms:
            if len(form) >= SHORTEST_CUT:
                for place, letter in enumerate(form):
                    if letter not in self._negating:
                        cut.setdefault(form[:place] + form[place + 1 :], set()).add(form)
        self._cut = {rest: forms for rest, forms in cut.items() if rest not in self._forms}

    def proofread(self, text: Text) -> Proofread | None:
        """Return a text with its slips mended, or None where none was found."""
        folded = text.folded
        letters: list[str] = []
        starts: list[int] = []
        last = slips = 0
        for run in _RUN.finditer(folded):
            steps = self._read(run[0]) if run.end() - run.start() <= LONGEST_RUN else []
            if not any(step.slips for _, step in steps):
                continue
            _put(letters, starts, text, folded[last : run.start()], last, run.start())
            for start, step in steps:
                _put(letters, starts, text, step.letters, run.start() + start, run.start() + step.end)
                slips += step.slips
            last = run.end()
        if not slips:
            return None
        _put(letters, starts, text, folded[last:], last, len(folded))
        return Proofread(Text(text.raw, "".join(letters), starts, ()), slips)

    def _read(self, run: str) -> list[tuple[int, _Step]]:
        """Return the cheapest way to read a run, each step with its start."""
        plain = _choose(run, self._list_plain)
        strange = [start for start, step in plain if step.cost == _STRANGE]
        if not strange:
            return plain

        def list_steps(run: str, start: int) -> Iterator[_Step]:
            yield from self._list_plain(run, start)
            behind = next((place for place in strange if place >= start), len(run))
            # What is written right is left alone: a step that mends covers a strange character.
            yield from (step for step in self._list_mended(run, start) if step.end > behind)

        return _choose(run, list_steps)

    def _list_plain(self, run: str, start: int) -> Iterator[_Step]:
        """Yield what may be read from `start` on as it is written."""
        yield _Step(start + 1, run[start], _STRANGE)
        for end in range(start + 1, min(len(run), start + self._longest) + 1):
            written = run[start:end]
            if written in self._forms:
                yield _Step(end, written, self._cost(written))
        for end in range(start + 2, len(run) + 1):
            if not self._knows_pair(run[end - 2 : end]):
                break
            yield _Step(end, run[start:end], _PAIR * (end - start))

    def _list_mended(self, run: str, start: int) -> Iterator[_Step]:
        """Yield what may be read from `start` on as something else."""
        for form, others in self._find_alike(run, start, "", 0):
            yield _Step(start + len(form), form, self._cost(form) + _ALIKE * others, others)
        for end in range(start + 2, min(len(run), start + self._longest + 1) + 1):
            yield from self._mend(run[start:end], end)
            yield from self._mend_border(run, start, end)
        for pair in self._list_pairs(run[start : start + 2]):
            yield _Step(start + 2, pair, 2 * _PAIR + _ALIKE, 1)

    def _cost(self, form: str) -> float:
        return _CHATTER if self._forms[form].sort == "chatter" else _FORM

    def _mend(self, written: str, end: int) -> Iterator[_Step]:
        """Yield the forms that a window may be with one kind of slip."""
        for form in _swap(written, self._negating):
            if form in self._forms:
                yield _Step(end, form, self._cost(form) + _SWAPPED, 1)
            elif len(form) == 2 and self._knows_pair(form):
                yield _Step(end, form, 2 * _PAIR + _SWAPPED, 1)
        for place, (one, other) in enumerate(pairwise(written)):
            form = written[:place] + written[place + 1 :]
            if one == other and form in self._forms and one not in self._negating:
                yield _Step(end, form, self._cost(form) + _DOUBLED, 1)
        for form in self._cut.get(written, ()):
            yield _Step(end, form, self._cost(form) + _MISSING, 1)

    def _list_pairs(self, written: str) -> Iterator[str]:
        """Yield the pairs of entries that look like a pair of characters."""
        if len(written) == 2:
            one, other = written[0], written[1]
            yield from filter(self._knows_pair, (like + other for like in self._list_alike(one)))
            yield from filter(self._knows_pair, (one + like for like in self._list_alike(other)))

    def _list_alike(self, letter: str) -> str:
        return "" if letter in self._negating else self._alike.get(letter, "")

    @cached_property
    def _alike(self) -> dict[str, str]:
        """What each character may be instead; a negator is never meant."""
        return {
            letter: "".join(other for other in others if other not in self._negating)
            for letter, others in read_lookalikes().items()
        }

    def _find_alike(self, run: str, start: int, begun: str, others: int) -> Iterator[tuple[str, int]]:
        """Yield the forms that look like what stands at `start`, with how many characters are others."""
        if others and begun in self._forms:
            yield begun, others
        if start + len(begun) == len(run):
            return
        letter = run[start + len(begun)]
        if begun + letter in self._beginnings:
            yield from self._find_alike(run, start, begun + letter, others)
        if others < ALIKE_MOST:
            for other in self._list_alike(letter):
                if begun + other in self._beginnings:
                    yield from self._find_alike(run, start, begun + other, others + 1)

    def _mend_border(self, run: str, start: int, end: int) -> Iterator[_Step]:
        """Yield two forms of which the last character of one and the first of the other changed places."""
        if end == len(run) or self._negating & {run[end - 1], run[end]}:
            return
        form = run[start : end - 1] + run[end]
        if form not in self._forms:
            return
        cost = self._cost(form) + _SWAPPED
        yield _Step(end + 1, form + run[end - 1], cost + _STRANGE, 1)
        for last in range(end + 1, min(len(run), end + self._longest) + 1):
            other = run[end - 1] + run[end + 1 : last]
            if other in self._forms:
                yield _Step(last, form + other, cost + self._cost(other), 1)


def _choose(run: str, list_steps: Callable[[str, int], Iterable[_Step]]) -> list[tuple[int, _Step]]:
    """Return the cheapest of all ways through a run, each step with its start."""
    size = len(run)
    costs = [0.0] * (size + 1)
    chosen = [_Step(size, "", 0.0)] * (size + 1)
    for start in range(size - 1, -1, -1):
        chosen[start] = min(
            list_steps(run, start), key=lambda step: (step.cost + costs[step.end], step.slips, -step.end)
        )
        costs[start] = chosen[start].cost + costs[chosen[start].end]
    read: list[tuple[int, _Step]] = []
    start = 0
    while start < size:
        read.append((start, chosen[start]))
        start = chosen[start].end
    return read


def _swap(written: str, fixed: frozenset[str]) -> Iterator[str]:
    """Yield a window with each two neighbours swapped, none of them fixed."""
    for place, (one, other) in enumerate(pairwise(written)):
        if one != other and not fixed & {one, other}:
            yield written[:place] + other + one + written[place + 2 :]


def _put(letters: list[str], starts: list[int], text: Text, new: str, start: int, end: int) -> None:
    """Append letters read from folded[start:end], each with the place it came from in the text as given."""
    for number, letter in enumerate(new):
        place = min(start + number, end - 1)
        letters.append(letter)
        starts.append(text.span(place, place + 1)[0])
