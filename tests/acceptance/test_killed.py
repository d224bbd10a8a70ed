"""Whatever is killed whenever: each post that was acknowledged has one visible reply, in its thread.

Each question without an answer is a gap, once, however often it was delivered.

Real processes, `kill -9`, real databases. Some kills come when Slack has taken a message and its answer is
still on the way: the desk can't know then, and must look. The seed draws when who is killed, and how.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.stores.database import open_database
from bot.stores.gap_groups import rank_groups
from tests.support.acceptance_posts import Post, count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.instances import Instance

POSTS = 60
KILLS = 6
UNANSWERED = {"code": "错误码 109", "question": "the toaster burns"}  # by kind of gap
QUESTIONS = ("102", "壶盖没有合上", "error code 201", "it refuses to start", *UNANSWERED.values())


@pytest.fixture
def small(toy: Path) -> dict[str, str]:
    """The settings of desks that read little: they start often."""
    return {"FAULTBOOK_KNOWLEDGE": str(toy)}


def test_one_instance_on_sqlite(
    slack: FakeSlack, tmp_path: Path, sqlite_url: str, seed: int, small: dict[str, str]
) -> None:
    """One instance on SQLite, killed 6 times over 60 posts: 60 replies, none twice, none missing."""
    prove(slack, [Instance(slack.url, sqlite_url, tmp_path / "log", small)], sqlite_url, seed)


def test_two_instances_on_postgresql(
    slack: FakeSlack, tmp_path: Path, postgresql_url: str, seed: int, small: dict[str, str]
) -> None:
    """Two instances on PostgreSQL, killed in turn 6 times over 60 posts: the same."""
    pair = [Instance(slack.url, postgresql_url, tmp_path / f"log{number}", small) for number in range(2)]
    prove(slack, pair, postgresql_url, seed)


def prove(slack: FakeSlack, instances: Sequence[Instance], url: str, seed: int) -> None:
    """Deliver each post twice, killing as the seed says, and hold what channels and gaps show in the end."""
    dice = random.Random(seed)  # noqa: S311 - it draws moments, not secrets
    moments = sorted(dice.sample(range(10, POSTS), KILLS))
    posts = make_posts(slack, POSTS, QUESTIONS)
    for each in instances:
        each.launch()
    try:
        for each in instances:
            each.await_start()
        for number, post in enumerate(posts):
            if number in moments:
                victim = instances[moments.index(number) % len(instances)]
                kill(slack, victim, post, number, unbeknownst=dice.random() < 0.5)
            deliver(instances, post, number)
            deliver(instances, post, number + 1)  # as Slack does where it lost the acknowledgement
        wait_until_sent(instances[0], url)
        for each in instances:
            each.await_start()  # one that starts anew ends by SIGTERM itself, not as asked
    finally:
        codes = [each.stop() for each in instances]
    assert codes == [0] * len(instances)
    assert sum(each.kills for each in instances) == KILLS
    assert count_wrong(slack, posts) == {}
    asked = [str(post["text"]) for post in posts]
    assert count_gaps(url) == {kind: sum(text in each for each in asked) for kind, text in UNANSWERED.items()}


def count_gaps(url: str) -> dict[str, int]:
    """Return how many gaps of each kind are recorded; each kind is one group."""
    database = open_database(url)
    with database.read() as connection:
        groups = rank_groups(connection, TEAM, 0.0)[0]
    database.close()
    assert len(groups) == len(UNANSWERED)
    return {group.kind: group.rows for group in groups}


def kill(slack: FakeSlack, victim: Instance, post: Post, number: int, unbeknownst: bool) -> None:
    """Kill an instance and start it again: at once, or when Slack has taken a message of it unbeknownst.

    Its start isn't waited for: meanwhile another one is delivered to, if there is any.
    """
    victim.await_start()
    if unbeknownst:
        with slack.hold("chat.postMessage"):
            before = len(slack.called("chat.postMessage"))
            victim.deliver(post, f"Ev{number}")
            slack.wait_for("chat.postMessage", before + 1)
            victim.kill()
    else:
        victim.kill()
    victim.launch()
