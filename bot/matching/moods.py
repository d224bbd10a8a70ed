"""Which parts of a text state no fault: they ask how to, wish, speak in general or of what is over.

The words are lists of languages.yaml. What the rest of the text says is a fault as ever: objections.py tells
whether a candidate stands in such a part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from operator import add
from typing import Literal, NamedTuple, get_args

from bot.knowledge.language import Language
from bot.matching.text import LONGEST_TYPED, fold
from bot.matching.wording import any_of, find_any

Reason = Literal["how-to", "wish", "general", "solved"]
MOODS: frozenset[str] = frozenset(get_args(Reason))
"""Reasons for silence that no score has a part in."""

_LISTS = {
    "how-to": "how_to",
    "wish": "wishes",
    "general": "general_words",
    "solved": "solved_words",
    "turn": "turns",
}
"""What frames tell: the lists of languages.yaml."""

_STOP = re.compile(r"[\n。!?;]|\.(?!\S)")
_PAUSE = re.compile(r"[,、:()]|\s-{1,2}\s")
_GAP = "[^,:、()]{0,60}?"
_OPENS, _CLOSES = r"(?:^|(?<=[,:、(]))[\W_]{0,8}", r"(?=[^\w]{0,8}(?:$|[,:、)]))"

_SPREAD: tuple[Reason, ...] = ("wish", "general")  # of the whole sentence, unless it reports a fault
_ASKING = {"how-to", *_SPREAD}

Frames = Mapping[str, Sequence[str]]
"""Frames by what they tell."""


class Mood(NamedTuple):
    """A part [start, end) of a folded text that states no fault, and why."""

    reason: Reason
    start: int
    end: int


class Moods:
    """Finds the parts of texts that state no fault, in all languages.

    It finds them by frames. A frame is words: with "^" they open a clause, with "$" they close one; "…" is a
    gap, "#" a number.
    """

    def __init__(self, languages: Sequence[Language]) -> None:
        """Compile the words; frames stand by the beginning of their longest word."""
        self._frames: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for kind, setting in _LISTS.items():
            for frame in sorted({frame for each in languages for frame in getattr(each, setting)}):
                word = max(map(fold, re.split("[…#]", frame.strip("^$"))), key=len)
                self._frames[word[:2]].append((word, kind, frame))
        negators = any_of(word for each in languages for word in each.negators)
        self._ends_negated = re.compile(rf"{negators}(?: (?:[a-z']+ ){{0,2}})?$")
        told = {
            word for each in languages for word in (*each.code_words, *each.hint_words, *each.reporting_words)
        }
        self._told = find_any(told)
        self._stands = find_any(told.union(word for each in languages for word in each.ongoing_words))
        self._remedy = find_any(word for each in languages for word in each.remedies)

    def asks_remedy(self, folded: str) -> bool:
        """Say whether a text wants something mended ("how do I fix", 怎么办)."""
        return bool(self._remedy.search(folded))

    def find(self, folded: str) -> list[Mood]:
        """Return the parts of a folded text that state no fault."""
        frames = self._list_held(folded) if len(folded) <= LONGEST_TYPED else {}
        if self._remedy.search(folded):  # then it states a fault, however it asks
            frames = {kind: held for kind, held in frames.items() if kind not in _ASKING}
        if not frames:
            return []
        return [
            mood
            for first, stop in _split(folded, frames)
            for mood in self._read_sentence(folded, first, stop, frames)
        ]

    def _list_held(self, folded: str) -> Frames:
        """Return the frames whose longest word a text holds: few of a thousand."""
        held: dict[str, list[str]] = defaultdict(list)
        begun = {*folded, *map(add, folded, folded[1:])}
        for beginning in sorted(begun & self._frames.keys()):
            for word, kind, frame in self._frames[beginning]:
                if word in folded:
                    held[kind].append(frame)
        return held

    def _read_sentence(self, folded: str, first: int, stop: int, frames: Frames) -> Iterator[Mood]:
        said = folded[first:stop]
        clauses = list(_split_clauses(said))
        for found in _find(frames, "how-to", said):
            yield Mood("how-to", first + found.start(), first + _find_end(clauses, found))
        for reason in _SPREAD:
            for found in islice(self._find_meant(frames, reason, said, clauses), 1):
                own = [one for one in clauses if one[0] < found.end() and found.start() < one[1]]
                others = (one for one in clauses if one not in own)
                is_report = any('"' in said[slice(*one)] or self._stands.search(said, *one) for one in others)
                for start, end in own if is_report else clauses:
                    yield Mood(reason, first + start, first + end)
        for found in _find(frames, "solved", said):
            start = max(start for start, _ in clauses if start <= found.start())
            if not self._ends_negated.search(said[start : found.start()]):
                yield Mood("solved", 0, first + _find_end(clauses, found))

    def _find_meant(
        self, frames: Frames, reason: Reason, said: str, clauses: Sequence[tuple[int, int]]
    ) -> Iterator[re.Match[str]]:
        """Yield the frames of a reason; "how often it says" is not general, for a fault is told behind it."""
        for found in _find(frames, reason, said):
            if reason == "wish" or not self._told.search(said, found.end(), _find_end(clauses, found)):
                yield found


def _find(frames: Frames, kind: str, said: str) -> list[re.Match[str]]:
    """Return where frames of a kind stand in a folded sentence, in reading order, the longest first."""
    found = (match for frame in frames.get(kind, ()) for match in _compile(frame).finditer(said))
    return sorted(found, key=lambda match: (match.start(), -match.end()))


def _split(folded: str, frames: Frames) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; where one turns ("but") two are read."""
    first = 0
    for end in (*(stop.start() for stop in _STOP.finditer(folded)), len(folded)):
        turns = {first + turn.start() for turn in _find(frames, "turn", folded[first:end])}
        yield from pairwise((first, *sorted(turns - {first}), end))
        first = end + 1


def _split_clauses(said: str) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence, [start, end) each."""
    first = 0
    for pause in _PAUSE.finditer(said):
        yield first, pause.start()
        first = pause.end()
    yield first, len(said)


def _find_end(clauses: Iterable[tuple[int, int]], found: re.Match[str]) -> int:
    """Return where the clause ends in which a frame does."""
    return next(end for _, end in clauses if found.end() <= end)


@cache
def _compile(frame: str) -> re.Pattern[str]:
    """Compile a frame.

    >>> bool(_compile("可以…吗$").search("可以看到离线吗"))
    True
    """
    parts = [
        r"\d+".join(any_of([words]) if words else "" for words in fold(part).split("#"))
        for part in frame.strip("^$").split("…")
    ]
    opens, closes = _OPENS * frame.startswith("^"), _CLOSES * frame.endswith("$")
    return re.compile(opens + _GAP.join(parts) + closes)
