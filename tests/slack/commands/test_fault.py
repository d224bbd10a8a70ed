"""`/fault`: answered in the acknowledgement, seen by one person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.fake_slack import FakeSlack
from tests.support.front import OTHER, PERSON, Front, Hours, Json, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts


def ask(front: Front, text: str, **fields: str) -> Json:
    """Return the message that a command is acknowledged with, held against every limit."""
    response = front.command(text, **fields)
    assert response.status_code == 200
    assert response.content_type.startswith("application/json")
    message: Json = response.get_json()
    assert message["response_type"] == "ephemeral"
    assert find_faults(message) + find_house_faults(message) == []
    return message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("28504", ["28504 The device is offline", "Likely cause", "1. Query the device's status"]),
        ("错误码 28504", ["28504 设备不在线", "可能原因", "1. 操作之前先查询设备状态"]),
        ("my device is offlne", ["28504 The device is offline"]),
        ("設備不在線", ["28504 设备不在线"]),
    ],
)
def test_answer(front: Front, text: str, told: list[str]) -> None:
    """A code or a phrase is answered in the asker's language; `text` carries code, cause and steps too."""
    message = ask(front, text)
    shown = "\n".join(list_texts(message["blocks"]))
    for words in told:
        assert words in shown
        assert words in message["text"]


def test_everything_shown(front: Front) -> None:
    """The answer shows heading, cause, steps, the API's message, family, source and what is near."""
    message = ask(front, "28504")
    header, *_ = [block for block in message["blocks"] if block["type"] == "header"]
    assert header["text"] == {"type": "plain_text", "text": "28504 The device is offline", "emoji": False}
    remarks = list_texts([block for block in message["blocks"] if block["type"] == "context"])
    for told in ("`device is offline.`", "Device control", "2018-09-04", "See also: 28601"):
        assert any(told in remark for remark in remarks), told
    assert [button["action_id"] for button in find_buttons(message["blocks"])] == [
        "customer_show",
        "answer_share",
        "language_switch_zh",
    ]


@pytest.mark.parametrize("text", ["", "   ", "help", "HELP", "?", "？", " ﹖ ", "帮助", "幫助"])
def test_usage(front: Front, text: str) -> None:
    """Nothing, a question mark or a word for help shows how to ask, in both languages, with an example."""
    message = ask(front, text)
    assert "`/fault 28504`" in message["text"]
    assert "explains error codes" in message["text"]
    assert "解答错误码" in message["text"]


def test_unknown_code(front: Front) -> None:
    """An undocumented code is named, with its family, the nearest codes as buttons, and what to do next."""
    message = ask(front, "error code 28540")
    told = message["text"]
    assert "28540 isn't a documented code. It lies in the range of “Lock and key”" in told
    assert "contact the platform's support" in told
    shown = [button["text"]["text"] for button in find_buttons(message["blocks"])]
    assert shown[0] == "Show 28530"
    assert "Share to channel" not in shown


def test_choices(front: Front) -> None:
    """Several entries that fit are offered, each a button, each with what tells it apart."""
    message = ask(front, "the device does not exist")
    sections = [block for block in message["blocks"] if block.get("accessory")]
    assert [block["accessory"]["text"]["text"] for block in sections] == [
        "Show 6100",
        "Show 9112",
        "Show 28560",
    ]
    assert "OTA upgrade" in sections[1]["text"]["text"]
    assert {block["accessory"]["action_id"] for block in sections} == {"choice_show"}


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> `rm -rf` <@U123> @here #general ```x``` & &lt; " + "very long " * 90,
        "`" * 500,
        "<!subteam^S1|@oncall> 28504",
        "\u202edrowssap\u202c \x00\x07\u200b",
        "<https://evil.example/28504|28504>",
        "𝟐𝟖𝟓𝟎𝟒 " * 100,
    ],
)
def test_echo(front: Front, text: str) -> None:
    """What is repeated of a question is cut, escaped, and ends no code span; nothing in it is live."""
    message = ask(front, text)
    echo = next(each for each in list_texts(message["blocks"]) if each.startswith("You asked"))
    assert len(echo) < 200
    assert echo.count("`") == 2


def test_share(front: Front, slack: FakeSlack) -> None:
    """A shared answer is posted in the channel with who shared it, by the address that needs no membership;
    the sharer's own copy loses the button.
    """
    message = ask(front, "错误码 28504")
    private = {"type": "message", "channel_id": "C0SUPPORT", "message_ts": "1.1", "is_ephemeral": True}
    assert front.click(find_button(message["blocks"], "answer_share"), container=private).status_code == 200
    shared, kept = (call.arguments for call in slack.wait_for("response_url", 2))
    assert (shared["response_type"], shared["replace_original"]) == ("in_channel", False)
    assert "28504 设备不在线" in shared["text"]
    assert f"由 <@{PERSON}> 分享" in list_texts(shared["blocks"])
    assert find_house_faults(shared, allowed=[f"<@{PERSON}>"]) == []
    assert (kept["response_type"], kept["replace_original"]) == ("ephemeral", True)
    assert [button["action_id"] for button in find_buttons(kept["blocks"])] == [
        "customer_show",
        "language_switch_en",
    ]
    assert slack.called("chat.postMessage") == []


def test_limit(front: Front, hours: Hours) -> None:
    """The 31st question of a person within a minute gets a kind sentence; other people's don't."""
    for _ in range(30):
        assert "28504" in ask(front, "28504")["text"]
    assert "more than 30 questions within a minute" in ask(front, "28504")["text"]
    assert "一分钟内的提问超过了 30 个" in ask(front, "设备不在线")["text"]
    assert "28504 The device" in ask(front, "28504", user_id=OTHER)["text"]
    hours.now += 60
    assert "28504 The device" in ask(front, "28504")["text"]


def test_help_is_not_counted(front: Front) -> None:
    """Asking for help costs no question."""
    for _ in range(31):
        ask(front, "help")
    assert "28504 The device" in ask(front, "28504")["text"]


def test_default_language(open_front: Callable[..., Front]) -> None:
    """A code alone is answered in the language of the settings."""
    assert "设备不在线" in ask(open_front(language="zh"), "28504")["text"]


def test_acknowledged_while_slack_is_slow(front: Front, slack: FakeSlack) -> None:
    """A command is answered while Slack holds back its answers to fifty messages."""
    front.start()
    with slack.hold("chat.postMessage"):
        for number in range(50):
            front.mention("28504", user=f"U{number}", channel=f"C{number}")
        slack.wait_for("chat.postMessage")
        assert "28504" in ask(front, "28504")["text"]
    slack.wait_for("chat.postMessage", 50)
