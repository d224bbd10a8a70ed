"""What isn't of Slack's shape reaches no listener: it is acknowledged, with one line in the log."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.slack.payload import ShapeError, read_payload
from bot.slack.response_url import is_response_url
from bot.slack.target import Target, read_target
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, PERSON, Front, Json
from tests.support.malformed import Run, nest, open_front

API = "https://slack.com/api/"
MESSAGE = {"type": "message", "channel": CHANNEL, "ts": "1790000001.000100", "user": PERSON, "text": "28504"}
CLICK = {
    "type": "block_actions",
    "user": {"id": PERSON},
    "channel": {"id": CHANNEL},
    "response_url": "https://hooks.slack.com/actions/T1/1/x",
    "actions": [{"action_id": "choice_show", "value": "{}"}],
}
SHORTCUT = {
    "type": "message_action",
    "callback_id": "explain_error",
    "user": {"id": PERSON},
    "channel": {"id": CHANNEL},
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.com/app/T1/1/x",
    "message": MESSAGE,
}
COMMAND = {"command": "/fault", "user_id": PERSON, "response_url": "https://hooks.slack.com/x"}


def deliver(event: object, **envelope: Any) -> Json:
    return {"type": "event_callback", "team_id": "T0FAULT", "event": event} | envelope


MALFORMED = {
    "no object": [1],
    "no type": {},
    "a type that is none": {"type": {}},
    "an event that is a number": deliver(1),
    "an event that is null": deliver(None),
    "an event without a type": deliver({"channel": CHANNEL}),
    "authorizations that are an object": deliver(MESSAGE, authorizations={}),
    "a team that is a list": deliver(MESSAGE, team_id=["T0FAULT"]),
    "a subtype that is an object": deliver(MESSAGE | {"subtype": {}}),
    "a ts that is a number": deliver(MESSAGE | {"ts": 1790000001.0001}),
    "a ts with NUL": deliver(MESSAGE | {"ts": "1790000001.\0"}),
    "a ts with half a character": deliver(MESSAGE | {"ts": "1790000001.\ud800"}),
    "a part whose name is half a character": deliver(MESSAGE | {"\ud800": 1}),
    "a channel with a line break": deliver(MESSAGE | {"channel": "C0SUPPORT\n"}),
    "a user that is too long": deliver(MESSAGE | {"user": "U" * 101}),
    "an edit of a text": deliver(MESSAGE | {"subtype": "message_changed", "message": "28504"}),
    "a text that is a number": deliver(MESSAGE | {"text": 28504}),
    "no button": CLICK | {"actions": []},
    "a button that is a text": CLICK | {"actions": ["choice_show"]},
    "a button whose value is too long": CLICK | {"actions": [{"action_id": "x", "value": "1" * 2_001}]},
    "a button whose value is an object": CLICK | {"actions": [{"action_id": "x", "value": {}}]},
    "a modal that is a number": CLICK | {"view": 1},
    "a click by nobody": CLICK | {"user": {}},
    "a shortcut on a text": SHORTCUT | {"message": "28504"},
    "a shortcut in a channel that is a list": SHORTCUT | {"channel": [CHANNEL]},
    "a shortcut whose trigger is an object": SHORTCUT | {"trigger_id": {}},
    "a modal without one": {"type": "view_submission", "user": {"id": PERSON}},
    "a command whose text is an object": COMMAND | {"text": {}},
    "a command by a number": COMMAND | {"user_id": 28504},
    "another's address": COMMAND | {"response_url": "https://hooks.slack.com.example.com/x"},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed(front: Front, slack: FakeSlack, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is acknowledged by HTTP and Socket Mode, with one line in the log that repeats nothing of it."""
    body = MALFORMED[name]
    form = isinstance(body, dict) and not {"event", "command"} & set(body)
    sent = urlencode({"payload": json.dumps(body)}) if form else json.dumps(body)
    assert front.send(sent, form=form).status_code == 200
    assert front.service.entry.take(body).status == 200
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 2
    assert "28504" not in caplog.text
    assert [record for record in lines if record.exc_info] == []
    front.settle()
    assert slack.called("chat.postMessage") == slack.called("chat.postEphemeral") == []


@pytest.mark.parametrize(
    "body", ["", "[" * 3_000, '{"type":', "{'type': 1}", '{"event": "\\x"}', "nonsense", "payload=%7B"]
)
def test_no_json(front: Front, body: str, caplog: pytest.LogCaptureFixture) -> None:
    """What is no JSON where JSON is due gets 400."""
    assert front.send(body, form=body.startswith("payload")).status_code == 400
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("deep", [nest(60), nest(900), {"blocks": nest(900)}])
def test_deep_contents(front: Front, deep: object) -> None:
    """What a post contains may be nested as deep as JSON is read: it says nothing."""
    assert front.service.entry.take(deliver(MESSAGE | {"blocks": deep, "attachments": [deep]})).status == 200


@pytest.mark.parametrize(
    "value", ["[" * 1_990, '{"k":' * 390, '{"k":"answered","o":1e999}', "\ud800", "null"]
)
def test_button_values(front: Front, slack: FakeSlack, value: str) -> None:
    """A button's value that the desk never wrote counts as one whose entry is gone."""
    front.click({"type": "button", "action_id": "choice_show", "value": value})
    assert "no longer documented" in slack.wait_for("chat.postEphemeral")[0].arguments["text"]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_suggestion", "user": {"id": PERSON}},
        {"type": "event_callback", "event": {"type": "reaction_added", "item": 1}},
        {"type": "app_rate_limited", "minute_rate_limited": 1},
    ],
)
def test_unheard_of(body: Json) -> None:
    """A kind of request that the desk doesn't listen to is none of its business, whatever its parts are."""
    assert read_payload(body) is None


def test_error_names_the_place() -> None:
    """The error says where the shape differs."""
    with pytest.raises(ShapeError, match=r"\$\.event\.ts"):
        read_payload(deliver(MESSAGE | {"ts": 1}))


@pytest.mark.parametrize(
    ("url", "api", "fits"),
    [
        ("https://hooks.slack.com/actions/T1/1/x", API, True),
        ("https://hooks.slack-gov.com/actions/T1/1/x", API, True),
        ("http://hooks.slack.com/actions/T1/1/x", API, False),
        ("https://hooks.slack.com.example.com/x", API, False),
        ("https://notslack.com/x", API, False),
        ("https://example.com/@hooks.slack.com/x", API, False),
        ("https://hooks.slack.com@example.com/x", API, False),
        ("https://example.com\\@hooks.slack.com/x", API, False),
        ("https://hooks.slack.com:8443/x", API, False),
        ("https://hooks.slack.com:x/", API, False),
        ("https://[", API, False),
        ("file:///etc/passwd", API, False),
        ("http://127.0.0.1:4000/response/x", "http://127.0.0.1:4000/api/", True),
        ("http://127.0.0.1:4001/response/x", "http://127.0.0.1:4000/api/", False),
        ("http://169.254.169.254/latest", "http://127.0.0.1:4000/api/", False),
    ],
)
def test_response_url(url: str, api: str, fits: bool) -> None:
    """An answer goes by https to Slack's hosts, or to where SLACK_API_URL points, and nowhere else."""
    assert is_response_url(url, api) is fits


@pytest.mark.parametrize("by_socket", [False, True])
def test_spoilt_payloads(slack: FakeSlack, tmp_path: Path, by_socket: bool) -> None:
    """Of 1,500 payloads with exchanged, lost and doubled parts none gets 500, none leaves a traceback.

    `python -m tests.support.malformed` sends as many as one likes.
    """
    with Run(open_front(slack, tmp_path), seed=7) as run:
        for _ in range(1_500):
            run.send_one(by_socket)
        run.empty()
    run.front.settle()
    assert run.failed == []
    assert set(run.statuses) <= {200, 400}


@pytest.mark.parametrize(
    "metadata", ["C1 1790000001.\udfff {}", "1790000001.\udfff", "C\0 1.1 {}", "C1", " ", "x" * 3_000]
)
def test_metadata_of_others(front: Front, metadata: str) -> None:
    """A modal whose metadata the desk never wrote is answered, and nothing of it is asked of the database."""
    front.command("28504")
    view = {"id": "V1", "callback_id": "answer_post", "private_metadata": metadata}
    for action in ("language_switch_zh", "choice_show", "answer_share"):
        assert front.click({"action_id": action, "value": "{}"}, view=view).status_code == 200
    assert read_target(metadata) == Target("", "", "")
