"""`/fault gaps`: for authors alone; what people asked for in vain, with the buttons of each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk, Snapshot
from bot.knowledge.load import load_knowledge
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, OTHER, PERSON, Front, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts
from tests.support.toy_entries import document

AUTHOR = OTHER
TOKEN = re.compile(r"<!date\^\d+\^\{date\}\|[\d-]+>|<https://acme[^<>]*>|<@U0[A-Z]+>|<!subteam\^S0[A-Z]+>")
"""What a list may hold that is alive: days, links, and the mention of owners."""


@pytest.fixture
def desk(toy: Path) -> Desk:
    """The desk over the toy knowledge."""
    return Desk(Snapshot(load_knowledge(toy)))


@pytest.fixture
def gaps(open_front: Callable[..., Front], desk: Desk) -> Front:
    """The app with an author."""
    return open_front(desk, authors=frozenset({AUTHOR}))


def ask(front: Front, slack: FakeSlack, text: str = "gaps", user: str = AUTHOR) -> dict[str, Any]:
    """Return what a command is answered with in the end."""
    slack.forget()
    front.command(text, user_id=user)
    return check(slack)


def check(slack: FakeSlack) -> dict[str, Any]:
    """Return the latest message to the person, which Slack and the house take."""
    told = slack.wait_for("response_url")[-1].arguments
    assert told["response_type"] == "ephemeral"
    faults = find_faults(told) + find_house_faults(told, allowed=TOKEN.findall(json.dumps(told)))
    assert faults == []
    return told


def read(told: dict[str, Any]) -> str:
    """Return the words of a message."""
    return "\n".join(list_texts(told["blocks"]))


def test_ranked_by_people(gaps: Front, slack: FakeSlack) -> None:
    """What most people asked for stands first, with where, what lies near and how to start."""
    gaps.mention("code 105", user="U1")
    gaps.mention("code 105", user="U2")
    gaps.mention("code 105", user="U2")
    gaps.mention("the toaster burns", user="U3")
    told = read(ask(gaps, slack))
    first, second = told.index("*105*"), told.index("`the toaster burns`")
    assert first < second
    assert "People: 2, days: 1." in told[first:second]
    assert "To start: `faultbook new 105 --pack kettle`" in told[first:second]
    assert "<https://acme.slack.com/archives/C0SUPPORT/p1790000001" in told[first:second]
    assert "To start: `faultbook ask --explain 'the toaster burns'`" in told[second:]


def test_authors_alone(gaps: Front) -> None:
    """Nobody else sees it, whatever they may do besides."""
    told = gaps.command("gaps", user_id=PERSON).get_json()
    assert "FAULTBOOK_AUTHORS" in told["text"]


def test_nothing(gaps: Front, slack: FakeSlack) -> None:
    """Where nothing was asked in vain, that is said."""
    assert read(ask(gaps, slack)) == "Nobody asked for anything in vain in the last 30 days."


def test_a_question_stays_one(gaps: Front) -> None:
    """Words that follow make it a question."""
    told = gaps.command("gaps between the plug and the socket", user_id=AUTHOR).get_json()
    assert "moment" not in told["text"]


def test_what_is_answered_now_is_left_out(gaps: Front, slack: FakeSlack, desk: Desk, toy: Path) -> None:
    """A code that is documented since, and words that get an answer now, are no gaps any more."""
    gaps.mention("code 105")
    gaps.mention("the lid is stuck")
    assert "*105*" in read(ask(gaps, slack))
    desk.swap(document(toy, "105", "the lid is stuck"))
    assert read(ask(gaps, slack)) == "Nobody asked for anything in vain in the last 30 days."


def test_ignore_and_undo(gaps: Front, slack: FakeSlack) -> None:
    """An ignored gap leaves the list, which says so with an undo; the undo lists it again."""
    gaps.mention("code 105")
    button = find_button(ask(gaps, slack)["blocks"], "gap_ignore")
    slack.forget()
    gaps.click(button, AUTHOR)
    told = check(slack)
    assert told["replace_original"] is True
    assert read(told).startswith("Ignored from now on: *105*")
    assert "To start" not in read(told)
    ignored = ask(gaps, slack, "gaps ignored")
    assert "*105*" in read(ignored)
    slack.forget()
    gaps.click(find_button(told["blocks"], "gap_restore"), AUTHOR)
    told = check(slack)
    assert read(told).startswith("Listed again: *105*")
    assert "To start: `faultbook new 105 --pack kettle`" in read(told)
    assert read(ask(gaps, slack, "gaps ignored")) == "Nothing is ignored."


def test_buttons_are_for_authors(gaps: Front, slack: FakeSlack) -> None:
    """Who is no author any more can't use the buttons of an old list."""
    gaps.mention("code 105")
    for action in ("gap_ignore", "owner_ask"):
        button = find_button(ask(gaps, slack)["blocks"], action)
        slack.forget()
        gaps.click(button, PERSON)
        assert "FAULTBOOK_AUTHORS" in read(check(slack))
    assert "*105*" in read(ask(gaps, slack))
    assert not [call for call in slack.called("chat.postMessage") if "U0ELEC" in str(call.arguments)]


def test_ask_an_owner(gaps: Front, slack: FakeSlack) -> None:
    """The owners of the code's family are mentioned in the newest thread, once."""
    post = gaps.build_post("<@UFAULTBOT> code 105", type="app_mention")
    gaps.event(post)
    button = find_button(ask(gaps, slack)["blocks"], "owner_ask")
    slack.forget()
    gaps.click(button, AUTHOR)
    [asked] = slack.called("chat.postMessage")
    assert asked.arguments["channel"] == CHANNEL
    assert asked.arguments["thread_ts"] == post["ts"]
    assert asked.arguments["text"].startswith(
        f"<@U0ELEC> <!subteam^S0PLUGS>: <@{AUTHOR}> asks you about *105*"
    )
    assert (
        "I asked <@U0ELEC> <!subteam^S0PLUGS> in the <https://acme"
        in slack.wait_for("response_url")[-1].arguments["text"]
    )
    gaps.click(button, AUTHOR)
    assert "were already asked" in slack.wait_for("response_url", 2)[-1].arguments["text"]
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("text", ["code 205", "the toaster burns"])
def test_no_owner(gaps: Front, slack: FakeSlack, text: str) -> None:
    """Where the family names nobody there is nobody to ask."""
    gaps.mention(text)
    actions = [each["action_id"] for each in find_buttons(ask(gaps, slack)["blocks"])]
    assert actions == ["gap_ignore"]


def test_no_thread(gaps: Front, slack: FakeSlack) -> None:
    """What was asked by a command or directly has no thread to link to or to ask in."""
    gaps.command("code 105")
    gaps.direct("code 105")
    told = ask(gaps, slack)
    assert "there is no thread to link to" in read(told)
    assert [each["action_id"] for each in find_buttons(told["blocks"])] == ["gap_ignore"]
    assert "D0DIRECT" not in str(told)


def test_in_chinese(open_front: Callable[..., Front], desk: Desk, slack: FakeSlack) -> None:
    """A desk that speaks Chinese lists the same in Chinese."""
    front = open_front(desk, authors=frozenset({AUTHOR}), language="zh")
    front.mention("错误码 105")
    told = ask(front, slack)
    assert read(told).startswith("*最近 30 天有人问起而没有答案的*\n*105*\n1 人，1 天。")
    labels = [each["text"]["text"] for each in find_buttons(told["blocks"])]
    assert labels == ["忽略", "询问负责人"]
    slack.forget()
    front.click(find_button(told["blocks"], "owner_ask"), AUTHOR)
    [asked] = slack.called("chat.postMessage")
    assert asked.arguments["text"].startswith(
        f"<@U0ELEC> <!subteam^S0PLUGS>，<@{AUTHOR}> 想请教 *105* ，有人在这里问起过"
    )


def test_many(gaps: Front, slack: FakeSlack) -> None:
    """A list of long questions fits into a message, and says that there are more."""
    for number in range(12):
        gaps.mention(f"the toaster number {number} burns " + "very badly " * 40, user=f"U{number}")
    told = ask(gaps, slack)
    assert "There are more." in read(told)
    assert len(find_buttons(told["blocks"])) == 6
