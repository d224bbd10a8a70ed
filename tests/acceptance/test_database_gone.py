"""PostgreSQL gone and back: what couldn't be written down isn't acknowledged, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.outbox.worker import WORKERS
from bot.stores.database import open_database
from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance
from tests.support.postgres import PostgresServer

BEFORE, DURING, AFTER = 10, 6, 4  # posts


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server with the desk's tables."""
    with PostgresServer() as running:
        database = open_database(f"{running.address}postgres")
        database.migrate()
        database.close()
        yield running


def test_database_gone_and_back(slack: FakeSlack, tmp_path: Path, server: PostgresServer) -> None:
    """It goes while messages are on their way: posts get no 200 and /readyz says 503 until it is back.

    A command is answered meanwhile, for that needs no database. Then each post that was delivered until it
    was acknowledged has one reply, also those whose messages Slack took while that couldn't be written down.
    """
    url = f"{server.address}postgres"
    only = Instance(slack.url, url, tmp_path / "log")
    posts = make_posts(slack, BEFORE + DURING + AFTER)
    only.start()
    try:
        only.wait_until(lambda: only.ask_ready()[0] == 200)
        with slack.hold("chat.postMessage"):
            for number in range(BEFORE):
                deliver([only], posts[number], number)
            slack.wait_for("chat.postMessage", WORKERS)
            server.stop()
        for number in range(BEFORE, BEFORE + DURING):
            assert not only.deliver(posts[number], f"Ev{number}")
        status, checks = only.ask_ready()
        assert (status, checks["database"], checks["slack"]) == (503, False, True)
        assert only.command("28504").startswith("28504 ")
        server.start()
        only.wait_until(lambda: only.ask_ready()[0] == 200)
        for number in range(BEFORE, len(posts)):
            deliver([only], posts[number], number)
        wait_until_sent(only, url)
    finally:
        code = only.stop()
    assert code == 0
    assert count_wrong(slack, posts) == {}
