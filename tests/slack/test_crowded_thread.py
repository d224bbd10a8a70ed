"""A thread, or a direct conversation, in which much was answered costs no more than a new one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.stores import claims
from bot.watch_mode import WatchPreset
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, DIRECT, Front

ROOT = "1790000000.000100"
POSTS = 500
LOOKED_AT = 2  # the post, and the entry that it shows


def crowd(front: Front, channel: str, root: str) -> None:
    """Let many posts be answered in a thread."""
    with front.service.database.write() as connection:
        names = [f"post:1780000{number:03}.000100" for number in range(POSTS)]
        claims.claim_names(connection, TEAM, channel, root, names, "key")


def ask_directly(front: Front) -> None:
    """Ask in a direct message."""
    front.direct("28504")


def mention(front: Front) -> None:
    """Mention the desk in the thread."""
    front.mention("28504", thread_ts=ROOT)


def post(front: Front) -> None:
    """Post an error in the thread, in a watched channel."""
    front.event(front.build_post("error code 28504", ts="1790000001.000100", thread_ts=ROOT))


@pytest.mark.parametrize(
    ("ask", "channel", "root"),
    [(ask_directly, DIRECT, ""), (mention, CHANNEL, ROOT), (post, CHANNEL, ROOT)],
    ids=["direct", "mention", "watched post"],
)
def test_what_is_looked_at(
    open_front: Callable[..., Front],
    ask: Callable[[Front], None],
    channel: str,
    root: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of all that was answered there only what the new post may claim is read; it is answered."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    crowd(front, channel, root)
    read: list[dict[str, str]] = []

    def find_claims(*asked: object) -> dict[str, str]:
        read.append(find(*asked))  # type: ignore[arg-type] # what it is given
        return read[-1]

    find = claims.find_claims
    monkeypatch.setattr(claims, "find_claims", find_claims)
    ask(front)
    front.settle()
    assert read
    assert all(len(each) <= LOOKED_AT for each in read)
    [answer] = front.fake.called("chat.postMessage")
    assert answer.arguments["text"].startswith("28504 ")


def test_once(front: Front) -> None:
    """Among all of them a post that was answered is not answered again, nor an entry that was told."""
    crowd(front, CHANNEL, ROOT)
    for ts in ("1790000001.000100", "1790000001.000100", "1790000002.000100"):
        front.mention("28504", ts=ts, thread_ts=ROOT)
    front.settle()
    assert len(front.fake.called("chat.postMessage")) == 1
    assert len(front.fake.called("chat.postEphemeral")) == 1
