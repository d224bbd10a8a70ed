"""Chinese as it was meant: 投备不荐在 and shebei bu cunzai are 设备不存在.

One search finds the cheapest way through a run of characters and syllables: forms as they are written, and
forms with a slip. A slip is a character that looks or sounds like the right one, two that changed places, one
too many or one too few; none touches a negator. What is written right is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.matching.index import Index
from bot.matching.lexicon import Lexicon
from bot.matching.lookalikes import read_lookalikes
from bot.matching.pinyin import Syllable, read_syllables, sound_out, sound_out_all
from bot.matching.text import Text

LONGEST_RUN, MOST = 60, 400  # characters without a break, and of one text, that are read so: bounds the work
SHORTEST_CUT = 4  # characters of a form of which one may be missing: 没过 is not 没过期, nor 客户 客户端
STRANGE, PAIR, FORM, CHATTER, SLIP, MISSING = 1.0, 0.5, 0.2, 0.5, 0.5, 0.8
"""What a character costs that no word covers, one of a pair that entries have, a form, a piece of chatter, a
slip, a character that is missing: two strange characters cost more than a slip, so that it is read."""


class Mended(NamedTuple):
    """A text as it was meant, with how many slips it had, and whether some of it was written by its sound."""

    text: Text
    slips: int
    is_sounded: bool


class _Step(NamedTuple):
    """What run[start:end] is read as, and what that costs."""

    end: int
    letters: str
    cost: float
    slips: int = 0
    is_sounded: bool = False


class SlipReader:
    """Reads what was meant, by the forms of a lexicon and the pairs of characters that entries have."""

    def __init__(self, lexicon: Lexicon, index: Index) -> None:
        self._lexicon = lexicon
        self._forms = lexicon.han
        self._longest = lexicon.longest_han
        self._knows_pair = index.knows
        self._index = index
        self._negating = frozenset(lexicon.negating_letters)

    def mend(self, text: Text) -> Mended | None:
        """Return a text as it was meant, or None where it stands so."""
        letters: list[str] = []
        starts: list[int] = []
        last = slips = 0
        is_sounded = False
        for run in self._find_runs(text):
            steps = self._read(run)
            if not any(step.slips or step.is_sounded for _, step in steps):
                continue
            _put(letters, starts, text, text.folded[last : run[0].start], last, run[0].start)
            for start, step in steps:
                first, end = run[start].start, run[step.end - 1].end
                new = step.letters or text.folded[first:end]
                _put(letters, starts, text, new, first, end)
                slips += step.slips
                is_sounded = is_sounded or step.is_sounded
            last = run[-1].end
        if not last:
            return None
        _put(letters, starts, text, text.folded[last:], last, len(text.folded))
        return Mended(Text(text.raw, "".join(letters), starts, ()), slips, is_sounded)

    def _find_runs(self, text: Text) -> Iterator[list[Syllable]]:
        """Yield runs of characters and syllables that hold something no form covers."""
        run: list[Syllable] = []
        left = MOST
        for syllable in (*read_syllables(text, self._is_english), None):
            is_next = syllable and run and self._joins(text, run[-1], syllable)
            if not is_next and run:
                if len(run) > 1 and len(run) <= LONGEST_RUN and self._is_strange(run):
                    yield run
                    left -= len(run)
                run = []
            if left <= 0:
                return
            if syllable:
                run.append(syllable)

    def _joins(self, text: Text, one: Syllable, other: Syllable) -> bool:
        gap = text.folded[one.end : other.start]
        return not gap or (gap.isspace() and "\n" not in gap and not (one.letter and other.letter))

    def _is_strange(self, run: Sequence[Syllable]) -> bool:
        if not all(one.letter for one in run):
            return True
        covered = sum(
            end - start for start, end, _ in self._lexicon.segment("".join(one.letter for one in run))
        )
        return covered < len(run)

    def _is_english(self, word: str) -> bool:
        return len(word) > 1 and self._lexicon.spell(word).likeness == 1.0

    def _read(self, run: Sequence[Syllable]) -> list[tuple[int, _Step]]:
        """Return the cheapest way to read a run, each step with its start."""
        written = "".join(one.letter or "\0" for one in run)
        plain = _choose(len(run), lambda start: self._list_plain(written, start))
        strange = [start for start, step in plain if step.cost >= STRANGE]
        if not strange:
            return plain
        sounds = sound_out(run)

        def list_steps(start: int) -> Iterator[_Step]:
            yield from self._list_plain(written, start)
            behind = next((place for place in strange if place >= start), len(run))
            # What is written right is left alone: a step that mends covers a strange character.
            yield from (step for step in self._list_mended(written, sounds, start) if step.end > behind)

        return _choose(len(run), list_steps)

    def _list_plain(self, run: str, start: int) -> Iterator[_Step]:
        """Yield what may be read from `start` on as it is written."""
        yield _Step(start + 1, run[start].strip("\0"), STRANGE)
        for end in range(start + 1, min(len(run), start + self._longest) + 1):
            written = run[start:end]
            if written in self._forms:
                yield _Step(end, written, self._cost(written))
        for end in range(start + 2, len(run) + 1):
            if not self._knows_pair(run[end - 2 : end]):
                break
            yield _Step(end, run[start:end], PAIR * (end - start))

    def _list_mended(self, run: str, sounds: str, start: int) -> Iterator[_Step]:
        """Yield what may be read from `start` on as something else."""
        for end in range(start + 1, min(len(run), start + self._longest + 1) + 1):
            written = run[start:end]
            form = self._by_sound.get(sounds[start:end], "")
            if form:
                yield from self._sound(written, form, end)
            if "\0" not in written and len(written) > 1:
                for form, cost in self._list_slipped(written):
                    yield _Step(end, form, self._cost(form) + cost, 1)
        pair = self._index.pairs_by_sound.get(sounds[start : start + 2], "")
        if pair and run[start : start + 2] == "\0\0":
            yield _Step(start + 2, pair, 2 * PAIR, 0, True)
        for form, others in self._find_alike(run, start, "", 0):
            yield _Step(start + len(form), form, self._cost(form) + SLIP * others, others)
        for pair in self._list_pairs(run[start : start + 2]):
            yield _Step(start + 2, pair, 2 * PAIR + SLIP, 1)

    def _cost(self, form: str) -> float:
        sense = self._forms.get(form)
        return 2 * PAIR if sense is None else CHATTER if sense.sort == "chatter" else FORM

    def _sound(self, written: str, form: str, end: int) -> Iterator[_Step]:
        """Yield a form that sounds like what is written: half of its characters stand there, or syllables."""
        others = sum(one not in {"\0", other} for one, other in zip(written, form, strict=True))
        is_typed = "\0" in written
        touches = any(
            one != other and one in self._negating for one, other in zip(written, form, strict=True)
        )
        if (others or is_typed) and 2 * others <= len(form) and not touches:
            yield _Step(end, form, self._cost(form) + SLIP * others, others, is_typed)

    def _list_slipped(self, written: str) -> Iterator[tuple[str, float]]:
        """Yield the forms that a window may be with one kind of slip, and what that costs."""
        for place, (one, other) in enumerate(pairwise(written)):
            if one != other and not self._negating & {one, other}:
                form = written[:place] + other + one + written[place + 2 :]
                if form in self._forms or (len(form) == 2 and self._knows_pair(form)):
                    yield form, SLIP
            elif one == other and one not in self._negating:
                form = written[:place] + written[place + 1 :]
                if form in self._forms:
                    yield form, SLIP
        for form in self._cut.get(written, ()):
            yield form, MISSING

    @cached_property
    def _cut(self) -> dict[str, set[str]]:
        """The forms by what is left of them without one character."""
        cut: dict[str, set[str]] = {}
        for form in self._forms:
            if len(form) >= SHORTEST_CUT:
                for place, letter in enumerate(form):
                    rest = form[:place] + form[place + 1 :]
                    if letter not in self._negating and rest not in self._forms:
                        cut.setdefault(rest, set()).add(form)
        return cut

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """The forms by their sounds; of several that sound alike the one that most entries speak of."""
        ordered = sorted(self._forms, key=lambda form: (self._index.weight(self._forms[form].name), form))
        found: dict[str, str] = {}
        for sounds, form in zip(sound_out_all(ordered), ordered, strict=True):
            found.setdefault(sounds, form)
        return found

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(form[:end] for form in self._forms for end in range(1, len(form) + 1))

    def _list_pairs(self, written: str) -> Iterator[str]:
        """Yield the pairs of entries that look like a pair of characters."""
        if len(written) == 2 and "\0" not in written:
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
        if others < 2:
            for other in self._list_alike(letter):
                if begun + other in self._beginnings:
                    yield from self._find_alike(run, start, begun + other, others + 1)


def _choose(size: int, list_steps: Callable[[int], Iterable[_Step]]) -> list[tuple[int, _Step]]:
    """Return the cheapest of all ways through a run, each step with its start."""
    costs = [0.0] * (size + 1)
    chosen = [_Step(size, "", 0.0)] * (size + 1)
    for start in range(size - 1, -1, -1):
        chosen[start] = min(
            list_steps(start), key=lambda step: (step.cost + costs[step.end], step.slips, -step.end)
        )
        costs[start] = chosen[start].cost + costs[chosen[start].end]
    read: list[tuple[int, _Step]] = []
    start = 0
    while start < size:
        read.append((start, chosen[start]))
        start = chosen[start].end
    return read


def _put(letters: list[str], starts: list[int], text: Text, new: str, start: int, end: int) -> None:
    """Append letters read from folded[start:end], each with the place it came from in the text as given."""
    for number, letter in enumerate(new):
        place = min(start + number, end - 1)
        letters.append(letter)
        starts.append(text.span(place, place + 1)[0])
