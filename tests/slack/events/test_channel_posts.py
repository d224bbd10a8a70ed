"""Watched channels: when the desk speaks in a thread nobody called it to, and that it does so once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.stores.ledger import LedgerRow
from bot.watch_mode import WatchPreset
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT, BOT_USER, TEAM
from tests.support.front import CHANNEL, OTHER, PERSON, Front, Hours, Json, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import list_texts

ROOT, BROADCAST = "1790000001.000100", "thread_broadcast"
ALERT: Json = {
    "type": "message", "subtype": "bot_message", "bot_id": "B0ALERT", "username": "Alerts", "text": "",
    "channel": CHANNEL, "channel_type": "channel", "ts": ROOT, "team": TEAM,
    "attachments": [{"id": 1, "title": "[FIRING:1] control fails", "fallback": "[FIRING:1] control fails",
                     "fields": [{"title": "错误码", "value": "28504"}, {"title": "host", "value": "h1"}]}],
}  # fmt: skip


@pytest.fixture
def front(open_front: Callable[..., Front]) -> Front:
    """The app with CHANNEL watched."""
    return open_front(watch={CHANNEL: WatchPreset("auto")})


def hear(slack: FakeSlack) -> list[Json]:
    """Return the messages that the app posted, each held against every limit."""
    found = [call.arguments for call in slack.called("chat.postMessage")]
    for message in found:
        assert find_house_faults(message, allowed=list_live(message)) == []
        assert "reply_broadcast" not in message
    return found


def list_live(message: Json) -> list[str]:
    """Return the dates, links and persons of a message that the desk itself put there."""
    import re

    texts = [message["text"], *list_texts(message["blocks"])]
    return [token for text in texts for token in re.findall(r"<(?:!date\^\d+\^|https://|@U0)[^<>]+>", text)]


def list_rows(front: Front, ts: str = ROOT) -> list[LedgerRow]:
    """Return what the ledger holds on a post."""
    return list(front.service.decisions.find_ledger_rows(TEAM, CHANNEL, ts))


def make_alert(code: str, ts: str, **fields: object) -> Json:
    """Return an alert that shows a code."""
    fields_shown = [{"title": "错误码", "value": code}, {"title": "ProductKey", "value": "a1Zq7LmnT4b"}]
    attachment = {"id": 1, "fields": fields_shown, "fallback": "alert"}
    return ALERT | {"ts": ts, "event_ts": ts, "attachments": [attachment]} | fields


def test_alert(front: Front, slack: FakeSlack) -> None:
    """An alert whose code stands in an attachment's field alone is answered in its thread, and on record."""
    assert front.event(ALERT).status_code == 200
    [told] = hear(slack)
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, ROOT)
    assert told["text"].startswith("28504 The device is offline")
    assert find_button(told["blocks"], "thread_mute")["text"]["text"] == "Mute in this thread"
    assert told["metadata"]["event_type"] == "faultbook_reply"
    [row] = list_rows(front)
    assert (row.kind, row.action, row.surface, row.entries) == (
        "answered",
        "card",
        "watch",
        ("aliyun-living/28504",),
    )
    assert (row.text, row.by_bot) == ("", True)
    assert row.latency_ms >= 0


def test_modern_bot(front: Front, slack: FakeSlack) -> None:
    """A bot's post without a subtype is read as well."""
    front.event(
        {key: value for key, value in ALERT.items() if key != "subtype"}
        | {"user": "U0BOT", "bot_profile": {}}
    )
    assert len(hear(slack)) == 1


def test_other_channels(front: Front, slack: FakeSlack) -> None:
    """In a channel that nobody opted in, the same post is left alone, and nothing is written of it."""
    front.event(ALERT | {"channel": "C0OTHER"})
    assert hear(slack) == []
    assert front.service.decisions.find_ledger_rows(TEAM, "C0OTHER", ROOT) == ()


def test_near_miss(front: Front, slack: FakeSlack) -> None:
    """A number without evidence is recorded with its reason, and not answered."""
    front.event(front.build_post("we have 28504 users now", ts=ROOT))
    assert hear(slack) == []
    [row] = list_rows(front)
    assert (row.kind, row.action, row.text) == ("abstained", "silent", "")
    assert row.reason


def test_shadow(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """In shadow mode the decision is on record and nothing is posted."""
    front = open_front(watch={CHANNEL: WatchPreset("shadow")})
    front.event(ALERT)
    assert hear(slack) == []
    [row] = list_rows(front)
    assert (row.reason, row.entries) == ("shadow", ("aliyun-living/28504",))


def test_language_and_eagerness(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """A channel's own language and eagerness are what its replies follow."""
    front = open_front(watch={CHANNEL: WatchPreset("auto", eager=True, language="zh")})
    front.event(front.build_post("error code 6100", ts=ROOT))
    [told] = hear(slack)
    assert told["text"].startswith("6100 调用的设备不存在")


def test_delivered_again(front: Front, slack: FakeSlack) -> None:
    """The same envelope four times gets one reply, and 200 each time."""
    for number in (None, "1", "2", "3"):
        assert front.event(ALERT, event_id=f"Ev{number}").status_code == 200
    assert len(hear(slack)) == 1


@pytest.mark.parametrize("mention_first", [True, False])
def test_mention_in_a_watched_channel(front: Front, slack: FakeSlack, mention_first: bool) -> None:
    """A post that mentions the desk comes as two events, in any order; it gets one answer."""
    post = front.build_post(f"<@{BOT_USER}> error code 28504", ts=ROOT)
    events = [post | {"type": "app_mention"}, post]
    for event in events if mention_first else reversed(events):
        front.event(event)
    assert len(hear(slack)) == 1


def test_same_code_in_one_thread(front: Front, slack: FakeSlack) -> None:
    """A code is told once in a thread, whatever brings it up; whoever asks again is told alone."""
    front.event(ALERT)
    front.event(front.build_post("报错 28504 again", ts="1790000002.000100", thread_ts=ROOT))
    front.mention("28504", ts="1790000003.000100", thread_ts=ROOT)
    assert len(hear(slack)) == 1
    [alone] = [call.arguments for call in slack.wait_for("chat.postEphemeral")]
    assert (alone["user"], alone["thread_ts"]) == (PERSON, ROOT)
    assert any("already answered in this thread" in text for text in list_texts(alone["blocks"]))
    front.mention("2065?", ts="1790000004.000100", thread_ts=ROOT)
    assert [each["text"][:5] for each in hear(slack)] == ["28504", "2065 "]


def test_several_codes(front: Front, slack: FakeSlack) -> None:
    """Several documented codes are told in one reply."""
    front.event(front.build_post("错误码 28504，错误码 28601", ts=ROOT))
    [told] = hear(slack)
    assert [block["text"]["text"][:6] for block in told["blocks"] if block["type"] == "header"] == [
        "28504 ",
        "28601 ",
    ]


def test_thread_broadcast(front: Front, slack: FakeSlack) -> None:
    """A reply that is also sent to the channel is answered once, in its thread."""
    post = front.build_post(
        "错误码 28504", ts="1790000002.000100", thread_ts=ROOT, subtype="thread_broadcast"
    )
    front.event(post)
    front.event(post)
    [told] = hear(slack)
    assert told["thread_ts"] == ROOT


def edit(front: Front, message: Json, previous: Json) -> None:
    """Deliver the edit of a message."""
    event = {
        "type": "message", "subtype": "message_changed", "channel": CHANNEL, "channel_type": "channel",
        "ts": "1790000050.000100", "event_ts": "1790000050.000100",
        "message": message | {"edited": {"user": PERSON, "ts": "1790000050.000000"}},
        "previous_message": previous,
    }  # fmt: skip
    assert front.event(event).status_code == 200


def test_edit_adds_a_code(front: Front, slack: FakeSlack) -> None:
    """An edit that adds a code changes the reply, which shows both from then on."""
    post = front.build_post("错误码 28504", ts=ROOT)
    front.event(post)
    edit(front, front.build_post("错误码 28504，还有错误码 28601", ts=ROOT), post)
    [changed] = [call.arguments for call in slack.wait_for("chat.update")]
    assert changed["ts"] == slack.messages(CHANNEL)[0]["ts"]
    assert [b["text"]["text"][:6] for b in changed["blocks"] if b["type"] == "header"] == ["28504 ", "28601 "]
    assert len(hear(slack)) == 1


def test_edit_brings_the_first_code(front: Front, slack: FakeSlack) -> None:
    """An edit that brings the first code gets the first reply, in the post's thread."""
    post = front.build_post("something is wrong", ts=ROOT)
    front.event(post)
    edit(front, front.build_post("something is wrong: 错误码 28504", ts=ROOT), post)
    [told] = hear(slack)
    assert told["thread_ts"] == ROOT


def test_edit_of_a_typo(front: Front, slack: FakeSlack) -> None:
    """An edit that adds no code does nothing; neither does one that only brings a link's preview."""
    post = front.build_post("错误码 28504 plaese help", ts=ROOT)
    front.event(post)
    edit(front, front.build_post("错误码 28504 please help", ts=ROOT), post)
    preview = {"from_url": "https://x.example/a", "title": "错误码 28601", "id": 1}
    edit(front, post | {"attachments": [preview]}, post)
    assert len(hear(slack)) == 1
    assert slack.called("chat.update") == []


def test_firing_to_resolved(front: Front, slack: FakeSlack) -> None:
    """An alert that is edited to say it's over causes no second reply; one never answered gets none."""
    front.event(ALERT)
    over = make_alert("28504", ROOT)
    over["attachments"][0]["title"] = "[RESOLVED] control fails"
    edit(front, over, ALERT)
    assert len(hear(slack)) == 1
    late = make_alert("28504", "1790000090.000100")
    late["attachments"][0]["title"] = "[RESOLVED] control fails"
    edit(front, late, make_alert("", "1790000090.000100"))
    front.event(late)
    assert len(hear(slack)) == 1
    assert list_rows(front, "1790000090.000100")[-1].reason == "resolved"


def delete(front: Front) -> None:
    """Deliver the deletion of the post at ROOT."""
    event = {
        "type": "message", "subtype": "message_deleted", "channel": CHANNEL, "channel_type": "channel",
        "ts": "1790000060.000100", "deleted_ts": ROOT, "previous_message": {"ts": ROOT, "text": "gone"},
    }  # fmt: skip
    assert front.event(event).status_code == 200


def test_deleted_post(front: Front, slack: FakeSlack) -> None:
    """When a post is deleted, the desk's reply goes too."""
    slack.put(CHANNEL, ts=ROOT, bot_id="B0ALERT", text="alert")
    front.event(ALERT)
    delete(front)
    [gone] = slack.wait_for("chat.delete")
    assert gone.arguments["channel"] == CHANNEL


def test_deleted_post_with_answers(front: Front, slack: FakeSlack) -> None:
    """Where people answered below the reply, it stays."""
    slack.put(CHANNEL, ts=ROOT, bot_id="B0ALERT", text="alert")
    front.event(ALERT)
    slack.put(CHANNEL, thread_ts=ROOT, user=OTHER, text="thanks, that was it")
    delete(front)
    front.settle()
    assert slack.called("chat.delete") == []


def test_cool_down(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """The same code again in the channel gets one short line with a link, and the first card counts it."""
    front.event(ALERT)
    hours.now += 60
    front.event(make_alert("28504", "1790000100.000100"))
    first, second = hear(slack)
    assert second["thread_ts"] == "1790000100.000100"
    assert len(second["blocks"]) == 1
    assert "/archives/C0SUPPORT/p1790000001000100" in second["text"]
    [changed] = slack.called("chat.update")
    assert changed.arguments["ts"] == slack.messages(CHANNEL)[0]["ts"]
    remarks = " ".join(list_texts(changed.arguments["blocks"]))
    assert "Seen 2 times since <!date^" in remarks
    assert "/archives/C0SUPPORT/p1790000100000100" in remarks
    hours.now += 60
    front.event(make_alert("28504", "1790000200.000100"))
    assert "Seen 3 times" in " ".join(list_texts(slack.called("chat.update")[1].arguments["blocks"]))
    assert first["text"].startswith("28504")


def test_after_the_cool_down(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """Half an hour later the code gets its card again."""
    front.event(ALERT)
    hours.now += 30 * 60 + 1
    front.event(make_alert("28504", "1790003000.000100"))
    assert [len(each["blocks"]) > 3 for each in hear(slack)] == [True, True]


CODES = ["28504", "28601", "28560", "28566", "28527", "28528", "28529", "28530", "28551", "28563", "28567",
         "10196", "10197", "10198"]  # fmt: skip


def test_roll_up(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """More than ten replies within a minute are rolled up into one, which the others join."""
    front.hours.now = 1_790_000_000.0
    front.start_holding()
    for number, code in enumerate(CODES):
        front.event(make_alert(code, f"17900001{number:02}.000100"))
    front.release()
    told = hear(slack)
    assert len(told) == 11
    assert "Many posts arrived" in told[10]["text"]
    assert told[10]["thread_ts"] == "1790000110.000100"
    last = slack.called("chat.update")[-1].arguments
    assert last["ts"] == slack.messages(CHANNEL)[10]["ts"]
    assert [f"*{code}*" in last["text"] for code in CODES] == [False] * 10 + [True] * 4


def test_muted_by_the_button(front: Front, slack: FakeSlack) -> None:
    """The button makes the desk silent in that thread, and says so to whoever pressed it."""
    front.event(ALERT)
    blocks = hear(slack)[0]["blocks"]
    front.click(find_button(blocks, "thread_mute"), OTHER)
    [told] = slack.wait_for("chat.postEphemeral")
    assert (told.arguments["user"], "won't reply in this thread" in told.arguments["text"]) == (OTHER, True)
    front.event(front.build_post("错误码 28601", ts="1790000005.000100", thread_ts=ROOT))
    assert len(hear(slack)) == 1
    assert list_rows(front, "1790000005.000100")[0].reason == "muted"
    front.event(make_alert("28601", "1790000006.000100"))
    assert len(hear(slack)) == 2


@pytest.mark.parametrize("words", ["mute", "stop", "Stop!", "静音", "靜音", "shut up"])
def test_muted_by_words(front: Front, slack: FakeSlack, words: str) -> None:
    """ "mute" or "stop" said to the desk in a thread makes it silent there; a question is answered still."""
    front.event(ALERT)
    front.mention(words, ts="1790000004.000100", thread_ts=ROOT)
    slack.wait_for("chat.postEphemeral")
    front.event(front.build_post("错误码 28601", ts="1790000005.000100", thread_ts=ROOT))
    assert len(hear(slack)) == 1
    front.mention("28601", ts="1790000006.000100", thread_ts=ROOT)
    assert len(hear(slack)) == 2


def test_bots_in_threads(front: Front, slack: FakeSlack) -> None:
    """Another bot's reply is read below an alert, never below a person's post: two bots could loop."""
    front.event(make_alert("", ROOT, text="an alert about something"))
    below_alert = make_alert("28504", "1790000002.000100", thread_ts=ROOT, parent_user_id="U0BOT")
    front.event(below_alert)
    assert len(hear(slack)) == 1
    front.event(front.build_post("anybody?", ts="1790000003.000100"))
    front.event(make_alert("28601", "1790000004.000100", thread_ts="1790000003.000100"))
    assert len(hear(slack)) == 1
    assert list_rows(front, "1790000004.000100")[0].reason == "bot-in-thread"


@pytest.mark.parametrize(
    "fields",
    [{"user": BOT_USER, "bot_id": BOT}, {"bot_id": BOT, "user": "U1"}, {"user": "USLACKBOT"},
     {"subtype": "channel_topic"}, {"subtype": "me_message"}, {"subtype": "channel_join"},
     {"subtype": "huddle_thread"}],
)  # fmt: skip
def test_never_heard(front: Front, slack: FakeSlack, fields: Json) -> None:
    """Itself, Slackbot, joins, topics and what nobody has heard of get no reply."""
    post = {key: value for key, value in ALERT.items() if key not in ("subtype", "bot_id")}
    assert front.event(post | fields).status_code == 200
    assert hear(slack) == []


def test_own_words(front: Front, slack: FakeSlack) -> None:
    """The desk's words, copied or forwarded into another thread, get no reply."""
    front.event(ALERT)
    text = hear(slack)[0]["text"]
    front.event(front.build_post(f"the bot said: {text} 错误码 28504", ts="1790000100.000100"))
    forwarded = {"is_share": True, "bot_id": BOT, "text": "错误码 28601", "from_url": "https://x.slack.com/a"}
    front.event(front.build_post("see", ts="1790000200.000100", attachments=[forwarded]))
    assert len(hear(slack)) == 1


def test_shared_with_outsiders(front: Front, slack: FakeSlack) -> None:
    """In a channel that outsiders belong to, only public steps and the sentence for customers are posted; the
    other language keeps to that.
    """
    front.event(ALERT, is_ext_shared_channel=True)
    [told] = hear(slack)
    shown = "\n".join(list_texts(told["blocks"]))
    assert "For the customer" in shown
    assert "[internal" not in shown
    assert "collect the request id" not in told["text"]
    front.click(find_button(told["blocks"], "language_switch_zh"), OTHER)
    other = slack.wait_for("chat.postEphemeral")[0].arguments
    assert "内部" not in "\n".join(list_texts(other["blocks"]))


def test_shared_or_not_is_unknown(front: Front, slack: FakeSlack) -> None:
    """Where Slack doesn't say whether outsiders read along, they are taken to do so."""
    front.event(ALERT, is_ext_shared_channel=None)
    assert "[internal" not in "\n".join(list_texts(hear(slack)[0]["blocks"]))


def test_new_channel_id(front: Front, slack: FakeSlack) -> None:
    """A channel's setting follows its id, which changes when it is shared."""
    front.command("watch auto", channel_id="G0OLD")
    front.event(
        {
            "type": "channel_id_changed",
            "old_channel_id": "G0OLD",
            "new_channel_id": "C0NEW",
            "event_ts": "1.1",
        }
    )
    front.event(ALERT | {"channel": "C0NEW"})
    assert hear(slack)[-1]["channel"] == "C0NEW"


def test_choice_in_a_watched_thread(front: Front, slack: FakeSlack) -> None:
    """What the asker picks is claimed like any answer: the thread isn't told it twice."""
    front.mention("the device does not exist", ts=ROOT)
    blocks = hear(slack)[0]["blocks"]
    for stamp in ("1790000006.000100", "1790000007.000100"):
        button = find_buttons(blocks)[0]
        place = {
            "type": "message",
            "message_ts": "1790000005.000100",
            "channel_id": CHANNEL,
            "thread_ts": ROOT,
        }
        front.click(button, PERSON, container=place, actions=[button | {"block_id": "b", "action_ts": stamp}])
    assert len(hear(slack)) == 2
    assert len(slack.wait_for("chat.postEphemeral")) == 1
