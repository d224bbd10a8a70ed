"""Slack's slow answers hold back messages, never questions."""

from __future__ import annotations

from pathlib import Path

from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance

POSTS = 50
PATIENCE = 3.0  # seconds: Slack's own, for a command (docs.slack.dev, slash commands)


def test_command_beside_fifty_slow_answers(slack: FakeSlack, tmp_path: Path, url: str) -> None:
    """With 50 answers due and Slack silent, a slash command is acknowledged in time; then all 50 go out."""
    only = Instance(slack.url, url, tmp_path / "log")
    posts = make_posts(slack, POSTS)
    only.start()
    try:
        with slack.hold("chat.postMessage"):
            for number, post in enumerate(posts):
                deliver([only], post, number)
            held = slack.wait_for("chat.postMessage", 4)
            assert only.command("28504", PATIENCE).startswith("28504 ")
            assert len(slack.called("chat.postMessage")) == len(held), "an answer came early"
        wait_until_sent(only, url, 60)
    finally:
        code = only.stop()
    assert code == 0
    assert count_wrong(slack, posts) == {}
