"""Whatever is killed whenever: each question without an answer that was acknowledged is one gap, once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from bot.stores.database import open_database
from bot.stores.gap_groups import rank_groups
from tests.acceptance.test_killed import kill
from tests.support.acceptance_posts import count_wrong, deliver, make_post, put, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.instances import Instance

POSTS, KILLS = 20, 3
QUESTIONS = ("error code 28699", "the toaster burns")


def test_one_instance_on_sqlite(slack: FakeSlack, tmp_path: Path, sqlite_url: str, seed: int) -> None:
    """One instance on SQLite, killed 3 times over 20 questions: 20 gaps and 20 replies."""
    prove(slack, [Instance(slack.url, sqlite_url, tmp_path / "log")], sqlite_url, seed)


def test_two_instances_on_postgresql(
    slack: FakeSlack, tmp_path: Path, postgresql_url: str, seed: int
) -> None:
    """Two instances on PostgreSQL, killed in turn: the same."""
    pair = [Instance(slack.url, postgresql_url, tmp_path / f"log{number}") for number in range(2)]
    prove(slack, pair, postgresql_url, seed)


def prove(slack: FakeSlack, instances: Sequence[Instance], url: str, seed: int) -> None:
    """Deliver the questions, each also a second time, killing as the seed says; then count."""
    dice = random.Random(seed)  # noqa: S311 - it draws moments, not secrets
    moments = sorted(dice.sample(range(5, POSTS), KILLS))
    posts = [make_post(number, QUESTIONS[number % len(QUESTIONS)]) for number in range(POSTS)]
    for post in posts:
        put(slack, post)
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
    assert count_wrong(slack, posts) == {}
    database = open_database(url)
    with database.read() as connection:
        groups = rank_groups(connection, TEAM, 0.0)[0]
    database.close()
    assert sorted(group.rows for group in groups) == [POSTS // 2, POSTS // 2]
    assert {group.kind for group in groups} == {"code", "question"}
