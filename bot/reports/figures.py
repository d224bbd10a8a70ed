"""The figures of a report: what became of questions and of watched posts, added up from counted lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.reports.periods import Period
from bot.stores.figures import QUESTIONS, LineCount, Outcome

_COUNTS_AS: Mapping[Outcome, tuple[str, ...]] = {
    "answered": ("answered",),
    "offered": ("offered",),
    "silent": ("silent",),
    "replied": ("posts", "replies"),
    "read": ("posts",),
    "nothing": (),
}


@dataclass(slots=True)
class Tally:
    """Questions by what became of them: answered, offered a choice, or neither; then watched posts."""

    answered: int = 0
    offered: int = 0
    silent: int = 0
    posts: int = 0
    replies: int = 0

    @property
    def asked(self) -> int:
        """All questions."""
        return self.answered + self.offered + self.silent

    def __bool__(self) -> bool:
        return bool(self.asked or self.posts)


@dataclass(slots=True)
class Figures:
    """What a period's lines come to: in all, by surface, by channel where that was counted."""

    total: Tally = field(default_factory=Tally)
    surfaces: dict[str, Tally] = field(default_factory=dict)
    channels: dict[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feedback:
    """How many answers helped, how many were not the one; and how often somebody muted the desk."""

    helped: int = 0
    not_it: int = 0
    mutes: int = 0


@dataclass(frozen=True, slots=True)
class MissedTopic:
    """What was asked for in vain: an undocumented code, or "" where it has none; how many people, on how
    many days.
    """

    code: str
    people: int
    days: int


@dataclass(frozen=True, slots=True)
class Report:
    """A period held against the one before.

    Attributes:
        parts: what became of questions in each part of the period.
        codes: entries (pack/code) with how often they were answered, most first.
        missed: what was asked for in vain, by most people first; `missed_count` counts all of it.
    """

    period: Period
    figures: Figures
    before: Figures
    feedback: Feedback
    feedback_before: Feedback
    parts: Sequence[tuple[Period, Tally]] = ()
    codes: Sequence[tuple[str, int]] = ()
    missed: Sequence[MissedTopic] = ()
    missed_count: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in the period."""
        return not (self.figures.total or self.feedback.helped or self.feedback.not_it or self.feedback.mutes)


def add_up(lines: Iterable[LineCount]) -> Figures:
    """Return the figures that counted lines come to: those of surfaces in all, too."""
    found = Figures()
    for line in lines:
        names = _COUNTS_AS[line.outcome]
        if not names:
            continue
        tallies = [found.channels.setdefault(line.channel, Tally())] if line.channel else []
        if line.surface:
            tallies.append(found.total)
        if line.surface in QUESTIONS:
            tallies.append(found.surfaces.setdefault(line.surface, Tally()))
        for tally in tallies:
            for name in names:
                setattr(tally, name, getattr(tally, name) + line.count)
    return found


def rank_codes(answers: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Return the entries that were answered most often; the answers are by their list in JSON."""
    counts: Counter[str] = Counter()
    for entries, count in answers.items():
        for entry in json.loads(entries):
            counts[entry] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
