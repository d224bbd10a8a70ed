"""Socket Mode while its connections come and go: nothing lost, nothing twice.

That readiness goes when there was none for a minute is held by the tests of bot/sessions.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.acceptance_posts import count_wrong, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance
from tests.support.socket_slack import SocketSlack

POSTS = 60
TROUBLES = {8: "warning", 20: "refresh_requested", 32: "cut", 44: "kill"}  # with which post they come
SPAN = 6  # posts that come before the next connection is waited for
READY = 200


@pytest.fixture
def sockets(slack: FakeSlack) -> Iterator[SocketSlack]:
    """Slack's side of Socket Mode."""
    with SocketSlack(slack) as running:
        yield running


@pytest.fixture
def desk(slack: FakeSlack, sockets: SocketSlack, sqlite_url: str, tmp_path: Path) -> Iterator[Instance]:
    """A desk that is connected."""
    only = Instance(slack.url, sqlite_url, tmp_path / "log", {"SLACK_APP_TOKEN": "xapp-tests"})
    only.start()
    try:
        yield only
    finally:
        only.stop()


def test_burst_over_many_connections(
    slack: FakeSlack, sockets: SocketSlack, desk: Instance, sqlite_url: str
) -> None:
    """Within 60 posts Slack warns, refreshes, loses a connection, and the desk is killed: 60 replies.

    Each time there is a new connection soon; that there was none for a moment is no fault.
    """
    posts = make_posts(slack, POSTS)
    for number, post in enumerate(posts):
        sockets.send(post, f"Ev{number}")
        if number in TROUBLES:
            seen = sockets.connections
            trouble = TROUBLES[number]
            if trouble == "cut":
                sockets.cut()
                assert desk.ask_ready()[0] == READY
            elif trouble == "kill":
                desk.kill()
                desk.launch()
            else:
                sockets.disconnect(trouble)
        elif number - SPAN in TROUBLES:
            sockets.wait_for_connection(seen + 1)
            desk.wait_until(lambda: desk.ask_ready()[0] == READY)
    sockets.wait_for_acknowledgements()
    wait_until_sent(desk, sqlite_url)
    assert count_wrong(slack, posts) == {}
    assert sockets.connections >= 1 + len(TROUBLES)
    assert desk.stop() == 0
