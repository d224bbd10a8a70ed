"""Slack's Web API fails while Slack delivers: what can't be taken isn't acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance

POSTS = 3
TIMES = 4  # that auth.test fails: at the start, and for the first posts


@pytest.mark.parametrize("status", [500, 200])
def test_auth_test_fails_at_first(slack: FakeSlack, tmp_path: Path, sqlite_url: str, status: int) -> None:
    """While Slack can't tell who the desk is, a post isn't acknowledged; delivered again, it is answered."""
    slack.fail("auth.test", "fatal_error", times=TIMES, status=status)
    only = Instance(slack.url, sqlite_url, tmp_path / "log")
    posts = make_posts(slack, POSTS)
    only.start()
    try:
        for number, post in enumerate(posts):
            deliver([only], post, number)
        wait_until_sent(only, sqlite_url)
    finally:
        only.stop()
    assert count_wrong(slack, posts) == {}
