"""`faultbook serve` as a process: it starts or says why not, answers, and ends when it's told to."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.cli import main
from demo.ports import ReservedPort
from tests.support.fake_slack import FakeSlack
from tests.support.front import SECRET, TOKEN
from tests.support.instances import KEPT
from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "serve"]


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def port() -> Iterator[int]:
    """Return a port of loopback that no other server gets."""
    reserved = ReservedPort()
    yield reserved.number
    reserved.close()


@pytest.fixture
def small(toy: Path) -> dict[str, str]:
    """The settings of a desk that reads little, where it doesn't matter what it knows."""
    return {"FAULTBOOK_KNOWLEDGE": str(toy)}


def make_environ(slack: FakeSlack, port: int, folder: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a desk that speaks to the fake."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return {
        **kept,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder}/faultbook.db",
        **settings,
    }


def run(environ: Mapping[str, str], *options: str) -> tuple[int, str]:
    """Run it to its end; return the exit code and what it said."""
    done = subprocess.run(
        [*COMMAND, *options],
        cwd=ROOT,
        env=dict(environ),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def fetch(
    port: int, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Return status and text of a page."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, dict(headers or {}))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def announce_body(port: int, length: int) -> int:
    """Return the status for a body of that length, of which nothing is sent: refused, it is never read."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.putrequest("POST", "/slack/events")
        connection.putheader("Content-Length", str(length))
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


def sign(body: str) -> dict[str, str]:
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    kind = "application/x-www-form-urlencoded" if body.startswith("command") else "application/json"
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature, "Content-Type": kind}


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_serves_until_a_signal(slack: FakeSlack, port: int, stop: signal.Signals, tmp_path: Path) -> None:
    """It says where it listens, answers commands and mentions, is ready, and ends with exit code 0."""
    running = subprocess.Popen(
        COMMAND, cwd=ROOT, env=make_environ(slack, port, tmp_path), stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stderr
        announced = ""
        while "/slack/events" not in announced:
            announced = running.stderr.readline()
            assert announced, "it ended before it listened"
        assert f"http://127.0.0.1:{port}/slack/events" in announced
        assert fetch(port, "/healthz")[0] == 200
        assert json.loads(fetch(port, "/readyz")[1]) == {
            "ready": True,
            "checks": {"knowledge": True, "database": True, "slack": True},
            "notes": {},
        }
        command = "command=%2Ffault&text=28504&user_id=U1&team_id=T0FAULT"
        status, told = fetch(port, "/slack/events", command.encode(), sign(command))
        assert (status, json.loads(told)["text"][:6]) == (200, "28504 ")
        event = {
            "type": "app_mention",
            "text": "<@UFAULTBOT> 28504",
            "user": "U1",
            "channel": "C1",
            "ts": "1.1",
        }
        mention = json.dumps({"type": "event_callback", "team_id": "T0FAULT", "event": event})
        assert fetch(port, "/slack/events", mention.encode(), sign(mention))[0] == 200
        assert slack.wait_for("chat.postMessage")[0].arguments["thread_ts"] == "1.1"
        assert announce_body(port, 1_100_000) == 413
        assert 'faultbook_acknowledgement_seconds_count{status="200"} 2.0' in fetch(port, "/metrics")[1]
    finally:
        running.send_signal(stop)
        _, rest = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert "Traceback" not in rest


def test_not_ready_without_slack(slack: FakeSlack, port: int, tmp_path: Path, small: dict[str, str]) -> None:
    """Where Slack doesn't answer it starts all the same, isn't ready, and becomes so by itself."""
    slack.fail("auth.test", "fatal_error", times=1_000, status=503)
    environ = make_environ(slack, port, tmp_path, **small)
    running = subprocess.Popen(COMMAND, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stderr
        while "slack/events" not in running.stderr.readline():
            assert running.poll() is None
        assert fetch(port, "/readyz")[0] == 503
        slack.stop_failing("auth.test")
        while fetch(port, "/readyz")[0] != 200:
            assert running.poll() is None
    finally:
        running.terminate()
        running.communicate(timeout=PATIENCE)
    assert running.returncode == 0


def test_slack_limits_the_start(slack: FakeSlack, port: int, tmp_path: Path, small: dict[str, str]) -> None:
    """Where Slack asks to wait for ten minutes at the start, the pages answer all the same."""
    for method in ("auth.test", "apps.connections.open"):
        slack.fail(method, "ratelimited", times=9, status=429, headers={"Retry-After": "600"})
    environ = make_environ(slack, port, tmp_path, SLACK_APP_TOKEN="xapp-1", **small)  # noqa: S106 - the test's own
    shorter = "import bot.server; bot.server.CONNECT_WAIT = 0.1; "  # seconds, of fifteen
    command = [sys.executable, "-c", shorter + COMMAND[2], "serve"]
    running = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stderr
        while str(port) not in running.stderr.readline():
            assert running.poll() is None
        status, told = fetch(port, "/readyz")
        checks = json.loads(told)["checks"]
        assert (status, checks["database"], checks["slack"]) == (503, True, False)
        slack.wait_for("apps.connections.open")
    finally:
        running.terminate()
        running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert len(slack.called("auth.test")) == len(slack.called("apps.connections.open")) == 1


@pytest.mark.parametrize(
    ("settings", "options", "told"),
    [
        ({"SLACK_BOT_TOKEN": ""}, [], "SLACK_BOT_TOKEN isn't set"),
        ({"SLACK_SIGNING_SECRET": ""}, [], "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set"),
        ({"SLACK_SIGNING_SECRET": "  "}, [], "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, ["--http"], "but HTTP was asked for"),
        ({}, ["--socket"], "--socket needs SLACK_APP_TOKEN"),
        ({}, ["--socket", "--http"], "can't be used together"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, [], "SLACK_BOT_TOKEN must begin with xoxb-"),
        ({"SLACK_API_URL": "http://example.com/"}, [], "SLACK_API_URL must begin with https://"),
        ({"PORT": "many"}, [], "PORT can't be “many”"),
        ({"LOG_LEVEL": "loud"}, [], "LOG_LEVEL can't be “loud”"),
        ({"FAULTBOOK_LANGUAGE": "tlh"}, [], "FAULTBOOK_LANGUAGE can't be “tlh”"),
        ({"FAULTBOOK_KNOWLEDGE": "/nowhere"}, [], "There is no knowledge folder at"),
        ({"FAULTBOOK_WATCH": "#support=auto"}, [], "FAULTBOOK_WATCH can't contain “#support=auto”"),
        ({"FAULTBOOK_ADMINS": "mei"}, [], "FAULTBOOK_ADMINS can't contain “mei”"),
        ({"FAULTBOOK_RETENTION": "0"}, [], "FAULTBOOK_RETENTION"),
        ({"DATABASE_URL": "mysql://x/y"}, [], "DATABASE_URL"),
        ({"FAULTBOOK_LANGUAGE": "zh", "SLACK_BOT_TOKEN": ""}, [], "没有设置 SLACK_BOT_TOKEN"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_does_not_start(
    slack: FakeSlack,
    port: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    options: list[str],
    told: str,
) -> None:
    """What is missing or contradicts is named in one sentence, with exit code 2."""
    monkeypatch.setattr(os, "environ", make_environ(slack, port, tmp_path, **settings))
    code = main(["serve", *options])
    said = capsys.readouterr().err
    assert (code, told in said) == (2, True), said


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"HOST": "203.0.113.1"}, "can't listen there"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x"}, "Remove both"),
    ],
)
def test_ends_before_it_listens(
    slack: FakeSlack, port: int, tmp_path: Path, small: dict[str, str], settings: dict[str, str], told: str
) -> None:
    """What is seen only after the log has begun is named likewise."""
    code, said = run(make_environ(slack, port, tmp_path, **small, **settings))
    assert (code, told in said) == (2, True), said


def test_all_settings_are_told_together(slack: FakeSlack, port: int, tmp_path: Path) -> None:
    """Settings that are wrong for different reasons are told at once, a line each, without secrets."""
    wrong = {"SLACK_BOT_TOKEN": "PW-1", "SLACK_SIGNING_SECRET": "", "PORT": "many", "FAULTBOOK_LANGUAGE": "x"}
    code, said = run(make_environ(slack, port, tmp_path, **wrong, DATABASE_URL="postgresql:desk:PW@h/x"))
    assert code == 2
    starts = ["SLACK_BOT_TOKEN", "PORT", "Neither SLACK_APP_TOKEN", "DATABASE_URL", "FAULTBOOK_LANGUAGE"]
    lines = said.removeprefix("faultbook: ").splitlines()
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=False)] == starts
    assert lines[-1] == "Settings to correct: 5"
    assert "PW" not in said


def test_port_is_taken(slack: FakeSlack, tmp_path: Path, small: dict[str, str]) -> None:
    """A port that something listens at is told by its number."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = run(make_environ(slack, port, tmp_path, **small))
    assert (code, "Faultbook can't listen there" in said) == (2, True), said


def test_token_is_refused(slack: FakeSlack, port: int, tmp_path: Path, small: dict[str, str]) -> None:
    """A bot token that Slack refuses is told at the start, with what to do."""
    slack.fail("auth.test", "invalid_auth")
    code, said = run(make_environ(slack, port, tmp_path, **small))
    assert (code, "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in said) == (2, True), said


def test_app_token_is_refused(slack: FakeSlack, port: int, tmp_path: Path, small: dict[str, str]) -> None:
    """An app token that Slack refuses is told at the start; so is a Slack that can't be reached."""
    slack.fail("apps.connections.open", "invalid_auth")
    environ = make_environ(slack, port, tmp_path, SLACK_APP_TOKEN="xapp-1", **small)  # noqa: S106 - the test's own
    code, said = run(environ)
    assert (code, "Slack refuses SLACK_APP_TOKEN (invalid_auth)" in said) == (2, True), said
    code, said = run(environ | {"SLACK_API_URL": f"http://127.0.0.1:{port}/api/"})
    assert (code, "Slack can't be reached at" in said) == (2, True), said
