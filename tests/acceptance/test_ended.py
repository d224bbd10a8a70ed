"""SIGTERM with answers in flight: intake stops, what is in flight is finished or handed back, exit code 0."""

from __future__ import annotations

from pathlib import Path

from bot.outbox.worker import WORKERS
from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance

POSTS = 12
GRACE = 30.0  # seconds that Kubernetes leaves by default between SIGTERM and SIGKILL; Heroku, the same


def test_in_flight_is_finished(slack: FakeSlack, tmp_path: Path, url: str) -> None:
    """It takes no more posts, finishes those that Slack has, and leaves the rest to the next instance."""
    first, second = (Instance(slack.url, url, tmp_path / f"log{number}") for number in range(2))
    posts = make_posts(slack, POSTS)
    first.start()
    try:
        with slack.hold("chat.postMessage"):
            for number, post in enumerate(posts[:-1]):
                deliver([first], post, number)
            slack.wait_for("chat.postMessage", WORKERS)
            first.ask_to_end()
            first.wait_until(lambda: not first.listens)
            assert not first.deliver(posts[-1], "Ev-late")
            first.wait_until(lambda: "takes no more rows" in first.log)  # what Slack has now is all of it
            held = len(slack.called("chat.postMessage"))  # more than the workers where a call was given up
        assert first.wait(GRACE) == 0
        finished = len(slack.called("chat.postMessage"))
        second.start()
        deliver([second], posts[-1], POSTS - 1)
        wait_until_sent(second, url)
    finally:
        first.kill()
        code = second.stop()
    assert code == 0
    assert WORKERS <= finished == held < POSTS - 1, "what Slack had is finished, the rest left to the next"
    assert count_wrong(slack, posts) == {}
    assert len(slack.called("chat.postMessage")) == POSTS


def test_in_flight_is_handed_back(slack: FakeSlack, tmp_path: Path, sqlite_url: str) -> None:
    """Where Slack's answers don't come it ends all the same; the next one finds what Slack has taken."""
    first, second = (Instance(slack.url, sqlite_url, tmp_path / f"log{number}") for number in range(2))
    posts = make_posts(slack, POSTS)
    first.start()
    try:
        with slack.hold("chat.postMessage"):
            for number, post in enumerate(posts):
                deliver([first], post, number)
            slack.wait_for("chat.postMessage", WORKERS)
            first.ask_to_end()
            assert first.wait(GRACE) == 0
        second.start()
        wait_until_sent(second, sqlite_url)
    finally:
        first.kill()
        code = second.stop()
    assert code == 0
    assert count_wrong(slack, posts) == {}
    assert slack.called("conversations.replies"), "what had been taken was looked for"


def test_whispers_in_flight_do_not_hold_it_up(slack: FakeSlack, tmp_path: Path, sqlite_url: str) -> None:
    """What one person sees goes out at once or not at all; a silent Slack doesn't hold up the end."""
    only = Instance(slack.url, sqlite_url, tmp_path / "log")
    [post] = make_posts(slack, 1)
    only.start()
    try:
        deliver([only], post, 0)
        wait_until_sent(only, sqlite_url)
        with slack.hold("chat.postEphemeral"):
            for number in range(1, 31):
                again = post | {"ts": f"{post['ts']}{number}", "thread_ts": post["ts"], "user": f"U{number}"}
                deliver([only], again, number)
            slack.wait_for("chat.postEphemeral", 8)
            only.ask_to_end()
            assert only.wait(GRACE) == 0
    finally:
        only.kill()
