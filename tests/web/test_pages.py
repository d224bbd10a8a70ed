"""The HTTP app: who is let in, and what the health pages say."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk.signature import Clock, SignatureVerifier
from werkzeug.test import Client

from bot.web.pages import MOST_BYTES, build_pages
from bot.web.signature import AT, SIGNATURE, Signature
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import SECRET, Front

BODY = json.dumps(
    {"type": "event_callback", "team_id": "T0FAULT", "event": {"type": "app_mention", "text": "28504"}}
)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def front(slack: FakeSlack, tmp_path: Path) -> Iterator[Front]:
    built = Front(slack, DESK, tmp_path)
    yield built
    built.settle()


def sign(body: str, at: str, secret: str = SECRET) -> dict[str, str]:
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body)
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature or ""}


NOW, DAY = int(time.time()), 86_400


@pytest.mark.parametrize(
    "headers",
    [
        sign(BODY, str(NOW - DAY)),
        sign(BODY, str(NOW + DAY)),
        sign(BODY + " ", str(NOW)),
        sign(BODY, str(NOW), "another secret"),
        {},
        {"X-Slack-Request-Timestamp": str(NOW)},
        {"X-Slack-Signature": "v0=abc"},
        sign(BODY, "yesterday"),
        sign(BODY, "１７９"),
        sign(BODY, "-5"),
        sign(BODY, "9" * 5000),
        sign(BODY, f"{NOW}.5"),
        {"X-Slack-Request-Timestamp": str(NOW), "X-Slack-Signature": "v0=签名"},
    ],
    ids=["old", "future", "tampered", "secret", "none", "unsigned", "untimed", "word", "wide", "negative",
         "endless", "fraction", "letters"],
)  # fmt: skip
def test_refused(
    front: Front, slack: FakeSlack, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """What isn't signed by Slack, now, gets 401 and goes no further; nothing of its body is logged."""
    caplog.set_level("DEBUG")
    assert front.send(BODY, headers).status_code == 401
    assert {call.method for call in slack.calls} <= {"auth.test"}, "only what the start asks"
    assert "28504" not in caplog.text


class Stopped(Clock):
    """A clock that stands."""

    def now(self) -> float:
        return 1_790_000_000.0


@pytest.mark.parametrize(("age", "good"), [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_five_minutes(age: int, good: bool) -> None:
    """A signature is good for five minutes on either side, to the second."""
    headers = sign(BODY, str(1_790_000_000 - age))
    assert Signature(SECRET, Stopped()).is_on(BODY.encode(), headers[AT], headers[SIGNATURE]) is good


def test_body_that_is_no_text() -> None:
    """A body that isn't UTF-8 is refused, whatever its signature."""
    assert not Signature(SECRET, Stopped()).is_on(b"\xff\xfe", "1790000000", "v0=0")


def test_empty_secret() -> None:
    """An empty signing secret lets nobody in: it can't be used."""
    with pytest.raises(ValueError, match="empty"):
        Signature(" ")


def test_signed(front: Front, slack: FakeSlack) -> None:
    """What Slack signed is let in."""
    assert front.mention("28504").status_code == 200
    slack.wait_for("chat.postMessage")


def test_address_check(front: Front) -> None:
    """Slack's check of the address is answered with its challenge."""
    response = front.send(json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1a"}))
    assert (response.status_code, response.get_json()) == (200, {"challenge": "3eZbrw1a"})


def test_too_large(front: Front, slack: FakeSlack) -> None:
    """A body over a megabyte is refused before it is read."""
    assert front.send("x" * (MOST_BYTES + 1)).status_code == 413
    assert {call.method for call in slack.calls} <= {"auth.test"}, "only what the start asks"


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "payload=%7B", "payload=", "\x00"])
@pytest.mark.parametrize("form", [True, False])
def test_nonsense_that_is_signed(front: Front, body: str, form: bool) -> None:
    """A signed body that holds no payload ends in no fault of the server."""
    assert front.send(body, form=form).status_code < 500


def test_only_posts(front: Front) -> None:
    """Slack's address takes POST only; there is nothing else to find."""
    assert front.get("/slack/events").status_code == 405
    assert front.get("/").status_code == 404


def test_health(front: Front) -> None:
    """The health page says that the process lives."""
    assert (front.get("/healthz").status_code, front.get("/healthz").get_json()) == (200, {"alive": True})


def test_methods() -> None:
    """A page is read by GET or HEAD; any other method is refused, with those that it takes."""
    pages = Client(build_pages(dict))
    assert (pages.head("/healthz").status_code, pages.head("/healthz").data) == (200, b"")
    refused = pages.put("/healthz")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("slack_known", [True, False])
def test_readiness(slack_known: bool) -> None:
    """The readiness page names each thing needed; one that is missing makes it 503."""
    pages = Client(build_pages(lambda: {"knowledge": True, "slack": slack_known}))
    response = pages.get("/readyz")
    assert response.status_code == (200 if slack_known else 503)
    checks = {"knowledge": True, "slack": slack_known}
    assert response.get_json() == {"ready": slack_known, "checks": checks, "notes": {}}


def test_notes() -> None:
    """What is wrong, yet keeps nobody from being served, is noted; the desk is ready all the same."""
    notes = {
        "knowledge": "broken since 2026-09-21T14:13:20+00:00; problems: 1, first: a.yaml:3: field-missing"
    }
    response = Client(build_pages(lambda: {"knowledge": True}, notes=lambda: notes)).get("/readyz")
    assert (response.status_code, response.get_json()["notes"]) == (200, notes)


def test_no_numbers() -> None:
    """Where nothing counts there is no page of numbers."""
    assert Client(build_pages(dict)).get("/metrics").status_code == 404


def test_health_pages_alone() -> None:
    """Where Slack comes by Socket Mode there is no address for its requests."""
    assert Client(build_pages(dict)).post("/slack/events").status_code == 404
