"""The message shortcut: a modal that shows what the thread would, and posts it there."""

from __future__ import annotations

import pytest

from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, DIRECT, PERSON, Front, Json, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts

ALERT: Json = {
    "type": "message", "subtype": "bot_message", "bot_id": "B0ALERT", "text": "", "ts": "1790000001.000100",
    "attachments": [{
        "id": 1, "title": "[FIRING:1] 设备控制失败", "fallback": "[FIRING:1] 设备控制失败", "text": None,
        "fields": [{"title": "实例", "value": "10.0.0.1:8443"}, {"title": "错误码", "value": "28504"}],
    }],
}  # fmt: skip


def open_modal(front: Front, slack: FakeSlack, message: Json, **fields: object) -> Json:
    """Return the modal that the shortcut opens, held against every limit."""
    assert front.shortcut(message, **fields).status_code == 200
    (call,) = slack.wait_for("views.open")
    view: Json = call.arguments["view"]
    assert find_faults(view, "modal") == []
    assert call.arguments["trigger_id"].endswith("shortcut")
    return view


def test_modal(front: Front, slack: FakeSlack) -> None:
    """The modal shows the same answer as a thread would, found in the alert's attachment."""
    view = open_modal(front, slack, ALERT)
    assert "28504 设备不在线" in list_texts(view["blocks"])
    assert view["title"]["text"] == "错误说明"
    assert view["submit"]["text"] == "发到消息列"
    front.mention("错误码 28504")
    told = slack.wait_for("chat.postMessage")[0].arguments["blocks"]
    shared = ("header", "section")
    assert [b for b in told if b["type"] in shared] == [b for b in view["blocks"] if b["type"] in shared]


@pytest.mark.parametrize(
    ("fields", "root"),
    [({}, "1790000001.000100"), ({"thread_ts": "1790000000.000100"}, "1790000000.000100")],
)
def test_post_to_thread(front: Front, slack: FakeSlack, fields: Json, root: str) -> None:
    """Submitted, the modal closes and its answer is posted in the post's thread, saying who posted it."""
    view = open_modal(front, slack, ALERT | fields)
    response = front.submit(view)
    assert (response.status_code, response.get_data()) == (200, b"")
    told = slack.wait_for("chat.postMessage")[0].arguments
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, root)
    assert find_house_faults(told, allowed=[f"<@{PERSON}>"]) == []
    assert told["text"].startswith("28504 设备不在线")
    assert f"由 <@{PERSON}> 分享" in list_texts(told["blocks"])


@pytest.mark.parametrize(
    ("error", "told"), [("not_in_channel", "我不在那个频道里"), ("restricted_action", "restricted_action")]
)
def test_where_it_cannot_post(front: Front, slack: FakeSlack, error: str, told: str) -> None:
    """Where Slack doesn't let the desk post, the person hears why and what to do, in a direct message."""
    view = open_modal(front, slack, ALERT)
    slack.fail("chat.postMessage", error)
    front.submit(view)
    notice = slack.wait_for("chat.postMessage", 2)[1].arguments
    assert notice["channel"] == PERSON
    assert told in notice["text"]


def test_nothing_to_post(front: Front, slack: FakeSlack) -> None:
    """Where the desk has no answer, the modal says so and has nothing to submit."""
    view = open_modal(front, slack, {"type": "message", "text": "good morning", "ts": "1790000001.000100"})
    assert "submit" not in view
    assert any("contains no error code" in text for text in list_texts(view["blocks"]))


def test_language_in_the_modal(front: Front, slack: FakeSlack) -> None:
    """The button for the other language changes the modal itself, which still posts to the same thread, in
    the language it shows.
    """
    view = open_modal(front, slack, ALERT)
    button = find_button(view["blocks"], "language_switch")
    shown = view | {"id": next(iter(slack.workspace.views))}
    front.click(
        button, view=shown, container={"type": "view", "view_id": shown["id"]}, message=None, channel=None
    )
    updated = slack.wait_for("views.update")[0].arguments["view"]
    assert "28504 The device is offline" in list_texts(updated["blocks"])
    assert updated["submit"]["text"] == "Post to thread"
    front.submit(updated)
    told = slack.wait_for("chat.postMessage")[0].arguments
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, "1790000001.000100")
    assert told["text"].startswith("28504 The device is offline")


def test_choice_in_the_modal(front: Front, slack: FakeSlack) -> None:
    """A choice picked in the modal is shown in its place, and is what is posted from then on."""
    message = {
        "type": "message",
        "text": "the device does not exist",
        "ts": "1790000001.000100",
        "user": "U1",
    }
    view = open_modal(front, slack, message)
    shown = view | {"id": next(iter(slack.workspace.views))}
    button = find_buttons(view["blocks"])[1]
    front.click(
        button, view=shown, container={"type": "view", "view_id": shown["id"]}, message=None, channel=None
    )
    updated = slack.wait_for("views.update")[0].arguments["view"]
    assert list_texts(updated["blocks"])[0].startswith("9112 ")
    front.submit(updated)
    assert slack.wait_for("chat.postMessage")[0].arguments["text"].startswith("9112 ")


def test_expired_trigger(front: Front, slack: FakeSlack) -> None:
    """Where the modal comes too late for Slack, the answer is shown to the person all the same."""
    slack.fail("views.open", "expired_trigger_id")
    front.shortcut(ALERT)
    told = slack.wait_for("response_url")[0].arguments
    assert told["response_type"] == "ephemeral"
    assert told["text"].startswith("28504 设备不在线")


def test_limit(front: Front, slack: FakeSlack) -> None:
    """The shortcut counts as a question; beyond the limit the person is told."""
    for _ in range(30):
        front.command("28504")
    front.shortcut(ALERT)
    assert "一分钟内的提问超过了 30 个" in slack.wait_for("response_url")[0].arguments["text"]
    assert slack.called("views.open") == []


@pytest.mark.parametrize("message", [None, {}, {"text": None, "attachments": None}, {"blocks": [None, 7]}])
def test_empty_posts(front: Front, slack: FakeSlack, message: Json | None) -> None:
    """A post without words opens the modal that says so."""
    fields = {"message": message, "channel": {"id": DIRECT}}
    assert front.shortcut({}, **fields).status_code == 200
    slack.wait_for("views.open")
