"""Findings of the doctor, as lines: each is one fixed sentence that also says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.replies.sentences import DoctorSentence

State = Literal["good", "wrong", "unknown", "neutral"]

MARKS: Mapping[State, str] = {"wrong": "✗", "unknown": "?", "good": "✓", "neutral": "·"}  # problems first


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked, as a sentence's `key` and `values`; a neutral one only states a fact."""

    state: State
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def list_findings(findings: Iterable[Finding], say: Callable[..., str]) -> list[str]:
    """Return a line for each finding, and a last one with the number of problems; `say` fills in a sentence.

    >>> list_findings([Finding("good", "a")], lambda key, **values: f"{key} {values}")
    ['✓ a {}', 'doctor_all_good {}']
    """
    found = list(findings)
    wrong = sum(each.state == "wrong" for each in found)
    last = say(DoctorSentence.DOCTOR_WRONG, count=wrong) if wrong else say(DoctorSentence.DOCTOR_ALL_GOOD)
    return [*(f"{MARKS[each.state]} {say(each.key, **each.values)}" for each in found), last]


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, problems first."""
    order = list(MARKS)
    return sorted(findings, key=lambda each: order.index(each.state))


def format_span(seconds: float) -> str:
    """Return a span of time in the largest unit that fits.

    >>> format_span(5), format_span(200), format_span(7300), format_span(200_000)
    ('5 s', '3 min', '2 h', '2 d')
    """
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0.0):.0f} s"
