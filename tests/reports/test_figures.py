"""What lines of the ledger come to in a report, and which change its first sentence tells."""

from __future__ import annotations

from typing import Any

import pytest

from bot.reports.figures import Feedback, Figures, Report, Tally, add_up, rank_codes
from bot.reports.headline import find_headline
from bot.reports.periods import Period
from bot.stores.figures import LineCount

WEEK = Period(0.0, 604800.0)


def count(
    surface: str, kind: str, action: str = "card", reason: str = "", times: int = 1, channel: str = "C1"
) -> LineCount:
    return LineCount(surface, channel, kind, action, reason, times)


@pytest.mark.parametrize(
    ("line", "tally"),
    [
        (count("command", "answered", "told-alone"), Tally(answered=1)),
        (count("mention", "answered", "card"), Tally(answered=1)),
        (count("mention", "filtered", "silent", "already-answered"), Tally(answered=1)),
        (count("thread", "choices", "notice"), Tally(offered=1)),
        (count("direct_message", "abstained", "notice", "nothing-near"), Tally(silent=1)),
        (count("shortcut", "abstained", "told-alone", "code-undocumented"), Tally(silent=1)),
        (count("command", "abstained", "silent", "over-limit"), Tally(silent=1)),
        (count("watch", "answered", "card"), Tally(posts=1, replies=1)),
        (count("watch", "answered", "short"), Tally(posts=1, replies=1)),
        (count("watch", "answered", "roll-up"), Tally(posts=1, replies=1)),
        (count("watch", "answered", "join-roll-up"), Tally(posts=1, replies=1)),
        (count("watch", "abstained", "silent", "unsure"), Tally(posts=1)),
        (count("watch", "filtered", "silent", "muted"), Tally(posts=1)),
        (count("watch", "answered", "update"), Tally()),
        (count("mention", "abstained", "silent", "thanks"), Tally()),
        (count("mention", "abstained", "read-thread", "nothing-said"), Tally()),
        (count("choice", "answered", "card"), Tally()),
    ],
    ids=lambda case: f"{case.surface}-{case.action}" if isinstance(case, LineCount) else "",
)
def test_each_line_counts_once(line: LineCount, tally: Tally) -> None:
    """A question is answered, offered a choice, or neither; thanks, edits and clicks are no questions."""
    assert add_up([line]).total == tally


def test_by_surface_and_channel() -> None:
    """The same questions are counted by where they were put, and in which channel."""
    found = add_up(
        [
            count("mention", "answered", times=3),
            count("mention", "abstained", reason="unsure", times=2, channel="C2"),
            count("watch", "answered", "card", times=4, channel="C2"),
        ]
    )
    assert found.total == Tally(answered=3, silent=2, posts=4, replies=4)
    assert found.surfaces == {"mention": Tally(answered=3, silent=2)}
    assert found.channels == {"C1": Tally(answered=3), "C2": Tally(silent=2, posts=4, replies=4)}


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
