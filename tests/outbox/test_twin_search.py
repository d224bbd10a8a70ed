"""A message that Slack took later than anybody waited: it is looked for again, and the later twin goes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.outbox.payload import build_delete, build_metadata, build_update
from bot.outbox.slack_client import SlackClient
from bot.outbox.twin_search import LEASE, LOOKS
from bot.replies.reply import Reply
from bot.stores.sent_messages import get_reply
from tests.support.fake_workspace import BOT, BOT_USER
from tests.support.office import CHANNEL, Office, both

NEW = Reply("28504: seen twice", ())
BEGUN = 60  # seconds until a message that failed is tried again, at most


def send_twice(office: Office, key: str = "k1") -> str:
    """Send a card whose first attempt fails with an unknown outcome; return the ts of the thread."""
    root = office.answer(key).root
    office.slack.fail("chat.postMessage", "x", status=500)
    assert office.run() == 1
    assert office.run(after=BEGUN) == 1
    assert office.states() == ["sent"]
    return root


def arrive(office: Office, root: str, key: str = "k1", **fields: Any) -> str:
    """Let the first attempt's message come to stand in Slack now; return its ts."""
    own = {"user": BOT_USER, "bot_id": BOT, "text": "28504: offline", "metadata": build_metadata(key)}
    return office.slack.put(CHANNEL, thread_ts=root, **own, **fields)


def count_looks(office: Office) -> int:
    """Count how often the thread was read."""
    return len(office.slack.called("conversations.replies"))


@both
@pytest.mark.parametrize("look", range(len(LOOKS)))
def test_taken_late(office: Office, look: int) -> None:
    """A message that Slack shows seconds or minutes later is gone after the next look; the first stays."""
    root = send_twice(office)
    [card] = office.list_cards()
    before = count_looks(office)
    waited = 0.0
    for at in LOOKS[:look]:
        office.run(after=at - waited)
        waited = at
    late = arrive(office, root)
    office.run(after=LOOKS[look] - waited)
    assert [each["ts"] for each in office.list_cards()] == [card["ts"]]
    assert office.slack.called("chat.delete")[0].arguments["ts"] == late
    assert office.find_ts() == card["ts"]
    assert count_looks(office) == before + look + 1


@both
def test_shown_late(office: Office) -> None:
    """Where Slack showed the first one late, that stays, is what is recorded, and shows what came since."""
    root = office.answer("k1").root
    taken = office.slack.put("C0OTHER", user="U0MEI", text="another post of that moment")
    office.slack.fail("chat.postMessage", "x", status=500)
    assert [office.run(), office.run(after=BEGUN)] == [1, 1]
    [second] = office.list_cards()
    office.put(build_update(NEW, CHANNEL, "k1"))
    assert office.run(after=2) == 1
    first = arrive(office, root, ts=taken)
    office.run(after=LOOKS[0])
    assert [each["ts"] for each in office.list_cards()] == [first]
    assert office.slack.called("chat.delete")[0].arguments["ts"] == second["ts"]
    assert office.find_ts() == first
    assert office.run(after=2) == 1
    [card] = office.list_cards()
    assert (card["ts"], card["text"]) == (first, NEW.text)


def test_ends(office: Office) -> None:
    """After the third look there is none; where the outcome was known there never is one."""
    send_twice(office)
    before = count_looks(office)
    for _ in range(40):
        office.run(after=30)
    assert count_looks(office) == before + len(LOOKS)
    office.answer("k2")
    assert office.run() == 1
    calls = len(office.slack.calls)
    for _ in range(20):
        office.run(after=30)
    assert len(office.slack.calls) == calls


@both
def test_survives_a_kill(office: Office) -> None:
    """A look whose worker was killed is taken over when its lease has run out."""
    root = send_twice(office)
    arrive(office, root)

    class Killed(BaseException):
        """What ends a worker."""

    def die(_: str) -> SlackClient:
        raise Killed

    with pytest.raises(Killed):
        office.run(office.open_sender("dying", die), after=LOOKS[0])
    office.run(office.open_sender("b"))
    assert len(office.list_cards()) == 2
    office.run(office.open_sender("b"), after=LEASE)
    assert len(office.list_cards()) == 1


def test_waits_as_slack_asks(office: Office) -> None:
    """A look that Slack limits, or fails, is made later."""
    root = send_twice(office)
    arrive(office, root)
    office.slack.fail("conversations.replies", "ratelimited", status=429, headers={"Retry-After": "40"})
    before = count_looks(office)
    office.run(after=LOOKS[0])
    office.run(after=39)
    assert (len(office.list_cards()), count_looks(office)) == (2, before + 1)
    office.slack.fail("conversations.replies", "x", status=500)
    office.run(after=1)
    office.run(after=LOOKS[0])
    assert (len(office.list_cards()), count_looks(office)) == (1, before + 3)


def test_withdrawn_meanwhile(office: Office) -> None:
    """A card that was withdrawn doesn't come back by its twin."""
    root = send_twice(office)
    office.put(build_delete(CHANNEL, "k1"))
    assert office.run(after=2) == 1
    arrive(office, root)
    office.run(after=LOOKS[0])
    assert office.list_cards() == []


def test_refused_in_the_end(office: Office) -> None:
    """A message that failed for good, and stands in Slack all the same, is recorded as standing there."""
    root = office.answer("k1").root
    office.slack.fail("chat.postMessage", "x", status=500)
    office.slack.fail("chat.postMessage", "restricted_action")
    assert [office.run(), office.run(after=BEGUN), *office.states()] == [1, 1, "failed"]
    late = arrive(office, root)
    office.run(after=LOOKS[0])
    with office.database.read() as connection:
        reply = get_reply(connection, "k1")
    assert (reply.ts, reply.is_deleted) == (late, False)


def test_given_up(office: Office) -> None:
    """A message that was given up after an hour is looked for, too."""
    root = office.answer("k1").root
    office.slack.fail("chat.postMessage", "x", status=500, times=99)
    office.run()
    office.run(after=3_601)
    assert office.states() == ["expired"]
    late = arrive(office, root)
    office.run(after=LOOKS[0])
    assert office.find_ts() == late


@both
def test_change_taken_late(office: Office) -> None:
    """A change that Slack makes late doesn't undo the one that followed it."""
    office.answer("k1")
    office.run()
    office.slack.fail("chat.update", "x", status=500)
    office.put(build_update(Reply("28504: old", ()), CHANNEL, "k1"))
    assert [office.run(after=2), office.run(after=BEGUN)] == [1, 1]
    office.put(build_update(NEW, CHANNEL, "k1"))
    assert office.run(after=2) == 1
    [card] = office.list_cards()
    card["text"] = "28504: old"  # as the first attempt's call does now
    office.run(after=LOOKS[0])
    office.run(after=2)
    assert office.slack.called("chat.update")[-1].arguments["text"] == NEW.text
