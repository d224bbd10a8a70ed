"""A bad way to Slack: whatever happens to requests and answers, each post has one visible reply."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.fault_proxy import FAULTS, Fault, Proxy
from tests.support.instances import Instance

POSTS = 40
TROUBLE = 0.3  # of the requests after a channel's first
MOST_TROUBLES = 2  # of a channel after its first, so that the waits in between don't grow
QUICK: tuple[Fault, ...] = tuple(fault for fault in FAULTS if fault not in ("none", "withheld"))


class Dice:
    """Draws for each channel apart, so that a seed means the same whichever thread is faster.

    The first message of each channel meets one fault of all, evenly; one of them is never answered.
    """

    def __init__(self, seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311 - it draws faults, not secrets
        firsts: list[Fault] = [*(QUICK * POSTS)[: POSTS - 1], "withheld"]
        dice.shuffle(firsts)
        self._firsts = {f"C{number:04}": fault for number, fault in enumerate(firsts)}
        self._seed = seed
        self._turns: Counter[str] = Counter()
        self._troubles: Counter[str] = Counter()

    def draw(self, method: str, arguments: Mapping[str, Any]) -> Fault:
        """Return what becomes of a request."""
        channel = str(arguments.get("channel") or "")
        if not channel:
            return "none"
        if channel in self._firsts and method == "chat.postMessage":
            return self._firsts.pop(channel)
        self._turns[channel] += 1
        own = random.Random(f"{self._seed}/{channel}/{self._turns[channel]}")  # noqa: S311 - likewise
        if self._troubles[channel] >= MOST_TROUBLES or own.random() >= TROUBLE:
            return "none"
        self._troubles[channel] += 1
        return own.choice(QUICK)


def test_every_fault_on_the_way(slack: FakeSlack, tmp_path: Path, url: str, seed: int) -> None:
    """40 posts through a proxy that spoils each first message and some of what follows: one reply each."""
    posts = make_posts(slack, POSTS)
    with Proxy(slack, Dice(seed).draw) as proxy:
        only = Instance(proxy.url, url, tmp_path / "log")
        only.start()
        try:
            for number, post in enumerate(posts):
                deliver([only], post, number)
            wait_until_sent(only, url)
        finally:
            code = only.stop()
    assert code == 0
    assert count_wrong(slack, posts) == {}
    assert set(proxy.dealt) == set(FAULTS)
    assert "Traceback" not in only.log
