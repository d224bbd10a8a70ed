"""Slack's slow answers hold back messages, never questions."""

from __future__ import annotations

from pathlib import Path

from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance

POSTS = 50


def test_command_beside_fifty_slow_answers(slack: FakeSlack, tmp_path: Path, url: str) -> None:
    """With 50 answers due and Slack silent, a slash command is acknowledged first; then all 50 go out."""
    only = Instance(slack.url, url, tmp_path / "log")
    posts = make_posts(slack, POSTS)
    only.start()
    try:
        with slack.hold("chat.postMessage"):
            for number, post in enumerate(posts):
                deliver([only], post, number)
            held, calls = len(slack.wait_for("chat.postMessage", 4)), 0
            while calls != held:  # else a call ended meanwhile, and may have made way
                held = len(slack.called("chat.postMessage"))
                assert only.command("28504").startswith("28504 ")
                calls = len(slack.called("chat.postMessage"))
        wait_until_sent(only, url)
    finally:
        code = only.stop()
    assert code == 0
    assert count_wrong(slack, posts) == {}
