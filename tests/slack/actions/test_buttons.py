"""Buttons: who sees what a click shows, and what becomes of old ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.desk import Desk, Snapshot
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, DIRECT, OTHER, PERSON, Front, Json, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts

ROOT = "1790000001.000100"
PRIVATE = {"type": "message", "channel_id": CHANNEL, "message_ts": "1.1", "is_ephemeral": True}


def ask_in_thread(front: Front, slack: FakeSlack, text: str) -> list[Json]:
    """Return the blocks of the desk's answer to a mention."""
    front.mention(text, ts=ROOT)
    blocks: list[Json] = slack.wait_for("chat.postMessage")[0].arguments["blocks"]
    return blocks


def test_choice_of_the_asker(front: Front, slack: FakeSlack) -> None:
    """A choice that the asker clicks is answered in the thread, for all."""
    blocks = ask_in_thread(front, slack, "the device does not exist")
    front.click(find_buttons(blocks)[1], PERSON)
    told = slack.wait_for("chat.postMessage", 2)[1].arguments
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, ROOT)
    assert told["text"].startswith("9112 The device to upgrade does not exist")
    assert find_house_faults(told) == []


def test_choice_of_another(front: Front, slack: FakeSlack) -> None:
    """A choice that somebody else clicks is shown to that person alone, in the thread."""
    blocks = ask_in_thread(front, slack, "the device does not exist")
    front.click(find_buttons(blocks)[0], OTHER)
    told = slack.wait_for("chat.postEphemeral")[0].arguments
    assert (told["channel"], told["user"], told["thread_ts"]) == (CHANNEL, OTHER, ROOT)
    assert told["text"].startswith("6100 ")
    front.settle()
    assert len(slack.called("chat.postMessage")) == 1


def test_choice_of_a_command(front: Front, slack: FakeSlack) -> None:
    """A choice of an answer that one person sees is shown to that person, who can share it."""
    blocks = front.command("the device does not exist").get_json()["blocks"]
    front.click(find_buttons(blocks)[2], container=PRIVATE)
    told = slack.wait_for("response_url")[0].arguments
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", True)
    assert told["text"].startswith("28560 ")
    assert find_button(told["blocks"], "answer_share")


def test_choice_in_a_direct_message(front: Front, slack: FakeSlack) -> None:
    """In a direct message the picked answer stands beside the question, in no thread."""
    front.direct("the device does not exist")
    blocks = slack.wait_for("chat.postMessage")[0].arguments["blocks"]
    place = {
        "type": "message",
        "channel_id": DIRECT,
        "message_ts": "1790000005.000100",
        "is_ephemeral": False,
    }
    message = {"type": "message", "ts": "1790000005.000100", "text": ""}
    front.click(find_buttons(blocks)[0], container=place, channel={"id": DIRECT}, message=message)
    told = slack.wait_for("chat.postMessage", 2)[1].arguments
    assert (told["channel"], told.get("thread_ts")) == (DIRECT, None)


@pytest.mark.parametrize("user", [PERSON, OTHER])
def test_other_language(front: Front, slack: FakeSlack, user: str) -> None:
    """The other language is shown to whoever clicked alone, also to the asker."""
    blocks = ask_in_thread(front, slack, "my device is offlne")
    front.click(find_button(blocks, "language_switch_zh"), user)
    told = slack.wait_for("chat.postEphemeral")[0].arguments
    assert (told["user"], told["thread_ts"]) == (user, ROOT)
    assert told["text"].startswith("28504 设备不在线")
    assert any("接口返回" in text for text in list_texts(told["blocks"]))
    assert find_button(told["blocks"], "language_switch_en")["text"]["text"] == "English"


def test_other_language_of_a_command(front: Front, slack: FakeSlack) -> None:
    """Of an answer that one person sees, the other language takes its place."""
    blocks = front.command("28504").get_json()["blocks"]
    front.click(find_button(blocks, "language_switch_zh"), container=PRIVATE)
    told = slack.wait_for("response_url")[0].arguments
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", True)
    assert find_button(told["blocks"], "answer_share")


@pytest.mark.parametrize(
    "text", ["the device does not exist", "error code 28540", "the toaster", "28504 and 2065 failed"]
)
def test_every_kind_in_the_other_language(front: Front, slack: FakeSlack, text: str) -> None:
    """Choices, an undocumented code, silence and several answers are shown again in the other language."""
    blocks = ask_in_thread(front, slack, text)
    front.click(find_button(blocks, "language_switch_zh"))
    told = slack.wait_for("chat.postEphemeral")[0].arguments
    assert find_house_faults({**told, "unfurl_links": False, "unfurl_media": False}) == []
    assert [b["type"] for b in told["blocks"]] == [b["type"] for b in blocks]
    assert [b["value"] for b in find_buttons(told["blocks"])] != [b["value"] for b in find_buttons(blocks)]


def test_where_the_desk_is_no_member(front: Front, slack: FakeSlack) -> None:
    """Under an answer shared where the desk is no member, clicks are answered by the click's own address."""
    blocks = ask_in_thread(front, slack, "the device does not exist")
    slack.fail("chat.postEphemeral", "not_in_channel")
    front.click(find_buttons(blocks)[0], OTHER)
    assert slack.wait_for("response_url")[0].arguments["response_type"] == "ephemeral"
    slack.fail("chat.postMessage", "not_in_channel")
    front.click(find_buttons(blocks)[0], PERSON)
    told = slack.wait_for("chat.postMessage", 3)[2].arguments
    assert told["channel"] == PERSON
    assert "/invite" in told["text"]


def without(code: str) -> Desk:
    """Return a desk whose knowledge has lost a code."""
    pack = DESK.knowledge.packs["aliyun-living"]
    entries = {key: entry for key, entry in pack.entries.items() if key != code}
    return Desk(Snapshot(replace(DESK.knowledge, packs={pack.id: replace(pack, entries=entries)})))


@pytest.mark.parametrize("action", ["language_switch", "answer_share"])
def test_code_is_gone(open_front: Callable[..., Front], slack: FakeSlack, action: str) -> None:
    """A button whose code the knowledge has lost is acknowledged, and explained to whoever clicked."""
    blocks = open_front().command("28504").get_json()["blocks"]
    front = open_front(without("28504"))
    assert front.click(find_button(blocks, action), container=PRIVATE).status_code == 200
    told = slack.wait_for("response_url")[0].arguments
    assert "no longer documented" in told["text"]
    assert told["response_type"] == "ephemeral"


def test_some_codes_are_gone(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """Of several choices those that are left are shown."""
    blocks = open_front().command("the device does not exist").get_json()["blocks"]
    front = open_front(without("9112"))
    front.click(find_button(blocks, "language_switch"), container=PRIVATE)
    told = slack.wait_for("response_url")[0].arguments
    assert [button["text"]["text"] for button in find_buttons(told["blocks"])][:2] == [
        "查看 6100",
        "查看 28560",
    ]


@pytest.mark.parametrize(
    "value",
    ["", "28504", "null", "[]", "{}", '{"k": 1}',
     '{"k":"answered","l":"en","a":"","m":[],"n":[],"u":[],"r":"","o":0}',
     '{"k":"answered","l":"xx","a":"","m":[["aliyun-living/28504",1,"",""]],"n":[],"u":[],"r":"","o":0}',
     '{"k":"shouted","l":"en","a":"","m":[["aliyun-living/28504",1,"",""]],"n":[],"u":[],"r":"","o":0}',
     '{"k":"answered","l":"en","a":"","m":[7],"n":[],"u":[],"r":"","o":0}', "x" * 2000],
)  # fmt: skip
@pytest.mark.parametrize("action", ["choice_show", "language_switch_zh", "answer_share", "retired_long_ago"])
def test_button_that_nobody_knows(front: Front, slack: FakeSlack, action: str, value: str) -> None:
    """A button of an old version, or with a value that nothing is known of, is explained, never a fault."""
    button = {
        "type": "button",
        "action_id": action,
        "value": value,
        "text": {"type": "plain_text", "text": "x"},
    }
    assert front.click(button).status_code == 200
    told = slack.wait_for("chat.postEphemeral")[0].arguments
    assert "no longer documented" in told["text"]


def test_button_in_an_old_modal(front: Front, slack: FakeSlack) -> None:
    """In a modal the explanation takes the modal's place."""
    button = {"type": "button", "action_id": "choice_show", "value": "gone"}
    view = {"id": "V1", "type": "modal", "private_metadata": "", "callback_id": "answer_post"}
    front.click(button, view=view, container={"type": "view", "view_id": "V1"}, message=None, channel=None)
    told = slack.wait_for("views.update")[0].arguments["view"]
    assert find_faults(told, "modal") == []
    assert "submit" not in told


def test_submission_of_an_old_modal(front: Front, slack: FakeSlack) -> None:
    """A modal whose answer is gone posts nothing to the thread and tells the person."""
    view = {
        "type": "modal",
        "callback_id": "answer_post",
        "private_metadata": f"{CHANNEL} {ROOT} gone",
        "blocks": [],
    }
    assert front.submit(view).status_code == 200
    told = slack.wait_for("chat.postMessage")[0].arguments
    assert told["channel"] == PERSON
    assert "no longer documented" in told["text"]


def test_values_hold_ids_only(front: Front, slack: FakeSlack) -> None:
    """No button carries the question: its value holds ids and the words of the entry that were met."""
    blocks = ask_in_thread(front, slack, "hallo zusammen, my device is offlne since breakfast")
    buttons = find_buttons(blocks)
    assert buttons
    for button in buttons:
        assert "breakfast" not in button["value"]
        assert len(button["value"]) < 2000
        assert json.loads(button["value"])["m"][0][0] == "aliyun-living/28504"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("the device does not exist", "the device does not exist"),
        ("设备不存在 <!channel> `x`", "设备不存在 &lt;!channel&gt; ˋxˋ"),
        (f"the device does not exist {'and so on ' * 60}", "the device does not exist and so on"),
    ],
)
def test_what_was_asked_stays(front: Front, slack: FakeSlack, question: str, asked: str) -> None:
    """Neither the other language nor a choice drops what was asked; what is shared doesn't tell it."""
    blocks = front.command(question).get_json()["blocks"]
    assert asked in list_texts(blocks)[0]
    front.click(find_button(blocks, "language_switch"), container=PRIVATE)
    other = slack.wait_for("response_url")[0].arguments["blocks"]
    assert asked in list_texts(other)[0]
    front.click(find_button(other, "choice_show"), container=PRIVATE)
    chosen = slack.wait_for("response_url", 2)[1].arguments
    assert chosen["replace_original"] is True
    assert asked in list_texts(chosen["blocks"])[0]
    front.click(find_button(chosen["blocks"], "answer_share"), container=PRIVATE)
    shared, kept = (call.arguments for call in slack.wait_for("response_url", 4)[2:])
    assert asked not in str(shared)
    assert asked in list_texts(kept["blocks"])[0]


def test_a_longer_value_fits(front: Front, slack: FakeSlack) -> None:
    """A button's value keeps Slack's limit, whatever was asked."""
    for question in ('"\\' * 300, "错误码 28504 " * 100, "28504 2065 28601 " + "é" * 400):
        buttons = find_buttons(front.command(question).get_json()["blocks"])
        assert buttons
        assert all(len(button["value"]) <= 2_000 for button in buttons)
