"""A listener that fails: the person gets a reference, the log the traceback under it, and serving goes on."""

from __future__ import annotations

import copy
import logging
import re
import urllib.error
from collections.abc import Callable, Collection

import pytest

from bot.desk import Mode, Snapshot
from bot.matching import Verdict
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, DIRECT, OTHER, PERSON, Front, Json
from tests.support.slack_limits import find_faults, list_texts

SECRET_WORDS = "my password is hunter2"  # noqa: S105 - to be looked for in the log


class Broken(Snapshot):
    """A snapshot that fails over a question; `mended` makes it well."""

    mended = False

    def __init__(self) -> None:
        vars(self).update(vars(DESK.snapshot))

    def ask(self, text: str, mode: Mode = "ask", eager: bool = False, packs: Collection[str] = ()) -> Verdict:
        """Fail, until it is mended."""
        if not self.mended:
            raise RuntimeError("the desk has fallen over")
        return super().ask(text, mode, eager, packs)


@pytest.fixture
def desk() -> Broken:
    return Broken()


@pytest.fixture
def front(open_front: Callable[..., Front], desk: Broken) -> Front:
    holding = copy.copy(DESK)
    holding.snapshot = desk
    return open_front(holding)


def find_reference(text: str, caplog: pytest.LogCaptureFixture) -> str:
    """Return the reference in a sentence; a traceback must be logged under it, and no text of a person."""
    found = re.search(r"[0-9a-f]{8}", text)
    assert found, text
    [record] = [each for each in caplog.records if getattr(each, "reference", "") == found[0]]
    assert record.levelno == logging.ERROR
    assert record.exc_info
    assert "the desk has fallen over" in str(record.exc_info[1])
    assert "fallen" not in text
    assert "hunter2" not in caplog.text
    return found[0]


def test_command(front: Front, desk: Broken, caplog: pytest.LogCaptureFixture) -> None:
    """A command that fails is acknowledged with the reference, in the asker's language; serving goes on."""
    told = front.command(f"{SECRET_WORDS} 28504").get_json()
    assert told["response_type"] == "ephemeral"
    assert find_faults(told) == []
    first = find_reference(told["text"], caplog)
    chinese = front.command("设备不在线").get_json()["text"]
    assert "没能作答" in chinese
    assert find_reference(chinese, caplog) != first
    desk.mended = True
    assert front.command("28504").get_json()["text"].startswith("28504 ")


def test_mention(front: Front, slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    """A mention that fails is acknowledged; the asker alone is told, once, however often it is delivered."""
    for _ in range(4):
        assert (
            front.mention("28504", ts="1790000001.000100", thread_ts="1790000000.000100").status_code == 200
        )
    front.settle()
    [call] = slack.called("chat.postEphemeral")
    assert (call.arguments["user"], call.arguments["thread_ts"]) == (PERSON, "1790000000.000100")
    find_reference(call.arguments["text"], caplog)
    assert slack.called("chat.postMessage") == []


def test_workflow_and_direct_message(front: Front, slack: FakeSlack) -> None:
    """Where there is no user to tell, or nobody else to see it, the reference is posted in the thread."""
    post = front.build_post("<@UFAULTBOT> 28504", type="app_mention", subtype="bot_message", bot_id="B0FLOW")
    front.event({key: value for key, value in post.items() if key != "user"})
    front.direct("28504")
    front.settle()
    assert {call.arguments["channel"] for call in slack.called("chat.postMessage")} == {CHANNEL, DIRECT}


def test_shortcut(front: Front, slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    """A shortcut that fails tells whoever used it."""
    assert front.shortcut(front.build_post("28504")).status_code == 200
    told = slack.wait_for("response_url")[0].arguments
    assert told["response_type"] == "ephemeral"
    find_reference(told["text"], caplog)


@pytest.mark.parametrize("kind", ["click", "submit"])
def test_interactions(
    open_front: Callable[..., Front],
    slack: FakeSlack,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A click that fails tells the person by the click's address; a submission in the modal itself."""
    front = open_front()

    def fail(value: str, knowledge: object) -> None:
        raise RuntimeError("the desk has fallen over")

    monkeypatch.setattr("bot.answer_context.read_recall", fail)
    if kind == "click":
        button = {"type": "button", "action_id": "choice_show", "value": "{}"}
        assert front.click(button, OTHER).status_code == 200
        text = slack.wait_for("response_url")[0].arguments["text"]
    else:
        view: Json = {
            "type": "modal",
            "callback_id": "answer_post",
            "private_metadata": "C 1.1 {}",
            "blocks": [],
        }
        told = front.submit(view).get_json()
        assert told["response_action"] == "update"
        assert find_faults(told["view"], "modal") == []
        text = list_texts(told["view"]["blocks"])[0]
    find_reference(text, caplog)


def test_nothing_sent(
    open_front: Callable[..., Front], slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    """A message that Slack doesn't take is in the log with Slack's reason, and later ones are sent."""
    front = open_front()
    slack.fail("chat.postMessage", "is_archived")
    front.mention("28504")
    front.mention("2065")
    front.settle()
    [record] = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert getattr(record, "error", "") == "is_archived"
    told = [call.arguments["text"] for call in slack.called("chat.postMessage")]
    assert any("is_archived" in text for text in told)
    assert told[-1].startswith("2065 ") or told[-2].startswith("2065 ")


@pytest.mark.parametrize("error", [urllib.error.URLError("no route"), TimeoutError("too slow")])
def test_slack_out_of_reach(
    open_front: Callable[..., Front],
    error: OSError,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Where Slack can't be asked who the desk is, an event gets 503, so that Slack delivers it again.

    It leaves a line each in the log, and no traceback.
    """

    def fail(*_: object, **__: object) -> None:
        raise error

    front = open_front()
    front.service.identity.known = None  # as after a start without Slack
    with monkeypatch.context() as patch:
        patch.setattr("slack_sdk.WebClient.auth_test", fail)
        front.service.identity.ask()
        assert front.mention("28504", ts="1790000001.000100").status_code == 503
    assert "a request was not taken" in caplog.messages
    assert not any(record.exc_info for record in caplog.records)
    front.service.identity.ask()
    assert front.mention("28504", ts="1790000001.000100").status_code == 200
    front.fake.wait_for("chat.postMessage")


@pytest.mark.parametrize("kind", ["block_suggestion", "view_closed", "shortcut", "never_heard_of"])
def test_requests_for_nobody(
    open_front: Callable[..., Front], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A request that no listener is for is acknowledged in silence."""
    front = open_front()
    payload = {
        "type": kind,
        "callback_id": "gone",
        "action_id": "gone",
        "block_id": "b",
        "value": "",
        "view": {"id": "V1"},
        "team": {"id": "T0FAULT"},
        "user": {"id": PERSON},
        "trigger_id": "1.2.x",
        "token": "t",
        "is_cleared": False,
    }
    assert front.interact(payload).status_code == 200
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
