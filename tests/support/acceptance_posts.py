"""Posts that are put to the desk until it acknowledges them, and what stands below them in the end."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from bot.outbox.dispatcher import LEASE
from bot.stores.database import open_database
from bot.stores.outbox import count_waiting
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance
from tests.support.patience import PATIENCE

Post = dict[str, object]

QUESTIONS = ("28504", "设备不在线", "error code 2065", "the device does not exist", "错误码 28540")


def make_post(number: int, question: str = QUESTIONS[0]) -> Post:
    """Return a mention in a channel of its own: the pace of a channel is proved elsewhere."""
    return {
        "type": "app_mention", "user": f"U{number % 17}", "text": f"<@UFAULTBOT> {question}",
        "channel": f"C{number:04}", "ts": f"{1_790_000_000 + number}.000100",
    }  # fmt: skip


def make_posts(slack: FakeSlack, count: int, questions: Sequence[str] = QUESTIONS) -> list[Post]:
    """Return posts that ask the questions in turn and stand in their channels, as numbers 0 to count - 1."""
    posts = [make_post(number, questions[number % len(questions)]) for number in range(count)]
    for post in posts:
        put(slack, post)
    return posts


def put(slack: FakeSlack, post: Mapping[str, object]) -> None:
    """Let a post stand in its channel."""
    slack.put(str(post["channel"]), ts=post["ts"], user=post.get("user"), text=post["text"])


def deliver(instances: Sequence[Instance], post: Post, number: int, seconds: float = PATIENCE) -> None:
    """Deliver a post until one of the instances, asked in turn, acknowledges it, as Slack does."""
    until, delivery = time.monotonic() + seconds, 0
    while not instances[(number + delivery) % len(instances)].deliver(post, f"Ev{number}", delivery):
        assert time.monotonic() < until, f"nobody acknowledged {post}"
        delivery += 1
        if delivery % len(instances) == 0:
            instances[number % len(instances)].rest()


def list_replies(slack: FakeSlack, post: Mapping[str, object]) -> list[dict[str, object]]:
    """Return what stands visibly in a post's thread, below the post."""
    return [each for each in slack.messages(str(post["channel"])) if each.get("thread_ts") == post["ts"]]


def count_wrong(slack: FakeSlack, posts: Sequence[Post]) -> dict[str, int]:
    """Return how many replies stand below each post that hasn't exactly one."""
    counts = {f"{post['channel']}/{post['ts']}": len(list_replies(slack, post)) for post in posts}
    return {name: count for name, count in counts.items() if count != 1}


def wait_until_sent(instance: Instance, url: str) -> None:
    """Block until nothing waits in the outbox any more: only then nothing more can be said, or said twice.

    A process that was killed may hold two leases, one after the other, before another one sends for it.
    """
    database = open_database(url)

    def is_empty() -> bool:
        with database.read() as connection:
            return count_waiting(connection) == 0

    try:
        instance.wait_until(is_empty, 2 * LEASE + PATIENCE)
    finally:
        database.close()
