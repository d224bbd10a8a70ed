"""A report in Slack: what it says, within Slack's limits, in every language; and without charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence
from bot.reports.figures import Feedback, Figures, MissedTopic, Report, Tally
from bot.reports.periods import DAY, Period
from bot.reports.report_page import MOST_CHANNELS, ReportPage
from bot.reports.report_words import ReportWords
from tests.support.house_rules import find_house_faults
from tests.support.shipped import load_shipped
from tests.support.slack_limits import find_faults, list_texts

KNOWLEDGE = load_shipped()
LANGUAGES = tuple(KNOWLEDGE.languages)
UNTIL = datetime(2026, 11, 23, 1, 0, tzinfo=UTC).timestamp()
WEEK = Period(UNTIL - 7 * DAY, UNTIL)
CHANNELS = {f"C0{number}": Tally(answered=number, posts=2) for number in range(1, 9)}
FULL = Report(
    period=WEEK,
    figures=Figures(
        Tally(60, 5, 35, 400, 30),
        {"command": Tally(20, 5, 5), "mention": Tally(30, 0, 20), "direct_message": Tally(10, 0, 10)},
        {**CHANNELS, "D0MEI": Tally(answered=3)},
    ),
    before=Figures(Tally(80, 5, 15, 300, 20)),
    feedback=Feedback(12, 3, 1),
    feedback_before=Feedback(9, 4, 0),
    parts=[(part, Tally(place, 1, place)) for place, part in enumerate(WEEK.split())],
    codes=[("aliyun-living/28504", 21), ("aliyun-living/99999", 1)],
    missed=[MissedTopic("28612", 5, 3), MissedTopic("", 2, 1), MissedTopic("<!channel>", 1, 1)],
    missed_count=9,
)


def build(report: Report, language: str, **fields: Any) -> Reply:
    return ReportPage(report, KNOWLEDGE, language).build_reply(**fields)


def find_all_faults(reply: Reply) -> list[str]:
    """Return what Slack or the house would refuse of a report, with charts and without."""
    tokens = [f"<#{name}>" for name in ("C0NEW", *FULL.figures.channels, *(f"C1{n}" for n in range(60)))]
    tokens += [
        f"<!date^{int(at)}^{{date}}|{datetime.fromtimestamp(at, UTC):%Y-%m-%d}>" for at in (WEEK.since, UNTIL)
    ]
    faults = []
    for blocks in (reply.blocks, reply.plainer or reply.blocks):
        message = {"text": reply.text, "blocks": list(blocks)}
        faults += find_faults(message) + find_house_faults(message, allowed=tokens)
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_within_limits(language: str) -> None:
    """A full report is a message that Slack takes, with its charts and without."""
    reply = build(FULL, language, opening=ReportSentence.DIGEST_OPENING)
    assert find_all_faults(reply) == []
    kinds = [block["type"] for block in reply.blocks]
    assert kinds == ["section", "data_visualization", "data_table", "section"]
    assert {block["type"] for block in reply.plainer} == {"section"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [1, 7, 30, 90])
def test_many_channels(language: str, days: int) -> None:
    """However many channels and days, the table and the chart stay within Slack's limits."""
    period = Period(UNTIL - days * DAY, UNTIL)
    channels = {f"C1{number}": Tally(1, 1, 1, 1, 1) for number in range(60)}
    report = replace(
        FULL,
        period=period,
        figures=replace(FULL.figures, channels=channels),
        parts=[(part, Tally(1)) for part in period.split()],
    )
    reply = build(report, language)
    assert [fault for fault in find_all_faults(reply) if "<!date" not in fault] == []
    table = next(block for block in reply.blocks if block["type"] == "data_table")
    assert len(table["rows"]) == 1 + 3 + MOST_CHANNELS + 1 + 1
    assert table["rows"][-2][1]["value"] == 3 * (60 - MOST_CHANNELS)


def test_same_without_charts() -> None:
    """What the chart and the table show stands in the plainer blocks and in the text as well."""
    reply = build(FULL, "en")
    plain = "\n".join(list_texts(list(reply.plainer)))
    assert "*Questions a day*" in plain
    assert "11-22: 6 answered, 1 with a choice, 6 not answered" in plain
    line = "Mentions: questions 50, answered 30, choice 0, not answered 20; watched posts 0, replies 0"
    assert line in plain
    assert line in reply.text
    assert "<#C08>: questions 8" in plain


def test_says_what_matters_first() -> None:
    """The first sentence names the change that matters and the code that was missed most."""
    first = build(FULL, "en").text.split("\n")[0]
    assert first == (
        "I answered a smaller share of the questions: 60 % of 100. In the period before it was 80 % of 100. "
        "Asked for most and not documented: 28612."
    )
    first = build(FULL, "zh").text.split("\n")[0]
    assert first == (
        "解答的比例下降了：100 个提问中解答了 60%，上一段时间 100 个提问中解答了 80%。"
        "问得最多而没有收录的是 28612。"
    )


def test_nobody_learns_of_direct_messages() -> None:
    """A direct message is counted with the others, and its conversation never named."""
    reply = build(FULL, "en")
    assert "D0MEI" not in str(reply)
    assert "Direct messages: questions 20" in reply.text


def test_what_people_wrote_stays_text() -> None:
    """A code is what somebody typed: it is escaped."""
    assert "&lt;!channel&gt;: people 1, days 1" in build(FULL, "en").text


def test_empty() -> None:
    """Of a period without events there is one sentence, and no chart of nothing."""
    none = Report(WEEK, Figures(), Figures(Tally(5)), Feedback(), Feedback())
    reply = build(none, "en")
    assert [block["type"] for block in reply.blocks] == ["section"]
    assert reply.text.startswith("Nobody asked me anything, and no watched channel had a post.")


def test_nothing_asked() -> None:
    """Where only posts were watched there is no chart of questions."""
    report = replace(FULL, figures=Figures(Tally(posts=9, replies=2)), parts=[(WEEK, Tally())], missed=())
    reply = build(report, "en")
    assert [block["type"] for block in reply.blocks] == ["section", "data_table", "section"]
    assert find_all_faults(reply) == []
    assert reply.text.startswith("Nobody asked me anything. In watched channels I replied to 2 of 9 posts")


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_in_words_are_counted(language: str) -> None:
    """Questions in words that as many people asked on as many days are one line with their count."""
    asked = [MissedTopic("", 1, 1), MissedTopic("28612", 1, 1), MissedTopic("", 1, 1), MissedTopic("", 2, 1)]
    _, *lines = ReportWords(replace(FULL, missed=asked), KNOWLEDGE, language).list_missed()
    assert [line.rpartition(" ")[2] == "×2" for line in lines] == [True, False, False]


def test_days_are_those_of_the_zone() -> None:
    """The days of the chart are of the time zone that was given."""
    late = datetime(2026, 11, 22, 17, 0, tzinfo=UTC).timestamp()
    period = Period(late, late + DAY)
    report = replace(FULL, period=period, parts=[(period, Tally(1))])
    [chart] = [
        block
        for block in ReportPage(report, KNOWLEDGE, "en", ZoneInfo("Asia/Shanghai")).build_reply().blocks
        if block["type"] == "data_visualization"
    ]
    assert chart["chart"]["axis_config"]["categories"] == ["11-23"]
