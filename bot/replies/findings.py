"""What an examination of the desk found, as lines: one fixed sentence each, which says what to do as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.replies.sentences import Sentence

State = Literal["good", "wrong", "unknown", "told"]

MARKS: Mapping[State, str] = {"wrong": "✗", "unknown": "?", "good": "✓", "told": "·"}  # the gravest first


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, by a sentence's `key` and its `values`.

    It is good, wrong, unknown because nobody can tell, or told for what it is.
    """

    state: State
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def list_findings(findings: Iterable[Finding], say: Callable[..., str]) -> list[str]:
    """Return a line for each finding, and a last one that sums up; `say` fills a sentence in.

    >>> list_findings([Finding("good", "a")], lambda key, **values: f"{key} {values}")
    ['✓ a {}', 'doctor_all_good {}']
    """
    found = list(findings)
    wrong = sum(each.state == "wrong" for each in found)
    last = say(Sentence.DOCTOR_WRONG, count=wrong) if wrong else say(Sentence.DOCTOR_ALL_GOOD)
    return [*(f"{MARKS[each.state]} {say(each.key, **each.values)}" for each in found), last]


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the gravest first, for where there may be no room for all."""
    order = list(MARKS)
    return sorted(findings, key=lambda each: order.index(each.state))


def tell_span(seconds: float) -> str:
    """Return a span of time in its largest unit that fits.

    >>> tell_span(5), tell_span(200), tell_span(7300), tell_span(200_000)
    ('5 s', '3 min', '2 h', '2 d')
    """
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0.0):.0f} s"
