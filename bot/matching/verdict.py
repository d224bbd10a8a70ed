"""What the desk concludes about one text, with its evidence. Shapes only; matcher.py and watch.py decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Family

Kind = Literal["answered", "choices", "abstained"]
Span = tuple[int, int]
"""[start, end) in code points of the text as given."""

MOST = 5
"""Codes in one answer, choices in one offer, undocumented codes and runners-up named: what a person reads."""

CERTAIN = 100.0
"""The score of a match by a code, exact or none, and of a reply in watch mode."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an entry was taken: the rule, where in the text, and which words of the entry it met."""

    rule: str
    span: Span
    phrase: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with its score (0-100) and its evidence."""

    entry: Entry
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code that the text names and no pack documents, with the family its number falls in."""

    code: str
    span: Span
    family: Family | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The conclusion about one text.

    answered: `matches` are the answer, in reading order (one, or one per code named).
    choices: `matches` are two to five candidates, best first.
    abstained: `matches` is empty; `reason` says why, `nearest` what lies near.
    `runners_up` holds the candidates that were weighed and not taken, best first; `left_out` counts the
    documented codes that the text names beyond those in `matches`.
    """

    kind: Kind
    matches: tuple[Match, ...] = ()
    runners_up: tuple[Match, ...] = ()
    nearest: tuple[Entry, ...] = ()
    unknown: tuple[UnknownCode, ...] = ()
    reason: str = ""
    left_out: int = 0
