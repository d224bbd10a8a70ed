"""Which parts of a text state no fault: they ask how to, wish, speak in general or of what is over.

The words are lists of languages.yaml. What the rest of the text says is a fault as ever: objections.py tells
whether a candidate stands in such a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cache
from typing import Literal, NamedTuple, get_args

from bot.knowledge.language import Language
from bot.matching.text import LONGEST_TYPED, fold
from bot.matching.wording import alternatives, any_of, find_any

Reason = Literal["how-to", "wish", "general", "solved"]
MOODS: frozenset[str] = frozenset(get_args(Reason))
"""Reasons for silence that no score has a part in."""

_STOP = re.compile(r"[\n。!?;]|\.(?!\S)")
_PAUSE = re.compile(r"[,、:()]|\s-{1,2}\s")
_PAUSE_BUT_COLON = re.compile(r"[,、()]|\s-{1,2}\s")
_GAP, _GAP_IN_CLAUSE = ".{0,60}?", "[^,:、()]{0,60}?"
_OPENS, _CLOSES = r"(?:^|(?<=[,:、(]))[\W_]{0,8}", r"(?=[^\w]{0,8}(?:$|[,:、)]))"


# A-not-A (在不在线, not 现在不在线) states nothing; but 是不是 asks about a fault, and 能不能 for help.
_WHETHER = re.compile(r"(?<![现正还])(?![是能可会要行好对有])([\u3400-\u9fff])[不没]\1")

# Where a state is told, in folded text: in brackets, at a line's beginning (after signs, emoji), as a field.
_BRACKET = r"[\[【(]\s{0,3}"
_LINE = r"^[^\w\n]{0,9}(?::[a-z0-9_+-]{1,40}:\s{0,3}){0,3}[^\w\n]{0,4}"


class Mood(NamedTuple):
    """A part [start, end) of a folded text that states no fault, and why."""

    reason: Reason
    start: int
    end: int


class Moods:
    """Finds the parts of texts that state no fault, in all languages."""

    def __init__(self, languages: Sequence[Language]) -> None:
        """Compile the words."""
        self._how_to = _Frames(word for each in languages for word in each.how_to)
        self._wish = _Frames((word for each in languages for word in each.wishes), _GAP)
        self._general = _Frames(word for each in languages for word in each.general_words)
        self._solved = _Frames(word for each in languages for word in each.solved_words)
        self._turns = _Frames(word for each in languages for word in each.turns)
        self._ongoing = find_any(word for each in languages for word in each.ongoing_words)
        negators = any_of(word for each in languages for word in each.negators)
        self._ends_negated = re.compile(rf"{negators}(?: (?:[a-z']+ ){{0,2}})?$")
        self._told = find_any(
            word for each in languages for word in (*each.code_words, *each.hint_words, *each.reporting_words)
        )
        self._remedy = find_any(word for each in languages for word in each.remedies)

    def asks_remedy(self, folded: str) -> bool:
        """Say whether a text wants something mended ("how do I fix", 怎么办)."""
        return bool(self._remedy.search(folded))

    def find(self, folded: str, tells_fault: bool) -> list[Mood]:
        """Return the parts of a folded text that state no fault; whether a word of it tells one is known."""
        if len(folded) > LONGEST_TYPED:
            return []
        near = copy(self)
        near._how_to, near._solved = self._how_to.narrow(folded), self._solved.narrow(folded)
        near._wish, near._general = self._wish.narrow(folded), self._general.narrow(folded)
        near._turns = self._turns.narrow(folded)
        return [
            mood
            for first, stop in near._split(folded)
            for mood in near._read_sentence(folded, first, stop, tells_fault)
        ]

    def _split(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield the sentences of a text; where one turns ("but") two are read."""
        first = 0
        ends = [stop.start() for stop in _STOP.finditer(folded)]
        for end in (*ends, len(folded)):
            said = folded[first:end]
            turns = [first + turn.start() for turn in self._turns.find(said) if turn.start()]
            for turn in turns:
                yield first, turn
                first = turn
            yield first, end
            first = end + 1

    def _read_sentence(self, folded: str, first: int, stop: int, tells_fault: bool) -> Iterator[Mood]:
        said = folded[first:stop]
        if not said.strip():
            return
        clauses = list(_split_clauses(said, _PAUSE))
        for found in _WHETHER.finditer(said):
            start, end = next(clause for clause in clauses if found.start() < clause[1])
            yield Mood("general", first + start, first + end)
        how_to = self._how_to.find(said)
        if how_to and not self.asks_remedy(folded):
            for found in how_to:
                start, end = next(clause for clause in clauses if found.end() <= clause[1])
                yield Mood("how-to", first + (found.start() if tells_fault else start), first + end)
        parts = list(_split_clauses(said, _PAUSE_BUT_COLON))  # "feature idea: a list of what is offline"
        asides: tuple[tuple[Reason, _Frames], ...] = (("wish", self._wish), ("general", self._general))
        for reason, frames in asides:
            meant = [one for one in frames.find(said) if self._is_meant(said, parts, one, reason)]
            if not meant or (reason == "general" and self.asks_remedy(folded)):
                continue
            found = meant[0]
            own = [one for one in parts if one[0] < found.end() and found.start() < one[1]]
            others = [one for one in parts if one not in own]
            is_report = any(
                '"' in said[slice(*one)] or self._told.search(said, *one) or self._ongoing.search(said, *one)
                for one in others
            )
            for start, end in own if is_report else parts:
                yield Mood(reason, first + start, first + end)
        for found in () if self._wish.find(said) else self._solved.find(said):
            start, end = next(clause for clause in clauses if found.start() < clause[1])
            end = max(end, found.end())
            if not (
                self._ends_negated.search(said[start : found.start()])
                or self._ongoing.search(said, found.end(), end)
                or self.asks_remedy(said[found.end() :])
            ):
                yield Mood("solved", 0, first + end)

    def _is_meant(
        self, said: str, clauses: Sequence[tuple[int, int]], found: re.Match[str], reason: Reason
    ) -> bool:
        """Say whether what stands behind it is no wish that a fault be mended, and no report of one."""
        end = next(last for _, last in clauses if found.end() <= last)
        against = self._remedy if reason == "wish" else self._told
        return not against.search(said, found.end(), end)


def _split_clauses(said: str, pauses: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence, [start, end) each."""
    first = 0
    for pause in pauses.finditer(said):
        yield first, pause.start()
        first = pause.end()
    yield first, len(said)


class _Frames:
    """Finds frames in a sentence; those whose words it doesn't hold cost next to nothing.

    A frame is words: with "^" they open a clause, with "$" they close one; "…" is a gap, "#" a number.

    >>> bool(_Frames(["可以…吗$"]).find("可以看到离线吗"))
    True
    """

    def __init__(self, frames: Iterable[str], gap: str = _GAP_IN_CLAUSE) -> None:
        self._gap = gap
        self._frames = [(_find_longest_word(frame), frame) for frame in sorted(set(frames))]

    def narrow(self, folded: str) -> _Frames:
        """Return those frames alone that a folded text may hold."""
        other = copy(self)
        other._frames = [one for one in self._frames if one[0] in folded]
        return other

    def find(self, said: str) -> list[re.Match[str]]:
        """Return where frames stand in a folded sentence, in reading order; none within another."""
        held = [frame for word, frame in self._frames if word in said]
        found = [match for frame in held for match in _compile_frame(frame, self._gap).finditer(said)]
        first_of: list[re.Match[str]] = []
        for match in sorted(found, key=lambda match: (match.start(), -match.end())):
            if not first_of or match.start() >= first_of[-1].end():
                first_of.append(match)
        return first_of


def _find_longest_word(frame: str) -> str:
    return max(map(fold, re.split("[…#]", frame.strip("^$"))), key=len)


@cache
def _compile_frame(frame: str, gap: str) -> re.Pattern[str]:
    parts = [_compile_part(fold(part)) for part in frame.strip("^$").split("…")]
    opens, closes = _OPENS * frame.startswith("^"), _CLOSES * frame.endswith("$")
    return re.compile(opens + gap.join(parts) + closes)


def _compile_part(part: str) -> str:
    return r"\d+".join(any_of([words]) if words else "" for words in part.split("#"))


class StateReader:
    """Reads the state that alerts tell of themselves."""

    def __init__(self, languages: Iterable[Language]) -> None:
        """Compile the words."""
        languages = tuple(languages)
        over = alternatives(word for each in languages for word in each.resolved_words)
        on = alternatives(word for each in languages for word in each.firing_words)
        named = alternatives(word for each in languages for word in each.state_words)
        field = rf"(?:{named})[\s*_`\"']{{0,4}}[:=][\s*_`\"']{{0,4}}"
        place = f"(?:{_BRACKET}|{_LINE}|{field})"
        self._state = re.compile(rf"{place}(?:(?P<over>{over})|{on})(?![a-z])", re.MULTILINE)

    def is_over(self, text: str) -> bool:
        """Say whether the first state that a text tells is that all is well again."""
        found = self._state.search(fold(text))
        return bool(found and found["over"])
