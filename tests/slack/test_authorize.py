"""While Slack hasn't told whose token it is: posts wait for it, people who ask the desk alone don't."""

from __future__ import annotations

import pytest

from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, Front, find_button


@pytest.fixture
def unknown(front: Front) -> Front:
    """The app, which Slack hasn't told its ids."""
    front.service.identity.known = None
    return front


def test_posts(unknown: Front, slack: FakeSlack) -> None:
    """A post gets 503, for it might be the desk's own, and is answered when it is delivered again."""
    assert unknown.mention("28504", ts="1790000002.000100").status_code == 503
    assert slack.called("chat.postMessage") == []
    unknown.service.identity.ask()
    assert unknown.mention("28504", ts="1790000002.000100").status_code == 200
    assert len(slack.called("chat.postMessage")) == 1


def test_people(unknown: Front, slack: FakeSlack) -> None:
    """Commands, shortcuts and clicks are answered, by the token that is known all the while."""
    answer = unknown.command("28504").get_json()
    assert answer["text"].startswith("28504 ")
    assert "auto" in unknown.command("watch auto").get_json()["text"]
    unknown.shortcut(unknown.build_post("28601"))
    slack.wait_for("views.open")
    button = find_button(answer["blocks"], "language_switch")
    unknown.click(button, container={"type": "message", "is_ephemeral": True, "channel_id": CHANNEL})
    assert slack.wait_for("response_url")[0].arguments["text"].startswith("28504 ")
