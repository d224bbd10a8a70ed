"""`/fault watch`, `mute` and `why`: a channel's people set the desk, and ask it why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.watch_mode import WatchPreset
from tests.slack.events.test_channel_posts import ALERT, ROOT, make_alert
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, OTHER, PERSON, Front, Hours, Json
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults

LINK = "https://acme.slack.com/archives/{channel}/p{ts}"


def give(front: Front, text: str, **fields: str) -> str:
    """Return what a command is acknowledged with, held against every limit."""
    message: Json = front.command(text, **fields).get_json()
    assert message["response_type"] == "ephemeral"
    live = [f"<@{PERSON}>", *[part for part in message["text"].split() if part.startswith("<!date")]]
    assert (
        find_faults(message) + [f for f in find_house_faults(message, allowed=live) if "date" not in f] == []
    )
    text_told: str = message["text"]
    return text_told


def say_aloud(slack: FakeSlack, count: int = 1) -> str:
    """Return the latest line that was posted in the channel."""
    call = slack.wait_for("chat.postMessage", count)[count - 1]
    assert "thread_ts" not in call.arguments
    return str(call.arguments["text"])


def test_watch(front: Front, slack: FakeSlack) -> None:
    """A member sets the channel's mode; a visible line says who did, and posts are read from then on."""
    assert "auto" in give(front, "watch auto")
    assert say_aloud(slack).startswith(f"<@{PERSON}> set this channel to auto")
    front.event(ALERT)
    assert slack.wait_for("chat.postMessage", 2)[1].arguments["thread_ts"] == ROOT


@pytest.mark.parametrize(
    ("text", "mode", "eager", "language"),
    [
        ("watch auto", "auto", False, ""),
        ("WATCH AUTO EAGER", "auto", True, ""),
        ("watch shadow zh", "shadow", False, "zh"),
        ("watch auto careful 简体中文", "auto", False, "zh"),
        ("ｗａｔｃｈ off", "off", False, ""),
    ],
)
def test_what_is_set(front: Front, text: str, mode: str, eager: bool, language: str) -> None:
    """Mode, evidence and language are set by their words, in any order, case and width."""
    give(front, text)
    row = front.service.decisions.find_channel(TEAM, CHANNEL)
    assert row is not None
    assert (row.mode, row.eager, row.language, row.changed_by) == (mode, eager, language, PERSON)
    assert row.changed_at == front.hours.tell()


def test_what_stays(front: Front) -> None:
    """What a command doesn't name stays as it was."""
    give(front, "watch auto eager zh")
    give(front, "watch shadow")
    row = front.service.decisions.find_channel(TEAM, CHANNEL)
    assert row is not None
    assert (row.mode, row.eager, row.language) == ("shadow", True, "zh")
    give(front, "watch auto careful")
    assert not front.service.decisions.find_channel(TEAM, CHANNEL).eager  # type: ignore[union-attr] # it is there


def test_status(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """The status is told to whoever asks, preset or not, and nothing is posted."""
    front = open_front(watch={CHANNEL: WatchPreset("shadow", eager=True, language="zh")})
    told = give(front, "watch status")
    assert "shadow" in told
    assert "eager" in told
    assert "简体中文" in told
    assert "off" in give(front, "watch status", channel_id="C0OTHER")
    front.settle()
    assert slack.called("chat.postMessage") == []


def test_members_come_before_presets(open_front: Callable[..., Front]) -> None:
    """What the channel's people set counts, whatever the operator preset."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    give(front, "watch off")
    assert "off" in give(front, "watch status")


@pytest.mark.parametrize("text", ["watch", "watch auto loud", "watch status now please"])
def test_watch_usage(front: Front, text: str) -> None:
    """A command that can't be read shows how it is given."""
    assert "`auto`, `shadow`, `off` or `status`" in give(front, text)


@pytest.mark.parametrize("where", [{"channel_id": "D0MEI"}, {"channel_name": "mpdm-mei--alex-1"}])
@pytest.mark.parametrize("text", ["watch auto", "watch status", "watch", "mute channel", "mute off"])
@pytest.mark.parametrize(("language", "told"), [("en", "nothing to watch or mute"), ("zh", "没有可以开启")])
def test_direct_messages(
    open_front: Callable[..., Front], where: dict[str, str], text: str, language: str, told: str
) -> None:
    """In a direct message, also one of several people, there is nothing to watch or to mute."""
    front = open_front(language=language)
    assert told in give(front, text, **where)
    assert not front.service.decisions.list_channels(TEAM)


def test_admins(open_front: Callable[..., Front]) -> None:
    """Where the operator names those who may, others can't set a channel; anybody sees its status."""
    front = open_front(admins=frozenset({OTHER}))
    assert "FAULTBOOK_ADMINS" in give(front, "watch auto")
    assert front.service.decisions.find_channel(TEAM, CHANNEL) is None
    assert "off" in give(front, "watch status")
    front.command("watch auto", user_id=OTHER)
    assert front.service.decisions.find_channel(TEAM, CHANNEL).mode == "auto"  # type: ignore[union-attr] # it is there


def test_not_a_member(front: Front, slack: FakeSlack) -> None:
    """Where the desk is no member of the channel, whoever sets it is told how to invite it."""
    slack.fail("chat.postMessage", "not_in_channel")
    give(front, "watch auto")
    [told] = slack.wait_for("response_url")
    assert "/invite" in told.arguments["text"]
    assert told.arguments["response_type"] == "ephemeral"


def test_mute(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """A muted channel hears nothing for an hour; who muted it is told in the channel."""
    give(front, "watch auto")
    say_aloud(slack)
    give(front, "mute channel hour")
    assert f"<@{PERSON}> muted me in this channel until <!date^{int(hours.now) + 3600}^" in say_aloud(
        slack, 2
    )
    front.event(ALERT)
    hours.now += 3601
    front.event(make_alert("28601", "1790003700.000100"))
    front.settle()
    posted = [call.arguments for call in slack.called("chat.postMessage")]
    assert [each.get("thread_ts") for each in posted] == [None, None, "1790003700.000100"]


@pytest.mark.parametrize("off", ["mute off", "mute channel off"])
def test_mute_for_good(front: Front, slack: FakeSlack, hours: Hours, off: str) -> None:
    """A channel muted without a span stays so until somebody ends it."""
    give(front, "watch auto")
    give(front, "mute channel")
    hours.now += 10 * 365 * 86400
    front.event(ALERT)
    assert "unmuted me" in give(front, off)
    slack.wait_for("chat.postMessage", 3)  # what the channel was told, on another thread
    front.event(make_alert("28601", "1790003700.000100"))
    front.settle()
    threads = [call.arguments.get("thread_ts") for call in slack.called("chat.postMessage")]
    assert threads == [None, None, None, "1790003700.000100"]


def test_setting_leaves_the_mute(front: Front) -> None:
    """Setting the mode of a muted channel doesn't let the desk speak."""
    give(front, "mute channel")
    give(front, "watch auto")
    row = front.service.decisions.find_channel(TEAM, CHANNEL)
    assert row is not None
    assert row.muted_until > front.hours.tell()


@pytest.mark.parametrize("text", ["mute", "mute channel never"])
def test_mute_usage(front: Front, text: str) -> None:
    """A mute that can't be read shows how it is given."""
    assert "Add `hour` or `day` to say for how long" in give(front, text)


def link(ts: str = ROOT, channel: str = CHANNEL) -> str:
    return LINK.format(channel=channel, ts=ts.replace(".", ""))


def test_why_answered(front: Front) -> None:
    """The desk tells which codes it replied with, and by what evidence."""
    give(front, "watch auto")
    front.event(ALERT)
    told = give(front, f"why {link()}")
    assert "I replied to that post: 28504" in told
    assert "named as an error code" in told


def test_why_silent(front: Front) -> None:
    """The desk tells why it stayed silent, and what lay nearest."""
    give(front, "watch auto")
    front.event(front.build_post("we have 28504 users now", ts=ROOT))
    told = give(front, f"why <{link()}|that post>")
    assert "I didn't reply to that post" in told
    give(front, "watch shadow")
    front.event(make_alert("28601", "1790000300.000100"))
    told = give(front, f"why {link('1790000300.000100')}")
    assert "In auto mode I would have replied" in told
    assert "28601" in told


def test_why_elsewhere(front: Front) -> None:
    """Of a post in another channel the desk says what it says of one it never saw."""
    give(front, "watch auto")
    front.event(ALERT)
    unknown = give(front, f"why {link('1790000999.000100')}")
    assert "no record of that post" in unknown
    assert give(front, f"why {link(channel='C0SECRET')}") == unknown
    assert give(front, f"why {link()}", channel_id="C0OTHER") == unknown


def test_why_usage(front: Front) -> None:
    """Without a link it shows how to ask."""
    assert "the link of a post in this channel" in give(front, "why")


@pytest.mark.parametrize(
    "text", ["why is my device offline", "watch 28504", "mute button 28504", "why 28504"]
)
def test_questions(front: Front, text: str) -> None:
    """A question that begins with such a word is a question."""
    assert "28504" in give(front, text)


def test_in_chinese(open_front: Callable[..., Front]) -> None:
    """All of it is said in the desk's other language as well."""
    front = open_front(language="zh")
    assert "模式是 auto" in give(front, "watch auto")
    assert "静音" in give(front, "mute")
    assert "没有那条消息的记录" in give(front, f"why {link('1790000999.000100')}")
