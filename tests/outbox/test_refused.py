"""What Slack refuses: for good, for its blocks, or for now."""

from __future__ import annotations

import logging

import pytest

from bot.outbox.decision_store import Send
from bot.outbox.payload import build_post, build_update
from bot.outbox.slack_client import SlackClient
from bot.replies.reply import Reply
from tests.support.office import CHANNEL, TOKEN, Office

SECRET_WORDS = "my password is hunter2"  # noqa: S105 - to be looked for in the log


@pytest.mark.parametrize(
    "error",
    [
        "account_inactive",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_in_channel",
        "restricted_action",
        "thread_not_found",
        "token_revoked",
    ],
)
def test_for_good(office: Office, error: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is written down and logged, whoever registered is told, and it isn't tried again."""
    office.answer(reply=Reply(SECRET_WORDS))
    office.answer("k2")
    office.slack.fail("chat.postMessage", error)
    assert office.run() == 1
    assert (office.states()[0], office.rows()[0]["error"]) == ("failed", error)
    assert office.failures == [("k1", error)]
    [record] = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert (getattr(record, "error", ""), getattr(record, "channel", "")) == (error, CHANNEL)
    assert "hunter2" not in caplog.text
    assert office.run(after=1) == 1
    assert office.states() == ["failed", "sent"]
    assert len(office.slack.called("chat.postMessage")) == 2


def test_nothing_points_to_it(office: Office) -> None:
    """A card that never came to stand isn't shown as the one that answered."""
    post = office.answer()
    assert office.decisions.find_reply_to(post.team, CHANNEL, post.ts)
    office.slack.fail("chat.postMessage", "is_archived")
    office.run()
    assert office.decisions.find_reply_to(post.team, CHANNEL, post.ts) is None


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long", "msg_too_long"])
def test_text_alone(office: Office, error: str, caplog: pytest.LogCaptureFixture) -> None:
    """Where the blocks are refused the text goes alone, with the same mark."""
    office.answer()
    office.slack.fail("chat.postMessage", error)
    assert office.run() == 1
    rich, plain = office.slack.called("chat.postMessage")
    assert plain.arguments == {key: value for key, value in rich.arguments.items() if key != "blocks"}
    assert office.states() == ["sent"]
    assert error in [getattr(each, "error", "") for each in caplog.records]


def test_text_refused(office: Office) -> None:
    """Where the text is refused as well, that's the end; text without blocks is tried once."""
    office.answer()
    office.slack.fail("chat.postMessage", "msg_too_long", 2)
    office.run()
    assert len(office.slack.called("chat.postMessage")) == 2
    office.put(build_post(Reply("words"), CHANNEL))
    office.slack.fail("chat.postMessage", "msg_too_long")
    office.run(after=1)
    assert len(office.slack.called("chat.postMessage")) == 3
    assert office.states() == ["failed", "failed"]


def test_blocks_that_slack_really_refuses(office: Office) -> None:
    """So it is with blocks that are beyond Slack's limits."""
    office.answer(reply=Reply("words", ({"type": "marquee"},)))
    office.run()
    [card] = office.list_cards()
    assert (card["text"], "blocks" in card) == ("words", False)


def test_update_as_text_alone(office: Office) -> None:
    """An update without blocks takes those away that are there."""
    office.answer()
    office.run()
    office.put(build_update(Reply("new words", ({"type": "marquee"},)), CHANNEL, "k1"))
    office.run(after=1)
    [card] = office.list_cards()
    assert (card["text"], card["blocks"]) == ("new words", [])


def test_back_off(office: Office) -> None:
    """What passes is tried again, ever later: after 2, 4, 8, ... 60 seconds."""
    office.answer()
    office.slack.fail("chat.postMessage", "service_unavailable", 7)
    waits = []
    for _ in range(7):
        office.run()
        waits.append(office.rows()[0]["due_at"] - office.clock.now)
        office.clock.now += waits[-1]
    assert waits == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert office.run() == 1
    assert (office.states(), len(office.list_cards())) == (["sent"], 1)


def test_expiry(office: Office) -> None:
    """An answer that could not be sent for an hour isn't sent any more."""
    office.answer()
    assert office.run(after=3601) == 0
    assert (office.slack.calls, office.states()) == ([], ["expired"])


def test_no_client(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """A team without a client fails its own rows, and the sender goes on."""

    def find_client(team: str) -> SlackClient:
        if team == "T0GONE":
            raise LookupError(team)
        return office.client_for(team)

    office.answer("k1", team="T0GONE")
    office.answer("k2")
    office.run(office.open_sender(client_for=find_client))
    assert office.states() == ["failed", "sent"]
    assert office.failures == [("k1", "LookupError")]
    assert [each for each in caplog.records if each.exc_info]


def test_teams(office: Office) -> None:
    """Each team's messages go by its own token."""
    office.answer("k1", "C1", team="T1")
    office.answer("k2", "C2", team="T2")
    office.run()
    tokens = {call.arguments["channel"]: call.token for call in office.slack.called("chat.postMessage")}
    assert tokens == {"C1": f"{TOKEN}-T1", "C2": f"{TOKEN}-T2"}


def test_unknown_method(office: Office) -> None:
    """A method that this version doesn't know fails."""
    office.put(Send("reactions.add", {"name": "eyes"}), channel=CHANNEL)
    office.run()
    assert (office.states(), office.rows()[0]["error"]) == (["failed"], "unknown_method")


def test_listener_of_failures_fails(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever is told of failures may fail as well: it is logged, and the rows are dealt with."""
    sender = office.open_sender()
    office.failures = None  # type: ignore[assignment]  # so that noting one fails
    office.answer()
    office.slack.fail("chat.postMessage", "is_archived")
    assert office.run(sender) == 1
    assert office.states() == ["failed"]
    assert "a failure could not be reported" in caplog.text


def test_plainer(office: Office) -> None:
    """A message that says its charts in plain blocks too is sent with those where a chart is refused."""
    plain = {"type": "section", "text": {"type": "mrkdwn", "text": "Mon: 3"}}
    chart = {"type": "data_visualization", "title": "Questions", "chart": {"type": "pie"}}
    office.put(build_post(Reply("Mon: 3", (chart,), (plain,)), CHANNEL))
    office.slack.fail("chat.postMessage", "invalid_blocks")
    assert office.run() == 1
    refused, taken = office.slack.called("chat.postMessage")
    assert (refused.arguments["blocks"], taken.arguments["blocks"]) == ([chart], [plain])
    assert "plainer" not in refused.arguments
    assert "plainer" not in taken.arguments
    assert office.states() == ["sent"]
