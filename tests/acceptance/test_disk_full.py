"""The disk full, and space again: what couldn't be written down isn't acknowledged, and nothing is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.stores.database import open_database
from tests.support.acceptance_posts import count_wrong, deliver, make_posts, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance

SIZE = "16m"  # of the disk: a log of 4 MB stands beside the database before SQLite writes it back
PAGE = 4096  # bytes
BEFORE, DURING, AFTER = 4, 4, 2  # posts


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of SIZE."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("to mount a disk takes Linux and root")
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place],
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on a disk; return the file that takes it."""
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * PAGE)
    assert shutil.disk_usage(disk).free == 0
    return ballast


def test_disk_full(slack: FakeSlack, tmp_path: Path, disk: Path) -> None:
    """It fills up while a message is on its way: posts get no 200, a person the reason, /readyz says 503.

    What needs no writing is answered meanwhile. With space again each post has one reply: those delivered
    again, and those whose message Slack took while that couldn't be written down.
    """
    url = f"sqlite:///{disk}/faultbook.db"
    database = open_database(url)
    database.migrate()
    database.close()
    only = Instance(slack.url, url, tmp_path / "log")
    posts = make_posts(slack, BEFORE + DURING + AFTER)
    only.start()
    try:
        only.wait_until(lambda: only.ask_ready()[0] == 200)
        with slack.hold("chat.postMessage"):
            for number in range(BEFORE):
                deliver([only], posts[number], number)
            slack.wait_for("chat.postMessage", BEFORE)
            ballast = fill(disk)
        for number in range(BEFORE, BEFORE + DURING):
            assert only.deliver_status(posts[number], f"Ev{number}") == 503
        answer = only.command("watch auto")
        assert "can't be written to right now" in answer
        assert "disk is full" in answer
        assert only.command("28504").startswith("28504 ")
        status, checks = only.ask_ready()
        assert (status, checks["database"], checks["slack"]) == (503, False, True)
        ballast.unlink()
        only.wait_until(lambda: only.ask_ready()[0] == 200)
        for number in range(BEFORE, len(posts)):
            deliver([only], posts[number], number)
        wait_until_sent(only, url)
    finally:
        code = only.stop()
    assert code == 0
    assert count_wrong(slack, posts) == {}
