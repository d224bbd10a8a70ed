"""The first sentence of a report: the one change to the period before that matters most."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.reports.figures import Report, Tally

HeadlineKey = Literal["nothing", "watched", "few", "first", "worse", "better", "more", "less", "same"]

FEW = 20  # questions, below which a share in per cent says more than they do
POINTS = 5  # of the share answered, from which a change is told
CHANGE = 0.25  # of the number of questions, likewise


@dataclass(frozen=True, slots=True)
class Headline:
    """Which sentence, and the numbers that fill it."""

    key: HeadlineKey
    values: dict[str, int] = field(default_factory=dict)


def find_headline(report: Report) -> Headline:
    """Return what matters most of a report."""
    now, before = report.figures.total, report.before.total
    counts = {
        "asked": now.asked,
        "answered": now.answered,
        "asked_before": before.asked,
        "answered_before": before.answered,
        "posts": now.posts,
        "replies": now.replies,
        "replies_before": before.replies,
    }
    if report.is_empty:
        return Headline("nothing")
    if not now.asked:
        return Headline("watched", counts)
    if min(now.asked, before.asked or now.asked) < FEW:
        return Headline("few", counts)
    counts |= {"share": share_answered(now), "share_before": share_answered(before)}
    if not before.asked:
        return Headline("first", counts)
    points = counts["share"] - counts["share_before"]
    if abs(points) >= POINTS:
        return Headline("better" if points > 0 else "worse", counts)
    change = now.asked / before.asked - 1
    counts["change"] = round(100 * abs(change))
    if abs(change) >= CHANGE:
        return Headline("more" if change > 0 else "less", counts)
    return Headline("same", counts)


def share_answered(tally: Tally) -> int:
    """Return how many of a hundred questions were answered."""
    return round(100 * tally.answered / tally.asked) if tally.asked else 0
