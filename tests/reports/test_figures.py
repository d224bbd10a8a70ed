"""What lines of the ledger come to in a report, and which change its first sentence tells."""

from __future__ import annotations

from typing import Any

import pytest

from bot.reports.figures import Feedback, Figures, Report, Tally, add_up, rank_codes
from bot.reports.headline import find_headline
from bot.reports.periods import Period
from bot.stores.figures import LineCount

WEEK = Period(0.0, 604800.0)


def test_by_surface_and_channel() -> None:
    """What is counted by surface comes to all, too; channels are counted apart; what is nothing, nowhere."""
    found = add_up(
        [
            LineCount("answered", 3, surface="mention"),
            LineCount("silent", 2, surface="mention"),
            LineCount("offered", 1, surface="command"),
            LineCount("replied", 4, surface="watch"),
            LineCount("read", 5, surface="watch"),
            LineCount("nothing", 9, surface="shortcut"),
            LineCount("answered", 3, channel="C1"),
            LineCount("replied", 4, channel="C2"),
            LineCount("nothing", 9, channel="C3"),
        ]
    )
    assert found.total == Tally(answered=3, offered=1, silent=2, posts=9, replies=4)
    assert found.surfaces == {"mention": Tally(answered=3, silent=2), "command": Tally(offered=1)}
    assert found.channels == {"C1": Tally(answered=3), "C2": Tally(posts=4, replies=4)}


def test_codes_are_ranked() -> None:
    """An answer of several entries counts for each; equals stand in the order of their names."""
    answers = {'["toy/2"]': 3, '["toy/1", "toy/2"]': 2, '["toy/3"]': 2, '["toy/0"]': 1}
    assert rank_codes(answers, 3) == [("toy/2", 5), ("toy/1", 2), ("toy/3", 2)]


def build(now: dict[str, int], before: dict[str, int], **fields: Any) -> Report:
    none = Feedback()
    return Report(WEEK, Figures(Tally(**now)), Figures(Tally(**before)), none, none, **fields)


@pytest.mark.parametrize(
    ("now", "before", "key"),
    [
        ({}, {"answered": 50}, "nothing"),
        ({"posts": 9, "replies": 2}, {"posts": 5}, "watched"),
        ({"answered": 3, "silent": 1}, {}, "few"),
        ({"answered": 40, "silent": 10}, {"answered": 19}, "few"),
        ({"answered": 19}, {"answered": 40}, "few"),
        ({"answered": 40, "silent": 10}, {}, "first"),
        ({"answered": 30, "silent": 20}, {"answered": 40, "silent": 10}, "worse"),
        ({"answered": 40, "silent": 10}, {"answered": 30, "silent": 20}, "better"),
        ({"answered": 80, "silent": 20}, {"answered": 40, "silent": 10}, "more"),
        ({"answered": 40, "silent": 10}, {"answered": 80, "silent": 20}, "less"),
        ({"answered": 40, "silent": 10}, {"answered": 41, "silent": 10}, "same"),
    ],
)
def test_headline(now: dict[str, int], before: dict[str, int], key: str) -> None:
    """A share that changed comes before a number that did; of few questions no share is told."""
    assert find_headline(build(now, before)).key == key


def test_feedback_alone_is_something() -> None:
    """A period in which people only voted or muted is not empty."""
    for feedback in (Feedback(helped=1), Feedback(not_it=1), Feedback(mutes=1)):
        report = Report(WEEK, Figures(), Figures(), feedback, Feedback())
        assert not report.is_empty
        assert find_headline(report).key == "watched"
