"""`/fault packs`: a channel is bound to packs, and every surface in it asks those alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from bot.desk import Desk, Snapshot
from bot.knowledge.snapshot import Knowledge
from bot.outbox.decision_store import ChannelRow
from bot.watch_mode import WatchPreset
from tests.slack.commands.test_channel import give, say_aloud
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, DIRECT, OTHER, PERSON, Front
from tests.support.slack_limits import list_texts

REAL, LAMP = "aliyun-living", "lamp"
HOT = "The lamp is too hot"


def build_knowledge() -> Knowledge:
    """Return the real pack and one of lamps, which documents 28504 as well, and nothing else."""
    pack = DESK.knowledge.packs[REAL]
    entry = replace(
        pack.entries["28504"],
        pack=LAMP,
        message="lamp overheated",
        title={"en": HOT, "zh": "灯过热"},
        phrases=(),
    )
    lamp = replace(
        pack, id=LAMP, title={"en": "Lamps", "zh": "灯"}, entries={"28504": entry}, evidence=("AcmeLamp",)
    )
    return replace(DESK.knowledge, packs={**DESK.knowledge.packs, LAMP: lamp})


@cache
def open_two() -> Desk:
    """Return the desk over both."""
    return Desk(Snapshot(build_knowledge()))


@pytest.fixture
def front(open_front: Callable[..., Front]) -> Front:
    """The app over two packs."""
    return open_front(open_two())


def find_bound(front: Front, channel: str = CHANNEL) -> tuple[str, ...]:
    """Return the packs that a channel is bound to."""
    row = front.service.decisions.find_channel(TEAM, channel)
    return row.packs if row else ()


def test_bound_and_lifted(front: Front, slack: FakeSlack) -> None:
    """A member binds the channel to a pack and lifts that; a visible line says who did."""
    assert "all packs: aliyun-living (" in give(front, "packs")
    assert "This channel uses only lamp (Lamps)" in give(front, "packs lamp")
    assert say_aloud(slack).startswith(f"<@{PERSON}> limited this channel to lamp (Lamps)")
    assert find_bound(front) == (LAMP,)
    assert "This channel uses only lamp (Lamps)" in give(front, "packs")
    assert "all packs" in give(front, "packs all")
    assert say_aloud(slack, 2) == f"<@{PERSON}> set this channel to use all packs."
    assert find_bound(front) == ()


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("packs LAMP", (LAMP,)),
        ("ｐａｃｋｓ lamp aliyun-living lamp", (REAL, LAMP)),
        ("packs aliyun-living", (REAL,)),
    ],
)
def test_what_is_set(front: Front, text: str, packs: tuple[str, ...]) -> None:
    """Packs are named in any order, case and width, each once."""
    give(front, text)
    assert find_bound(front) == packs
    assert find_bound(front, "C0OTHER") == ()


@pytest.mark.parametrize("text", ["packs oven", "packs lamp oven", "packs all lamp", "packs won't charge"])
def test_unknown_pack(front: Front, slack: FakeSlack, text: str) -> None:
    """A name that no pack has is told with those that there are, and nothing is set."""
    told = give(front, text)
    assert told.startswith("There is no pack “")
    assert f"{REAL}, " in told
    assert f", {LAMP}." in told
    assert front.service.decisions.find_channel(TEAM, CHANNEL) is None
    front.settle()
    assert slack.called("chat.postMessage") == []


def test_admins(open_front: Callable[..., Front]) -> None:
    """Where the operator names those who may, others can't bind a channel; anybody sees what it asks."""
    front = open_front(open_two(), admins=frozenset({OTHER}))
    for text in ("packs lamp", "packs all"):
        assert "FAULTBOOK_ADMINS" in give(front, text)
    assert "all packs" in give(front, "packs")
    front.command("packs lamp", user_id=OTHER)
    assert find_bound(front) == (LAMP,)


def test_not_a_member(front: Front, slack: FakeSlack) -> None:
    """Where the desk is no member of the channel, it's bound all the same; whoever did is told so."""
    slack.fail("chat.postMessage", "not_in_channel")
    give(front, "packs lamp")
    [told] = slack.wait_for("response_url")
    assert "/invite" in told.arguments["text"]
    assert find_bound(front) == (LAMP,)


def test_rest_stays(open_front: Callable[..., Front]) -> None:
    """Binding leaves a channel's mode and the operator's preset as they are, and setting those the packs."""
    front = open_front(open_two(), watch={CHANNEL: WatchPreset("shadow")})
    give(front, "packs lamp")
    assert "shadow" in give(front, "watch status")
    give(front, "watch auto eager")
    give(front, "mute channel hour")
    row = front.service.decisions.find_channel(TEAM, CHANNEL)
    assert row is not None
    assert (row.mode, row.eager, row.packs) == ("auto", True, (LAMP,))


def test_pack_that_is_gone(front: Front) -> None:
    """A pack that the knowledge lost is left out, and told; where none is left all are asked."""
    decisions = front.service.decisions
    decisions.set_channel(ChannelRow(TEAM, CHANNEL, packs=("gone", LAMP)))
    told = give(front, "packs")
    assert "This channel uses only lamp (Lamps)" in told
    assert "no longer in the knowledge: gone." in told
    assert len(list_choices(front, "28504")) == 1
    decisions.set_channel(ChannelRow(TEAM, CHANNEL, packs=("gone",)))
    front.hours.now += 2  # a setting is kept for a second
    told = give(front, "packs")
    assert "all packs" in told
    assert "gone. Until they are back, all packs are used" in told
    assert len(list_choices(front, "28504")) == 2


def list_choices(front: Front, text: str) -> list[str]:
    """Return the headings of what a command is answered with that name one of the two entries."""
    blocks = front.command(text).get_json()["blocks"]
    return [told for told in list_texts(blocks) if HOT in told or "The device is offline" in told]


def test_command(front: Front) -> None:
    """A code that both packs document is a choice that names them; in a bound channel it is answered."""
    both = list_choices(front, "28504")
    assert len(both) == 2
    assert "Lamps" in both[1]
    give(front, "packs lamp")
    assert front.command("28504").get_json()["text"].startswith(f"28504 {HOT}")
    assert len(list_choices(front, "28504")) == 1
    assert len(list_choices(front, "lamp overheated")) == 1
    give(front, "packs aliyun-living")
    assert front.command("28504").get_json()["text"].startswith("28504 The device is offline")
    assert HOT not in str(front.command("lamp overheated").get_json())
    assert len(list_choices(front, "28504")) == 1


def test_mention_and_direct_message(front: Front, slack: FakeSlack) -> None:
    """A mention is answered from the packs of its channel, a direct message from those of its own."""
    front.service.decisions.bind_channel(TEAM, CHANNEL, [LAMP])
    front.mention("error code 28504", ts="1790000002.000100")
    assert slack.wait_for("chat.postMessage")[0].arguments["text"].startswith(f"28504 {HOT}")
    front.service.decisions.bind_channel(TEAM, DIRECT, [REAL])
    front.direct("error code 28504", ts="1790000003.000100")
    assert slack.wait_for("chat.postMessage", 2)[1].arguments["text"].startswith("28504 The device")


def test_watched(front: Front, slack: FakeSlack) -> None:
    """A watched post is held against the packs of its channel alone."""
    front.service.decisions.set_channel(ChannelRow(TEAM, CHANNEL, "auto", changed_by=PERSON, packs=(LAMP,)))
    front.event(front.build_post("error code 28601, who can help?", ts="1790000002.000100"))
    front.event(front.build_post("error code 28504, who can help?", ts="1790000003.000100"))
    front.settle()
    [posted] = slack.called("chat.postMessage")
    assert posted.arguments["thread_ts"] == "1790000003.000100"
    assert posted.arguments["text"].startswith(f"28504 {HOT}")


def test_shortcut(front: Front, slack: FakeSlack) -> None:
    """The shortcut explains a post from the packs of its channel."""
    front.service.decisions.bind_channel(TEAM, CHANNEL, [LAMP])
    front.shortcut(front.build_post("error code 28504"))
    [opened] = slack.wait_for("views.open")
    assert f"28504 {HOT}" in list_texts(opened.arguments["view"]["blocks"])


def test_thread(front: Front, slack: FakeSlack) -> None:
    """A thread that is read on a bare mention is answered from the packs of its channel."""
    front.service.decisions.bind_channel(TEAM, CHANNEL, [LAMP])
    slack.put(CHANNEL, ts="1790000001.000100", user=OTHER, text="错误码 28504，请看一下")
    front.mention("", ts="1790000050.000100", thread_ts="1790000001.000100")
    assert "灯过热" in slack.wait_for("chat.postMessage")[0].arguments["text"]


def test_one_pack(open_front: Callable[..., Front]) -> None:
    """Where there is but one pack, what a channel is bound to isn't looked up, and changes nothing."""
    front = open_front()
    front.service.decisions.bind_channel(TEAM, CHANNEL, ["gone"])
    assert front.command("28504").get_json()["text"].startswith("28504 The device is offline")


def test_in_chinese(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """All of it is said in the desk's other language as well."""
    front = open_front(open_two(), language="zh")
    assert "只使用 lamp (灯)" in give(front, "packs lamp")
    assert "只使用 lamp (灯)" in say_aloud(slack)
    front.service.decisions.bind_channel(TEAM, CHANNEL, ["gone"])
    front.hours.now += 2
    assert "gone 在知识库中已经没有" in give(front, "packs")
    assert "全部知识包" in give(front, "packs all")
