"""Messages that are changed or withdrawn after they were sent."""

from __future__ import annotations

import threading

import pytest

from bot.outbox.decision_store import Send
from bot.outbox.payload import build_delete, build_update
from bot.replies.reply import Reply
from tests.support.fake_workspace import BOT, BOT_USER
from tests.support.office import CHANNEL, Office, both
from tests.support.patience import PATIENCE

NEW = Reply("28504 and 2065", ({"type": "divider"},))


def answer(office: Office, channel: str = CHANNEL) -> str:
    """Let a card be sent; return its thread, and let a second pass."""
    root = office.answer(channel=channel).root
    office.run()
    office.slack.forget()
    office.clock.now += 1
    return root


@both
def test_update(office: Office) -> None:
    """An update finds the message by its key, keeps its mark, and adds none."""
    answer(office)
    office.put(build_update(NEW, CHANNEL, "k1"), channel=CHANNEL)
    assert office.run() == 1
    [call] = office.slack.calls
    told = {"channel": CHANNEL, "ts": office.find_ts(), "text": NEW.text, "blocks": list(NEW.blocks)}
    assert call.arguments == told
    [card] = office.list_cards()
    assert (card["text"], card["metadata"]["event_payload"]) == (NEW.text, {"key": "k1"})
    assert office.states() == ["sent", "sent"]


def test_update_before_it_is_sent(office: Office) -> None:
    """An update waits for its message."""
    office.answer()
    office.put(build_update(NEW, CHANNEL, "k1"), channel=CHANNEL)
    assert [office.run(after=1) for _ in range(3)] == [1, 1, 0]
    assert [call.method for call in office.slack.calls] == ["chat.postMessage", "chat.update"]


@pytest.mark.parametrize("change", [build_update(NEW, CHANNEL, "k1"), build_delete(CHANNEL, "k1")])
def test_never_sent(office: Office, change: Send) -> None:
    """Where the message never came to stand, there is nothing to change."""
    office.answer()
    office.slack.fail("chat.postMessage", "is_archived")
    office.put(change, channel=CHANNEL)
    assert [office.run(after=1) for _ in range(2)] == [1, 1]
    assert [call.method for call in office.slack.calls] == ["chat.postMessage"]
    assert office.states() == ["failed", "kept"]


def test_update_of_nothing(office: Office) -> None:
    """A key that nobody knows is nothing to change."""
    office.put(build_update(NEW, CHANNEL, "unknown"), channel=CHANNEL)
    assert office.run() == 1
    assert (office.slack.calls, office.states()) == ([], ["kept"])


def test_update_of_what_is_gone(office: Office) -> None:
    """A message that somebody deleted is left alone."""
    answer(office)
    office.put(build_update(NEW, CHANNEL, "k1"), channel=CHANNEL)
    office.slack.fail("chat.update", "message_not_found")
    office.run()
    assert office.states() == ["sent", "kept"]
    assert office.failures == []


def test_update_again(office: Office) -> None:
    """An update that may have been taken is sent again without a look: twice is as good as once."""
    answer(office)
    office.put(build_update(NEW, CHANNEL, "k1"), channel=CHANNEL)
    office.slack.cut("chat.update")
    office.run()
    office.run(after=60)
    assert [call.method for call in office.slack.calls] == ["chat.update"] * 2
    assert office.states() == ["sent", "sent"]


@both
def test_flood_of_updates(office: Office) -> None:
    """Of the updates of a message that wait, the last one is sent."""
    answer(office)
    for number in range(60):
        office.put(build_update(Reply(f"{number} alerts"), CHANNEL, "k1"), channel=CHANNEL)
    assert [office.run(after=1) for _ in range(3)] == [1, 0, 0]
    assert [call.arguments["text"] for call in office.slack.called("chat.update")] == ["59 alerts"]
    assert office.states() == ["sent", *["kept"] * 59, "sent"]


def test_update_that_is_being_sent(office: Office) -> None:
    """An update that a sender holds is not taken from it; one that waits to be tried again is."""
    answer(office)
    office.put(build_update(NEW, CHANNEL, "k1"), channel=CHANNEL)
    with office.slack.hold("chat.update"):
        sending = threading.Thread(target=office.run)
        sending.start()
        office.slack.wait_for("chat.update")
        office.put(build_update(Reply("newer"), CHANNEL, "k1"), channel=CHANNEL)
    sending.join(PATIENCE)
    office.slack.fail("chat.update", "service_unavailable")
    office.run(after=1)
    office.put(build_update(Reply("newest"), CHANNEL, "k1"), channel=CHANNEL)
    assert [office.run(after=60) for _ in range(2)] == [1, 0]
    texts = [call.arguments["text"] for call in office.slack.called("chat.update")]
    assert texts == [NEW.text, "newer", "newest"]
    assert office.states() == ["sent", "sent", "kept", "sent"]


@both
def test_delete(office: Office) -> None:
    """A message that nobody wrote below is withdrawn, and the record knows."""
    root = answer(office)
    office.put(build_delete(CHANNEL, "k1"), channel=CHANNEL)
    assert office.run() == 1
    assert [call.method for call in office.slack.calls] == ["conversations.replies", "chat.delete"]
    assert (office.list_cards(), office.states()) == ([], ["sent", "sent"])
    assert office.decisions.find_reply_to("T0FAULT", CHANNEL, root) is None


@pytest.mark.parametrize("by", [{"user": "U0ALEX"}, {"user": "U0BOT", "bot_id": "B0OTHER"}])
def test_delete_what_was_answered(office: Office, by: dict[str, str]) -> None:
    """A message that others wrote below stays, for they may mean it."""
    root = answer(office)
    office.slack.put(CHANNEL, text="that helped", thread_ts=root, **by)
    office.put(build_delete(CHANNEL, "k1"), channel=CHANNEL)
    office.run()
    assert (len(office.list_cards()) >= 1, office.slack.called("chat.delete")) == (True, [])
    assert (office.states()[1], office.rows()[1]["error"]) == ("kept", "answered")


def test_delete_above_own_words(office: Office) -> None:
    """What the desk itself wrote below is no reason to stay."""
    root = answer(office)
    office.slack.put(CHANNEL, user=BOT_USER, bot_id=BOT, text="more", thread_ts=root)
    office.put(build_delete(CHANNEL, "k1"), channel=CHANNEL)
    office.run()
    assert len(office.slack.called("chat.delete")) == 1


@pytest.mark.parametrize("error", ["missing_scope", "channel_not_found"])
def test_delete_unread(office: Office, error: str) -> None:
    """Where nobody can tell whether others wrote below, the message stays."""
    answer(office)
    office.put(build_delete(CHANNEL, "k1"), channel=CHANNEL)
    office.slack.fail("conversations.replies", error)
    office.run()
    assert (office.states(), office.slack.called("chat.delete")) == (["sent", "kept"], [])


def test_delete_later(office: Office) -> None:
    """Where that passes it is tried again; a message that is gone meanwhile is withdrawn as well."""
    answer(office)
    office.put(build_delete(CHANNEL, "k1"), channel=CHANNEL)
    office.slack.fail("conversations.replies", "x", status=502)
    office.slack.cut("chat.delete")
    for _ in range(3):
        office.run(after=60)
    assert [call.method for call in office.slack.calls] == [
        "conversations.replies",
        "conversations.replies",
        "chat.delete",
        "conversations.replies",
        "chat.delete",
    ]
    assert (office.list_cards(), office.states()) == ([], ["sent", "sent"])
