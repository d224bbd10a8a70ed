"""One reply is visible, although sending it may be tried again: after a kill, a time-out, a crossing."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any
from urllib.request import Request

import pytest

from bot.outbox.dispatcher import LEASE
from bot.outbox.payload import EVENT_TYPE, build_metadata, build_post
from bot.outbox.slack_client import SlackClient
from bot.outbox.transport import Answer, Transport
from tests.conftest import TESTS
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT, BOT_USER
from tests.support.office import CARD, CHANNEL, DIRECT, OTHER_CHANNEL, TOKEN, Office, both
from tests.support.patience import PATIENCE

pytestmark = both

OVER = LEASE + 1  # seconds after which a lease has run out


class Killed(BaseException):
    """What ends a sender between Slack's answer and its record, as a kill does."""


class Dying(SlackClient):
    """A client whose process is killed as soon as Slack took a message."""

    def api_call(self, api_method: str, **arguments: Any) -> Any:
        """Call, and die of a message."""
        answer = super().api_call(api_method, **arguments)
        if api_method == "chat.postMessage":
            raise Killed
        return answer


def die(office: Office) -> None:
    """Let a sender be killed after Slack took its message."""
    client = Dying(TOKEN, office.slack.url)
    with pytest.raises(Killed):
        office.run(office.open_sender("dying", lambda _: client))


def put_twin(office: Office, root: str, key: str = "k1") -> str:
    """Let a twin of a message come to a thread, as another sender's would."""
    own = {"user": BOT_USER, "bot_id": BOT, "text": "twin", "metadata": build_metadata(key)}
    return office.slack.put(CHANNEL, thread_ts=root, **own)


def test_sent(office: Office) -> None:
    """A reply goes to the thread once, with its mark and nothing unfolded, and its ts is recorded."""
    post = office.answer()
    assert office.run() == 1
    [call] = office.slack.called("chat.postMessage")
    [card] = office.list_cards()
    assert call.arguments == {
        "channel": CHANNEL,
        "thread_ts": post.root,
        "text": CARD.text,
        "blocks": list(CARD.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": "k1"}},
    }
    assert (office.states(), office.find_ts()) == (["sent"], card["ts"])
    assert office.run(after=OVER) == 0
    assert len(office.slack.calls) == 1


def test_killed_before_the_record(office: Office) -> None:
    """What a killed sender got to Slack is found by the next, recorded and not posted again."""
    office.answer()
    die(office)
    assert office.run(after=1) == 0
    assert office.run(after=OVER) == 1
    assert len(office.slack.called("chat.postMessage")) == 1
    [card] = office.list_cards()
    assert (office.states(), office.find_ts()) == (["sent"], card["ts"])


def test_killed_before_slack(office: Office) -> None:
    """What a killed sender did not get to Slack is posted by the next."""

    def die_early(_: str) -> SlackClient:
        raise Killed

    office.answer()
    with pytest.raises(Killed):
        office.run(office.open_sender("dying", die_early))
    assert office.run(after=OVER) == 1
    assert len(office.list_cards()) == 1
    assert office.states() == ["sent"]


def test_direct_message(office: Office) -> None:
    """Where there is no thread the conversation itself is read."""
    office.put(build_post(CARD, DIRECT, reply_key="k1"), channel=DIRECT)
    die(office)
    assert office.run(after=OVER) == 1
    assert len(office.slack.called("conversations.history")) == 1
    assert len(office.list_cards(DIRECT)) == 1
    assert office.states() == ["sent"]


def test_message_of_no_reply(office: Office) -> None:
    """A notice that nothing comes back to is sent once, too: its row is its mark."""
    for _ in range(2):
        office.put(build_post(CARD, CHANNEL, office.slack.put(CHANNEL, user="U0MEI", text="help")))
    die(office)
    assert office.run(after=OVER) == 1
    assert office.run(after=1) == 1
    marks = [card["metadata"]["event_payload"]["key"] for card in office.list_cards()]
    assert len(set(marks)) == len(marks) == 2
    assert office.states() == ["sent", "sent"]


@pytest.mark.parametrize("done", [True, False])
def test_cut_off(office: Office, done: bool) -> None:
    """After a connection that broke nobody knows: the thread tells whether to post again."""
    office.answer()
    office.slack.cut("chat.postMessage", done=done)
    assert office.run() == 1
    assert (office.states(), len(office.list_cards())) == (["waiting"], done)
    assert office.run(after=60) == 1
    assert len(office.slack.called("chat.postMessage")) == 2 - done
    [card] = office.list_cards()
    assert (office.states(), office.find_ts()) == (["sent"], card["ts"])


@pytest.mark.parametrize(("error", "status"), [("internal_error", 200), ("x", 503)])
def test_trouble_of_slack(office: Office, error: str, status: int) -> None:
    """An error of Slack's own doesn't mean that it did nothing."""
    office.answer()
    office.slack.fail("chat.postMessage", error, status=status, done=True)
    office.run()
    office.run(after=60)
    assert len(office.list_cards()) == 1
    assert office.states() == ["sent"]


class Impatient(Transport):
    """A transport whose time is over as soon as Slack has the request."""

    def __init__(self, slack: FakeSlack) -> None:
        super().__init__()
        self._slack = slack

    def send(self, request: Request, seconds: float) -> Answer:
        """Send a request, and don't wait for its answer."""
        threading.Thread(target=super().send, args=(request, seconds), daemon=True).start()
        self._slack.wait_for(request.full_url.rpartition("/")[2])
        raise TimeoutError


def test_time_out(office: Office) -> None:
    """A client that gave up waiting for Slack's answer finds the message when its turn comes again."""
    office.answer()
    client = SlackClient(TOKEN, office.slack.url, Impatient(office.slack))
    with office.slack.hold("chat.postMessage"):
        office.run(office.open_sender(client_for=lambda _: client))
    assert office.run(after=60) == 1
    assert len(office.slack.called("chat.postMessage")) == 1
    assert office.states() == ["sent"]


def test_twins(office: Office) -> None:
    """A message that crossed with another sender's is deleted if it is the later one."""
    post = office.answer()
    office.slack.cut("chat.postMessage", done=False)
    office.run()
    twins: list[str] = []
    with office.slack.hold("conversations.replies"):
        sending = threading.Thread(target=office.run, kwargs={"after": 60.0})
        sending.start()
        office.slack.wait_for("conversations.replies")
        twins.append(put_twin(office, post.root))
    sending.join(PATIENCE)
    assert [card["ts"] for card in office.list_cards()] == twins
    assert len(office.slack.called("chat.postMessage")) == 2
    assert len(office.slack.called("chat.delete")) == 1
    assert (office.states(), office.find_ts()) == (["sent"], twins[0])


def test_later_twin(office: Office) -> None:
    """Where ours was the first, the other one goes."""
    post = office.answer()
    office.slack.fail("chat.postMessage", "internal_error", done=True)
    office.run()
    [first] = office.list_cards()
    put_twin(office, post.root)
    assert office.run(after=60) == 1
    assert [card["ts"] for card in office.list_cards()] == [first["ts"]]
    assert office.find_ts() == first["ts"]


def test_sent_too_late(office: Office) -> None:
    """A sender whose lease ran out while Slack took its message leaves one of the two."""
    office.answer()
    with office.slack.hold("chat.postMessage"):
        slow = threading.Thread(target=office.run, args=(office.open_sender("slow"),))
        slow.start()
        office.slack.wait_for("chat.postMessage")
        assert office.run(office.open_sender("other"), after=OVER) == 1  # it finds it, and posts nothing
        put_twin(office, office.slack.messages(CHANNEL)[0]["ts"])
    slow.join(PATIENCE)
    assert len(office.list_cards()) == 1
    assert office.find_ts() == office.list_cards()[0]["ts"]
    assert office.states() == ["sent"]


def test_too_late_to_send(office: Office) -> None:
    """A sender that got held up until its lease is nearly over sends nothing."""

    def dawdle(team: str) -> SlackClient:
        office.clock.now += LEASE - 1
        return office.client_for(team)

    office.answer()
    assert office.run(office.open_sender("slow", dawdle)) == 1
    assert (office.slack.calls, office.states()) == ([], ["waiting"])
    assert office.run(after=OVER) == 1
    assert len(office.list_cards()) == 1


def test_twin_that_stays(office: Office) -> None:
    """A twin that can't be deleted now is deleted later; the reply's ts is known meanwhile."""
    post = office.answer()
    office.slack.fail("chat.postMessage", "internal_error", done=True)
    office.run()
    put_twin(office, post.root)
    office.slack.fail("chat.delete", "ratelimited", status=429)
    office.run(after=60)
    assert (office.states(), len(office.list_cards())) == (["waiting"], 2)
    office.run(after=60)
    assert (office.states(), len(office.list_cards())) == (["sent"], 1)


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found"])
def test_unreadable(office: Office, error: str, caplog: pytest.LogCaptureFixture) -> None:
    """Where the thread can't be read, nothing is posted again, and that is written down."""
    office.answer()
    die(office)
    office.slack.fail("conversations.replies", error)
    assert office.run(after=OVER) == 1
    assert (office.states(), office.rows()[0]["error"]) == (["unsure"], error)
    assert office.run(after=OVER) == 0
    assert len(office.slack.called("chat.postMessage")) == 1
    assert "unsure" in [getattr(record, "state", "") for record in caplog.records]


def test_unreadable_for_now(office: Office) -> None:
    """Where it can't be read for the moment, the row waits."""
    office.answer()
    die(office)
    office.slack.fail("conversations.replies", "x", status=500)
    office.run(after=OVER)
    assert office.states() == ["waiting"]
    office.run(after=60)
    assert (office.states(), len(office.slack.called("chat.postMessage"))) == (["sent"], 1)


def test_reading_is_limited(office: Office) -> None:
    """Where Slack limits reading, no sender reads any thread of the team until then."""
    for key, channel in (("k1", CHANNEL), ("k2", OTHER_CHANNEL)):
        office.answer(key, channel)
        die(office)
    office.slack.fail("conversations.replies", "ratelimited", status=429, headers={"Retry-After": "40"})
    assert office.run(after=OVER) == 2
    assert office.run(office.open_sender("b"), after=39) == 0
    assert len(office.slack.called("conversations.replies")) == 1
    assert office.run(office.open_sender("b"), after=1) == 2
    assert len(office.slack.called("conversations.replies")) == 3
    assert office.states() == ["sent", "sent"]


def test_bot_id_unknown(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Where Slack doesn't tell who the desk is, the mark alone counts."""
    office.answer()
    die(office)
    office.slack.fail("auth.test", "x", status=500)
    assert office.run(after=OVER) == 1
    assert office.states() == ["sent"]


def test_database_fails_after_slack(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Slack took is found although the database couldn't take that it did."""
    office.answer()
    with monkeypatch.context() as patch:
        patch.setattr("bot.outbox.dispatcher.Dispatcher._record_outcome", fail_like_database)
        with pytest.raises(Killed):
            office.run()
    assert office.run(after=OVER) == 1
    assert len(office.slack.called("chat.postMessage")) == 1
    assert office.states() == ["sent"]


def fail_like_database(*_: object) -> None:
    """Fail instead of writing down."""
    raise Killed


SENDING = """
import sys, time
from bot.outbox.slack_client import SlackClient
from bot.outbox.transport import Answer, Transport
from bot.outbox.worker import OutboxWorker
from bot.stores.database import open_database
database = open_database(sys.argv[1])
client = SlackClient("xoxb-killed", sys.argv[2])
OutboxWorker(database, lambda team: client, lambda: float(sys.argv[3]), "killed").run_once(float(sys.argv[3]))
"""


def test_killed(office: Office) -> None:
    """After a real kill -9, between Slack's taking a message and its answer, one reply is there."""
    office.answer()
    with office.slack.hold("chat.postMessage"):
        arguments = [
            sys.executable,
            "-c",
            SENDING,
            office.url,
            office.slack.url,
            str(office.clock.now),
        ]
        with subprocess.Popen(arguments, cwd=TESTS.parent) as sending:
            office.slack.wait_for("chat.postMessage")
            sending.kill()
    assert office.states() == ["waiting"]
    assert office.run(after=OVER) == 1
    assert len(office.slack.called("chat.postMessage")) == 1
    [card] = office.list_cards()
    assert (office.states(), office.find_ts()) == (["sent"], card["ts"])
