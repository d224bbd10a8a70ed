"""*For the customer*: the sentences come to whoever clicked alone, from wherever the card stands."""

from __future__ import annotations

from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, OTHER, Front, Json, find_button
from tests.support.house_rules import find_house_faults
from tests.support.shipped import load_shipped
from tests.support.slack_limits import find_faults, list_texts

ROOT = "1790000001.000100"
CUSTOMER = load_shipped().get_entry("aliyun-living/28504").customer
# As it stands beneath messages that are months old; its shape never changes.
OLD = (
    '{"k":"answered","l":"zh","a":"U0MEI","m":[["aliyun-living/28504",100.0,"code","28504"]],'
    '"n":[],"u":[],"r":"","o":0}'
)


def test_in_a_thread(front: Front, slack: FakeSlack) -> None:
    """Anybody may click: the sentences come in both languages, to that person, in the thread."""
    front.mention("28504", ts=ROOT)
    blocks = slack.wait_for("chat.postMessage")[0].arguments["blocks"]
    front.click(find_button(blocks, "customer_show"), OTHER)
    told = slack.wait_for("chat.postEphemeral")[0].arguments
    assert (told["channel"], told["user"], told["thread_ts"]) == (CHANNEL, OTHER, ROOT)
    assert {CUSTOMER["en"], CUSTOMER["zh"]} <= set(list_texts(told["blocks"]))
    assert find_faults(told) == find_house_faults(told) == []
    front.settle()
    assert len(slack.called("chat.postMessage")) == 1


def test_of_a_command(front: Front, slack: FakeSlack) -> None:
    """Beneath an answer that one person sees they come below it, and leave it as it is."""
    blocks = front.command("28504").get_json()["blocks"]
    private = {"type": "message", "channel_id": CHANNEL, "message_ts": "1.1", "is_ephemeral": True}
    front.click(find_button(blocks, "customer_show"), container=private)
    told = slack.wait_for("response_url")[0].arguments
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)
    assert told["text"].split("\n") == [CUSTOMER["en"], CUSTOMER["zh"]]


def test_in_a_modal(front: Front, slack: FakeSlack) -> None:
    """In the modal of the shortcut they come in a modal on top, which closes onto the card."""
    front.shortcut({"type": "message", "text": "error 28504", "ts": ROOT})
    view: Json = slack.wait_for("views.open")[0].arguments["view"]
    shown = view | {"id": next(iter(slack.workspace.views))}
    front.click(
        find_button(view["blocks"], "customer_show"),
        view=shown,
        container={"type": "view", "view_id": shown["id"]},
        message=None,
        channel=None,
    )
    pushed = slack.wait_for("views.push")[0].arguments
    assert pushed["trigger_id"]
    assert find_faults(pushed["view"], "modal") == []
    assert pushed["view"]["title"]["text"] == "For the customer"
    assert {CUSTOMER["en"], CUSTOMER["zh"]} <= set(list_texts(pushed["view"]["blocks"]))


def test_old_message(front: Front, slack: FakeSlack) -> None:
    """The button of an old message works, in the language that the message was in first."""
    front.click({"type": "button", "action_id": "customer_show", "value": OLD})
    told = slack.wait_for("chat.postEphemeral")[0].arguments
    assert told["text"].split("\n") == [CUSTOMER["zh"], CUSTOMER["en"]]


def test_entry_is_gone(front: Front, slack: FakeSlack) -> None:
    """Where the knowledge has the entry no more, that is said."""
    gone = OLD.replace("aliyun-living/28504", "aliyun-living/1")
    front.click({"type": "button", "action_id": "customer_show", "value": gone})
    assert "no longer documented" in slack.wait_for("chat.postEphemeral")[0].arguments["text"]
