"""The same envelope to several instances at once: the store is what they share, and one of them answers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.acceptance_posts import count_wrong, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance
from tests.support.patience import PATIENCE

POSTS = 12
DELIVERIES = 4  # Slack's own: the first and three more (docs.slack.dev, Events API, retries)


def test_four_times_to_two_instances(slack: FakeSlack, tmp_path: Path, url: str) -> None:
    """Each of four deliveries at once to two processes on one database is acknowledged; one reply stands."""
    pair = [Instance(slack.url, url, tmp_path / f"log{number}") for number in range(2)]
    posts = make_posts(slack, POSTS)
    together = threading.Barrier(DELIVERIES)
    for each in pair:
        each.launch()
    try:
        for each in pair:
            each.await_start()

        def deliver(delivery: int) -> list[bool]:
            taken = []
            for number, post in enumerate(posts):
                together.wait(timeout=PATIENCE)
                taken.append(pair[delivery % 2].deliver(post, f"Ev{number}", delivery))
            return taken

        with ThreadPoolExecutor(DELIVERIES) as threads:
            assert list(threads.map(deliver, range(DELIVERIES))) == [[True] * POSTS] * DELIVERIES
        wait_until_sent(pair[0], url)
    finally:
        codes = [each.stop() for each in pair]
    assert codes == [0, 0]
    assert count_wrong(slack, posts) == {}
    assert len(slack.called("chat.postMessage")) == POSTS
