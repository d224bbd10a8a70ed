"""`/fault report`: for authors; what was asked, with charts, and without where Slack refuses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk, Snapshot
from bot.knowledge.load import load_knowledge
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, OTHER, PERSON, Front, Hours
from tests.support.slack_limits import find_faults, list_texts
from tests.support.toy_entries import document

AUTHOR = OTHER
DAY = 86_400.0


@pytest.fixture
def front(open_front: Callable[..., Front]) -> Front:
    """The app with an author."""
    return open_front(authors=frozenset({AUTHOR}))


def ask(front: Front, slack: FakeSlack, text: str = "report") -> list[dict[str, Any]]:
    """Return what was sent for a command, refused messages too."""
    slack.forget()
    front.hours.now += 1.0
    told = front.command(text, user_id=AUTHOR).get_json()
    assert told["text"] == "I'm making the report. It follows in a moment."
    front.service.direct.close()
    sent = [call.arguments for call in slack.called("response_url")]
    assert [fault for each in sent for fault in find_faults(each)] == []
    return sent


def find_table(told: dict[str, Any]) -> dict[str, list[int]]:
    """Return the rows of the table: where, and the numbers."""
    [table] = [block for block in told["blocks"] if block["type"] == "data_table"]
    rows = {}
    for first, *cells in table["rows"][1:]:
        where = first.get("text") or first["elements"][0]["elements"][0]["channel_id"]
        rows[where] = [cell["value"] for cell in cells]
    return rows


def test_what_was_asked(front: Front, slack: FakeSlack) -> None:
    """Questions count by where they were put and what became of them; watched posts beside them."""
    front.command("28504")
    front.command("the toaster burns")
    front.mention("28504")
    front.mention("thanks")
    front.direct("28504 offline")
    front.command("watch auto")
    front.event(front.build_post("errorCode: 28612 ilop", channel=CHANNEL))
    front.event(front.build_post("good morning", channel=CHANNEL))
    [told] = ask(front, slack)
    rows = find_table(told)
    assert rows["Command /fault"] == [2, 1, 0, 1, 0, 0]
    assert rows["Mentions"] == [1, 1, 0, 0, 0, 0]
    assert rows["Direct messages"] == [1, 1, 0, 0, 0, 0]
    assert rows[CHANNEL] == [3, 2, 0, 1, 2, 1]
    assert rows["All"] == [4, 3, 0, 1, 2, 1]
    assert told["text"].startswith("Questions: 4, answered: 3. In the period before: 0, answered: 0.")
    assert "28504 The device is offline: 3" in "\n".join(list_texts(told["blocks"]))


def test_the_period_before(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """What is older than seven days is what the report compares with; thirty reach further."""
    front.command("28504")
    hours.now += 8 * DAY
    front.command("28612")
    front.command("the toaster burns")
    [told] = ask(front, slack)
    assert told["text"].startswith("Questions: 2, answered: 1. In the period before: 1, answered: 1.")


def test_thirty_days(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """Thirty days are drawn in parts of two."""
    front.command("28504")
    hours.now += 20 * DAY
    [told] = ask(front, slack, "report 30d")
    [chart] = [block for block in told["blocks"] if block["type"] == "data_visualization"]
    assert chart["title"] == "Questions in 2 days each"
    assert [sum(point["value"] for point in series["data"]) for series in chart["chart"]["series"]] == [
        1,
        0,
        0,
    ]


def test_charts_refused(front: Front, slack: FakeSlack) -> None:
    """Where Slack refuses the blocks the same is sent without charts."""
    front.command("28504")
    slack.fail("response_url", "invalid_blocks", status=400)
    refused, told = ask(front, slack)
    assert "data_table" in {block["type"] for block in refused["blocks"]}
    assert {block["type"] for block in told["blocks"]} == {"section"}
    assert "Command /fault: questions 1, answered 1" in "\n".join(list_texts(told["blocks"]))


def test_documented_since(open_front: Callable[..., Front], slack: FakeSlack, toy: Path) -> None:
    """A code that is documented by now is not told to be missing."""
    desk = Desk(Snapshot(load_knowledge(toy)))
    front = open_front(desk, authors=frozenset({AUTHOR}))
    front.command("code 105")
    front.command("code 106")
    desk.swap(document(toy, "105", "the lid is stuck"))
    [told] = ask(front, slack)
    text = "\n".join(list_texts(told["blocks"]))
    assert "Asked for most and not documented: 106." in text
    assert "*Asked for and not documented* (1 in all)" in text
    assert "105" not in text


def test_authors_alone(front: Front) -> None:
    """Nobody else sees it."""
    assert "FAULTBOOK_AUTHORS" in front.command("report", user_id=PERSON).get_json()["text"]


@pytest.mark.parametrize("text", ["report 5d", "report 28504", "report 7d 30d"])
def test_anything_else_is_a_question(front: Front, text: str) -> None:
    """Other words are no report."""
    assert "making the report" not in front.command(text, user_id=AUTHOR).get_json()["text"]
