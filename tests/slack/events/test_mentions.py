"""Posts put to the desk: mentions are answered in their thread, direct messages where they stand."""

from __future__ import annotations

import json

import pytest

from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT, BOT_USER, TEAM, Call
from tests.support.front import CHANNEL, DIRECT, PERSON, Front, Hours, Json
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import list_texts


def hear(slack: FakeSlack, count: int = 1) -> Call:
    """Return the latest message that the app posted, held against every limit."""
    call = slack.wait_for("chat.postMessage", count)[count - 1]
    assert find_house_faults(call.arguments) == []
    assert call.token == "xoxb-tests"  # noqa: S105 - the tests' own
    return call


def test_mention_in_a_channel(front: Front, slack: FakeSlack) -> None:
    """A mention in a channel begins a thread on its own time stamp, and nothing is broadcast."""
    assert front.mention("设备不在线怎么办", ts="1790000001.000100").status_code == 200
    told = hear(slack).arguments
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, "1790000001.000100")
    assert "reply_broadcast" not in told
    assert told["text"].startswith("28504 设备不在线\n")
    assert list_texts(told["blocks"])[0] == "28504 设备不在线"


def test_mention_in_a_thread(front: Front, slack: FakeSlack) -> None:
    """A mention within a thread is answered at the thread's root, never at the reply's own time stamp."""
    front.mention("2065?", ts="1790000009.000100", thread_ts="1790000001.000100")
    assert hear(slack).arguments["thread_ts"] == "1790000001.000100"


@pytest.mark.parametrize("text", ["", "help", "？", "帮助", "hello there", "你好", f"<@{BOT_USER}>"])
def test_mention_without_a_question(front: Front, slack: FakeSlack, text: str) -> None:
    """A mention that asks nothing is told how to ask, in both languages."""
    front.mention(text)
    told = hear(slack).arguments["text"]
    assert "mention me" in told
    assert "提及我" in told


def test_workflow(front: Front, slack: FakeSlack) -> None:
    """A workflow's post that mentions the desk is answered, though it names no user."""
    post = front.build_post(
        f"<@{BOT_USER}> error code 28504", type="app_mention", subtype="bot_message", bot_id="B0FLOW"
    )
    del post["user"]
    front.event(post)
    assert "28504" in hear(slack).arguments["text"]


def test_alert_that_mentions(front: Front, slack: FakeSlack) -> None:
    """What a mentioning post says in attachments counts as well as its text."""
    fields = [{"title": "错误码", "value": "28504", "short": True}]
    front.mention("看看这个", attachments=[{"id": 1, "fallback": "alert", "fields": fields}])
    assert hear(slack).arguments["text"].startswith("28504 ")


def test_direct_message(front: Front, slack: FakeSlack) -> None:
    """A direct message is answered beside it, one in a thread in that thread."""
    front.direct("28504")
    told = hear(slack).arguments
    assert (told["channel"], told.get("thread_ts")) == (DIRECT, None)
    front.direct("28504", thread_ts="1790000001.000100")
    assert hear(slack, 2).arguments["thread_ts"] == "1790000001.000100"


def test_snippet(front: Front, slack: FakeSlack) -> None:
    """A snippet sent to the desk is read by its preview, which needs no scope for files."""
    file = {"id": "F1", "mode": "snippet", "preview": '{"code": 28504, "message": "device is offline."}'}
    front.direct("", subtype="file_share", files=[file])
    assert hear(slack).arguments["text"].startswith("28504 ")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "text": "error code 28504", "user": PERSON},
        {"type": "message", "subtype": "channel_join", "user": PERSON, "text": "28504 has joined"},
        {"type": "message", "subtype": "me_message", "user": PERSON, "text": "28504"},
        {
            "type": "message",
            "subtype": "message_changed",
            "message": {"text": "28504"},
            "previous_message": {},
        },
        {"type": "message", "subtype": "message_deleted", "previous_message": {"text": "28504"}},
        {"type": "message", "subtype": "never_heard_of", "text": "28504"},
        {"type": "message", "subtype": "bot_message", "bot_id": "B0ALERT", "text": "错误码 28504"},
        {"type": "message", "user": PERSON, "text": None, "attachments": None, "blocks": None, "files": None},
        {"type": "message", "user": PERSON},
        {"type": "message", "user": PERSON, "attachments": [None, {"fields": None, "blocks": None}]},
        {"type": "reaction_added", "user": PERSON, "reaction": "eyes", "item": {"type": "message"}},
        {"type": "never_heard_of"},
        {"type": "channel_rename", "channel": {"id": CHANNEL, "name": "28504"}},
    ],
    ids=lambda event: f"{event['type']}-{event.get('subtype', '')}-{event.get('text')}",
)
def test_silence(front: Front, slack: FakeSlack, event: Json, caplog: pytest.LogCaptureFixture) -> None:
    """What nobody put to the desk is acknowledged with 200, answered with nothing, and no error."""
    response = front.event({"channel": CHANNEL, "channel_type": "channel", "ts": "1790000001.000100"} | event)
    assert response.status_code == 200
    front.settle()
    assert {call.method for call in slack.calls} <= {"auth.test"}
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"user": BOT_USER},
        {"user": BOT_USER, "bot_id": BOT},
        {"bot_id": "B0OTHER", "user": "U0OTHER"},
        {"bot_id": "B0OTHER", "subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_topic"},
    ],
)
def test_silence_in_direct_messages(front: Front, slack: FakeSlack, fields: Json) -> None:
    """The desk answers neither itself nor another bot, nor anything that is not said to it."""
    assert front.direct("28504", **fields).status_code == 200
    front.settle()
    assert slack.called("chat.postMessage") == []


def test_own_posts_are_not_answered(front: Front, slack: FakeSlack) -> None:
    """A post of the desk that mentions the desk is not answered."""
    front.mention("28504", user=BOT_USER, bot_id=BOT)
    front.settle()
    assert slack.called("chat.postMessage") == []


def test_once(front: Front, slack: FakeSlack) -> None:
    """A post is answered once, however often Slack delivers it, and an edit of it is not answered again."""
    for number in range(4):
        front.mention("28504", ts="1790000001.000100", event_ts=f"179000000{number}.1")
    front.mention("28504!", ts="1790000001.000100", edited={"user": PERSON, "ts": "1790000011.000000"})
    front.mention("2065", ts="1790000001.000200")
    front.settle()
    assert [call.arguments["text"][:5] for call in slack.called("chat.postMessage")] == ["28504", "2065 "]


def test_limit(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """Beyond 30 questions a minute a person is told so once; then there is silence until it is over."""
    for number in range(33):
        front.mention("28504", ts=f"1790000001.{number:06}")
    told = [call.arguments["text"] for call in slack.wait_for("chat.postMessage", 31)]
    assert sum(text.startswith("28504") for text in told) == 30
    assert sum("30 questions" in text for text in told) == 1
    hours.now += 60
    front.mention("28504", ts="1790000002.000000")
    assert hear(slack, 32).arguments["text"].startswith("28504")


@pytest.mark.parametrize(
    "text",
    [
        "`28504`", "```28504```", "*28504*", "&gt; 28504", "error_code=28504", "E28504", "错误码：28504。",
        "２８５０４", "```\n{\"code\": 28504}\n```", "[28504]", "报错28504怎么办",
    ],
)  # fmt: skip
def test_code_is_found_once(front: Front, slack: FakeSlack, text: str) -> None:
    """A code is found in whatever way Slack brings it, and answered once."""
    front.mention(text)
    told = hear(slack).arguments
    assert [block["text"]["text"][:6] for block in told["blocks"] if block["type"] == "header"] == ["28504 "]


@pytest.mark.parametrize(
    "text",
    [
        "<http://docs.x.com/28504|docs.x.com> what is this?",
        "<mailto:28504@x.com|28504@x.com>",
        "<tel:+128504|+1 28504>",
        "<@U28504XYZ> please",
        "<https://x.com/a?code=28504>",
        "10.0.0.1:28504",
        "1285045",
        "28504.5",
        "[FIRING:2]",
        "1790028504",
    ],
)
def test_no_code(front: Front, slack: FakeSlack, text: str) -> None:
    """A number within a link, an address, a mention, a port or a longer number is not taken for the code."""
    front.mention(text)
    assert [block for block in hear(slack).arguments["blocks"] if block["type"] == "header"] == []


def test_rich_text(front: Front, slack: FakeSlack) -> None:
    """A code in a preformatted block is found, where Slack's text repeats it, once."""
    log = '{"code":28504,"message":"device is offline."}'
    preformatted = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": log}]}
    person = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": BOT_USER}]}
    blocks = [{"type": "rich_text", "block_id": "x", "elements": [person, preformatted]}]
    front.mention(f"```{log}```", blocks=blocks)
    told = hear(slack).arguments["blocks"]
    assert len([block for block in told if block["type"] == "header"]) == 1


def test_what_people_write_stays_dead(front: Front, slack: FakeSlack) -> None:
    """Nothing that a question says comes back alive."""
    front.mention("&lt;!channel&gt; <!here> <@U999> @here `28540` error code 28540 <!subteam^S1>")
    dumped = json.dumps(hear(slack).arguments["blocks"])
    assert "<!" not in dumped
    assert "<@" not in dumped


@pytest.mark.parametrize("text", ["hi", "Good morning!", "在吗", "您好"])
def test_greeting(front: Front, slack: FakeSlack, text: str) -> None:
    """Whoever greets in a direct message is told how to ask, in both languages."""
    front.direct(text)
    told = hear(slack).arguments["text"]
    assert "mention me" in told
    assert "提及我" in told


@pytest.mark.parametrize(
    "text", ["thanks", "ok, got it :+1:", "thank you so much!", "谢谢", "收到", "好的，辛苦了"]
)
@pytest.mark.parametrize("thread_ts", [None, "1790000000.000100"])
def test_thanks(front: Front, slack: FakeSlack, text: str, thread_ts: str | None) -> None:
    """Thanks are no question: there is no reply, wherever they stand; the reason is noted."""
    front.mention(text, ts="1790000001.000100", thread_ts=thread_ts)
    front.direct(text, ts="1790000002.000100", thread_ts=thread_ts)
    for channel, ts in ((CHANNEL, "1790000001.000100"), (DIRECT, "1790000002.000100")):
        [row] = front.service.decisions.find_ledger_rows(TEAM, channel, ts)
        assert (row.action, row.reason, row.text) == ("silent", "thanks", "")
    front.settle()
    assert [call.method for call in slack.calls if call.method.startswith("chat.")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("please explain this error", "no error code, no error message"),
        ("any idea?", "no error code, no error message"),
        ("这啥情况", "没有错误码"),
    ],
)
def test_nothing_to_go_by(front: Front, slack: FakeSlack, text: str, told: str) -> None:
    """Where there is no thread to read, a question that names no error is asked for one."""
    front.direct(text)
    assert told in hear(slack).arguments["text"]
