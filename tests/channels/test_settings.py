"""Settings of channels: kept for a moment, yet no post is missed, and no channel spoken in that is off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channels.settings import KEPT, ChannelSettings
from bot.outbox.decision_store import ChannelRow, DecisionStore
from bot.watch_mode import WatchPreset
from tests.slack.events.test_channel_posts import ALERT, list_rows
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, Front, Hours

ON = ChannelRow(TEAM, CHANNEL, "auto", changed_by="U0MEI", external=False)
OFF = ChannelRow(TEAM, CHANNEL, "off", changed_by="U0MEI", external=False)


@pytest.fixture
def other(front: Front) -> DecisionStore:
    """The record of another process on the same database."""
    return DecisionStore(front.service.database, front.hours.tell)


@pytest.fixture
def channels(front: Front, hours: Hours) -> ChannelSettings:
    """What is under test."""
    return ChannelSettings(front.service.decisions, {"C0PRESET": WatchPreset("shadow")}, hours.count)


def find_mode(channels: ChannelSettings) -> str:
    """Return how the channel is watched, "off" where it isn't."""
    setting = channels.find_watched(TEAM, CHANNEL)
    return setting.mode if setting else "off"


def test_changed_here(channels: ChannelSettings) -> None:
    """What this process changes holds at once."""
    modes = []
    for mode in ("auto", "shadow", "off", "auto"):
        channels.change_setting(ChannelRow(TEAM, CHANNEL, mode, changed_by="U0MEI"))
        modes.append(find_mode(channels))
    assert modes == ["auto", "shadow", "off", "auto"]
    channels.mute_channel(TEAM, CHANNEL, 5.0)
    channels.note_outsiders(TEAM, CHANNEL, True)
    setting = channels.find_watched(TEAM, CHANNEL)
    assert setting is not None
    assert (setting.muted_until, setting.external) == (5.0, True)
    channels.rename_channel(TEAM, CHANNEL, "C0NEW")
    assert (find_mode(channels), channels.find_setting(TEAM, "C0NEW").mode) == ("off", "auto")
    channels.find_watched(TEAM, "C0NEW")
    channels.forget_team(TEAM)
    assert channels.find_watched(TEAM, "C0NEW") is None


def test_switched_on_elsewhere(channels: ChannelSettings, other: DecisionStore) -> None:
    """That it's off is asked for each time, so that what another process switches on is heard at once."""
    assert find_mode(channels) == "off"
    other.set_channel(ON)
    assert find_mode(channels) == "auto"


def test_switched_off_elsewhere(channels: ChannelSettings, other: DecisionStore, hours: Hours) -> None:
    """What another process switches off is watched for a second more, at most; find() tells at once."""
    channels.change_setting(ON)
    assert find_mode(channels) == "auto"
    other.set_channel(OFF)
    assert find_mode(channels) == "auto"
    hours.now += KEPT
    assert find_mode(channels) == "off"
    channels.change_setting(ON)
    assert find_mode(channels) == "auto"
    other.set_channel(OFF)
    assert channels.find_setting(TEAM, CHANNEL).mode == "off"
    assert find_mode(channels) == "off"


def test_no_reply_where_it_is_off(open_front: Callable[..., Front], slack: FakeSlack, hours: Hours) -> None:
    """In that second nothing is said: whether to speak is decided on the setting as it stands."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    for _ in range(2):  # the first tells that no outsiders read along, so that the setting is read anew
        front.event(front.build_post("all green"))
    DecisionStore(front.service.database, hours.tell).set_channel(OFF)
    assert front.event(ALERT).status_code == 200
    assert slack.called("chat.postMessage") == []
    assert [(row.action, row.reason) for row in list_rows(front)] == [("silent", "not-watched")]


def test_outsiders(channels: ChannelSettings, other: DecisionStore) -> None:
    """Whether outsiders read along is kept as events tell it, and is unknown where none does."""
    assert channels.find_audience(TEAM, CHANNEL) == "public"
    channels.note_outsiders(TEAM, CHANNEL, None)
    assert other.find_channel(TEAM, CHANNEL) is None
    channels.note_outsiders(TEAM, CHANNEL, False)
    assert channels.find_audience(TEAM, CHANNEL) == "internal"
    channels.note_outsiders(TEAM, CHANNEL, True)
    assert channels.find_audience(TEAM, CHANNEL) == "public"


def test_preset(channels: ChannelSettings) -> None:
    """The operator's preset counts until somebody sets the channel."""
    setting = channels.find_watched(TEAM, "C0PRESET")
    assert setting is not None
    assert setting.mode == "shadow"
    channels.change_setting(ChannelRow(TEAM, "C0PRESET", "off", changed_by="U0MEI"))
    assert channels.find_watched(TEAM, "C0PRESET") is None
