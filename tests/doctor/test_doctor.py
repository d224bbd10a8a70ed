"""The doctor: each thing that can be wrong is found and said; a sound desk has nothing wrong."""

from __future__ import annotations

import email.utils
import http.server
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.cli import main
from bot.config import Settings
from bot.doctor.doctor import Doctor
from bot.doctor.outside import PATIENCE, ask_running, open_existing
from bot.doctor.workspace import MOST_CHANNELS, examine_clock
from bot.errors import Problem, SettingError
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.manifest import build_manifest
from bot.replies.findings import Finding
from bot.stores import channels, ledger, outbox
from bot.stores.channels import ChannelRow
from bot.stores.database import Database, open_database
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import SECRET, TOKEN
from tests.support.migrated import open_migrated
from tests.support.rows import build_line
from tests.support.shipped import load_shipped

KNOWLEDGE = load_shipped()
SCOPES = build_manifest()["oauth_config"]["scopes"]["bot"]
SETTINGS = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
POST = "chat.postMessage"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake Web API that has granted all scopes."""
    with FakeSlack() as fake:
        fake.scopes = ",".join(SCOPES)
        yield fake


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with its tables."""
    opened = open_migrated(f"sqlite:///{tmp_path}/faultbook.db")
    yield opened
    opened.close()


Examine = Callable[..., dict[str, Finding]]


@pytest.fixture
def examine(slack: FakeSlack, database: Database) -> Examine:
    """Examine a desk; what a test says of it apart, it is sound."""

    def run(
        *,
        environ: Mapping[str, str] | None = None,
        load: Callable[[], Knowledge] = lambda: KNOWLEDGE,
        problems: tuple[Problem, ...] = (),
        find_database: Callable[[], Database | None] = lambda: database,
        are_live: Callable[[], bool | None] = lambda: True,
        clock: Callable[[], float] | None = None,
    ) -> dict[str, Finding]:
        settings = Settings.from_env({**SETTINGS, "SLACK_API_URL": slack.url, **(environ or {})})
        given = {"clock": clock} if clock else {}
        found = Doctor(settings, load, lambda _root: problems, **given).examine(find_database, are_live)
        assert all(finding.key in KNOWLEDGE.messages["en"] for finding in found)
        return {finding.key: finding for finding in found}

    return run


def list_wrong(found: Mapping[str, Finding]) -> list[str]:
    return [key for key, finding in found.items() if finding.state == "wrong"]


def test_sound(examine: Examine) -> None:
    """Where all is well nothing is wrong, and each thing that was looked at is told."""
    found = examine()
    assert list_wrong(found) == []
    assert [key for key, finding in found.items() if finding.state == "good"] == [
        "doctor_knowledge", "doctor_database", "doctor_outbox_empty", "doctor_token", "doctor_scopes",
        "doctor_clock", "doctor_channels_none", "doctor_by_http",
    ]  # fmt: skip
    assert [key for key, finding in found.items() if finding.state == "unknown"] == ["doctor_event_none"]


@pytest.mark.parametrize(
    ("environ", "wrong"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "setting_no_bot_token"),
        ({"SLACK_SIGNING_SECRET": ""}, "setting_no_way_in"),
        ({"LOG_LEVEL": "loud"}, "setting_log_level"),
        ({"FAULTBOOK_ADMINS": "mei"}, "setting_people"),
        ({"FAULTBOOK_RETENTION": "0"}, "setting_retention"),
        ({"FAULTBOOK_LANGUAGE": "tlh"}, "setting_unknown_language"),
        ({"FAULTBOOK_WATCH": "#support=auto"}, "setting_watch"),
        ({"FAULTBOOK_ADMIN": "U012AB3CD"}, "doctor_setting_misspelt"),
    ],
)
def test_setting(examine: Examine, environ: dict[str, str], wrong: str) -> None:
    """A setting that is missing or can't be so is told, and the rest is examined all the same."""
    found = examine(environ=environ)
    assert list_wrong(found) == [wrong]
    assert "doctor_database" in found


class TestKnowledge:
    """The knowledge."""

    def test_broken(self, examine: Examine, toy: Path) -> None:
        """A problem of form is told with its file and line."""
        (toy / "kettle/codes/102.yaml").write_text('code: "102"\n', encoding="utf-8")
        found = examine(load=lambda: load_knowledge(toy))
        assert list_wrong(found) == ["doctor_problem"]
        assert str(found["doctor_problem"].values["problem"]).startswith("knowledge/kettle/codes/102.yaml:1")
        assert "doctor_channels_none" not in found  # the setting names languages, too

    def test_linted(self, examine: Examine) -> None:
        """What the linter finds is told as well; of many problems, how many there are more."""
        problems = tuple(Problem("k/a.yaml", line, "field-empty", "told") for line in range(1, 14))
        found = examine(problems=problems)
        assert found["doctor_problem"].values == {"problem": "k/a.yaml:10: field-empty: told"}
        assert found["doctor_problems_more"].values == {"count": 3}

    def test_missing(self, examine: Examine) -> None:
        """A folder that isn't there is told."""

        def load() -> Knowledge:
            raise SettingError("knowledge_missing", path="/gone")

        assert list_wrong(examine(load=load)) == ["knowledge_missing"]


class TestDatabase:
    """The database, and what stands in it."""

    def test_none_yet(self, examine: Examine, tmp_path: Path) -> None:
        """A file that isn't there yet is no fault, and isn't made."""
        url = f"sqlite:///{tmp_path}/new/faultbook.db"
        found = examine(find_database=lambda: open_existing(url))
        assert list_wrong(found) == []
        assert found["doctor_database_none"].state == "good"
        assert "database" in found["doctor_database_none"].values
        assert not (tmp_path / "new").exists()

    def test_not_migrated(self, examine: Examine, tmp_path: Path) -> None:
        """Tables of another version are told."""
        empty = open_database(f"sqlite:///{tmp_path}/empty.db")
        assert list_wrong(examine(find_database=lambda: empty)) == ["setting_not_migrated"]
        empty.close()

    def test_out_of_reach(self, examine: Examine) -> None:
        """A server that doesn't answer is told, in the database's own words."""
        gone = open_existing("postgresql://desk:s3cret@127.0.0.1:9/faultbook")
        assert gone
        found = examine(find_database=lambda: gone)
        assert list_wrong(found) == ["doctor_database_failed"]
        assert "s3cret" not in str(found)

    def test_wrong_url(self, examine: Examine) -> None:
        """A URL that can't be one is told."""
        assert list_wrong(examine(find_database=lambda: open_existing("mysql://x/y"))) == ["setting_database"]

    @pytest.mark.parametrize(("age", "key"), [(200.0, "doctor_outbox"), (400.0, "doctor_outbox_stuck")])
    def test_outbox(self, examine: Examine, database: Database, age: float, key: str) -> None:
        """How many wait and for how long is told; over five minutes something is wrong."""
        with database.write() as connection:
            for at in (1000.0, 1100.0):
                outbox.enqueue(connection, TEAM, "C1", POST, {}, "", at)
        found = examine(clock=lambda: 1000.0 + age)
        assert (key in list_wrong(found)) == (key == "doctor_outbox_stuck")
        assert found[key].values == {"count": 2, "span": f"{age // 60:.0f} min"}

    @pytest.mark.parametrize(("age", "state"), [(7200.0, "good"), (100_000.0, "unknown")])
    def test_event(self, examine: Examine, database: Database, age: float, state: str) -> None:
        """When the latest post came is told; after a day of silence nobody can tell whether all is well."""
        with database.write() as connection:
            ledger.add_row(connection, build_line("1.0", at=1000.0))
        found = examine(clock=lambda: 1000.0 + age)
        assert found["doctor_event"].state == state


class TestSlack:
    """What Slack says."""

    @pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive"])
    def test_token(self, examine: Examine, slack: FakeSlack, error: str) -> None:
        """A token that Slack refuses is told by Slack's name of the error."""
        slack.fail("auth.test", error)
        found = examine()
        assert list_wrong(found) == ["token_refused"]
        assert found["token_refused"].values == {"error": error}

    def test_trouble(self, examine: Examine, slack: FakeSlack) -> None:
        """A Slack that is in trouble, or can't be reached, is told."""
        slack.fail("auth.test", "x", status=503)
        assert list_wrong(examine()) == ["slack_unreachable"]
        found = examine(environ={"SLACK_API_URL": "http://127.0.0.1:9/api/"})
        assert list_wrong(found) == ["slack_unreachable"]

    def test_scopes(self, examine: Examine, slack: FakeSlack) -> None:
        """Scopes that the manifest asks for and Slack hasn't granted are named; more do no harm."""
        slack.scopes = ", ".join([*SCOPES[1:-1], "users:read"])
        found = examine()
        assert list_wrong(found) == ["doctor_scopes_missing"]
        assert found["doctor_scopes_missing"].values == {"scopes": f"{SCOPES[0]}, {SCOPES[-1]}"}

    @pytest.mark.parametrize(("skew", "wrong"), [(0.0, False), (50.0, False), (-90.0, True), (400.0, True)])
    def test_clock(self, skew: float, wrong: bool) -> None:
        """A clock that is a minute off is told, whichever way."""
        date = email.utils.formatdate(1_790_000_000, usegmt=True)
        assert (examine_clock({"date": date}, 1_790_000_000 + skew).state == "wrong") is wrong

    @pytest.mark.parametrize("headers", [{}, {"date": ""}, {"date": "yesterday"}])
    def test_no_date(self, headers: dict[str, str]) -> None:
        """An answer without a date compares with nothing."""
        assert examine_clock(headers, 0.0).key == "doctor_clock_untold"

    def test_real_clock(self, examine: Examine) -> None:
        """The date is read from Slack's own answer."""
        assert "doctor_clock_wrong" in list_wrong(examine(clock=lambda: 1_000_000_000.0))


class TestChannels:
    """The channels that are watched."""

    WATCH: Mapping[str, str] = {"FAULTBOOK_WATCH": "C0A=auto,C0B=shadow,C0C=off,C0D=auto"}

    def test_members(self, examine: Examine, slack: FakeSlack, database: Database) -> None:
        """Watched are those of the setting and those that members set, whose word counts."""
        with database.write() as connection:
            channels.set_channel(connection, ChannelRow(TEAM, "C0D", mode="off", changed_by="U1"))
            channels.set_channel(connection, ChannelRow(TEAM, "C0E", mode="auto", changed_by="U1"))
            channels.set_external(connection, TEAM, "C0F", True)
        slack.workspace.outside |= {"C0B", "C0E"}
        found = examine(environ=self.WATCH)
        assert found["doctor_channels"].values == {"count": 1, "total": 3}
        assert list_wrong(found) == ["doctor_channels_absent"]
        assert found["doctor_channels_absent"].values == {"channels": "C0B, C0E"}

    def test_without_the_scope(self, examine: Examine, slack: FakeSlack) -> None:
        """Without the scope to describe a channel, whether it can be read tells; nothing is read of it."""
        slack.fail("conversations.info", "missing_scope", times=3)
        slack.workspace.outside |= {"C0B"}
        found = examine(environ=self.WATCH)
        assert found["doctor_channels"].values == {"count": 2, "total": 3}
        assert found["doctor_channels_absent"].values == {"channels": "C0B"}
        assert {call.arguments["limit"] for call in slack.called("conversations.history")} == {"1"}

    def test_untold(self, examine: Examine, slack: FakeSlack) -> None:
        """Where neither can be told, that is said, with Slack's reason; it isn't called wrong."""
        slack.fail("conversations.info", "missing_scope", times=3)
        slack.fail("conversations.history", "missing_scope", times=2)
        slack.fail("conversations.history", "x", status=503)
        found = examine(environ=self.WATCH)
        assert list_wrong(found) == []
        told = "C0A (missing_scope), C0B (missing_scope), C0D (http_503)"
        assert found["doctor_channels_untold"].values == {"channels": told}

    def test_many(self, examine: Examine, slack: FakeSlack) -> None:
        """Slack is asked about so many at most; the others are named."""
        names = [f"C{number:04}" for number in range(MOST_CHANNELS + 2)]
        found = examine(environ={"FAULTBOOK_WATCH": ",".join(f"{name}=auto" for name in names)})
        assert len(slack.called("conversations.info")) == MOST_CHANNELS
        assert found["doctor_channels_untold"].values == {"channels": ", ".join(names[-2:])}


@pytest.mark.parametrize(
    ("live", "key", "state"),
    [
        (True, "doctor_sessions", "good"),
        (False, "doctor_sessions_none", "wrong"),
        (None, "doctor_sessions_untold", "unknown"),
    ],
)
def test_sessions(examine: Examine, live: bool | None, key: str, state: str) -> None:
    """With Socket Mode, whether there is a session is told, or that nobody can tell."""
    found = examine(environ={"SLACK_APP_TOKEN": "xapp-1"}, are_live=lambda: live)
    assert found[key].state == state


class Page(http.server.BaseHTTPRequestHandler):
    """The page of a desk that isn't ready."""

    body = b""

    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Say nothing."""


@pytest.mark.parametrize(
    ("body", "live"),
    [
        ({"ready": False, "checks": {"socket": False}}, False),
        ({"checks": {"socket": True}}, True),
        ({"checks": {}}, None),
        ({"checks": []}, None),
        ([1], None),
        (None, None),
    ],
)
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - nothing listens there
def test_desk_that_serves(body: Any, live: bool | None, host: str) -> None:
    """The desk that serves on this machine is asked for its page, ready or not, wherever it listens."""
    handler = type("Served", (Page,), {"body": json.dumps(body).encode() if body else b"<html>"})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        assert ask_running(Settings(host=host, port=server.server_port), lambda: 1000.0) is live
        server.shutdown()
        thread.join()
    assert ask_running(Settings(port=9)) is None


@pytest.mark.parametrize("status", [200, 503])
def test_desk_that_drips(status: int) -> None:
    """The page of a desk has three seconds in all, however its bytes come."""
    now = [1000.0]

    class Slow(Page):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            now[0] += PATIENCE + 1.0
            self.wfile.write(b'{"checks": {"socket": true}}')

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        assert ask_running(Settings(port=server.server_port), lambda: now[0]) is None
        server.shutdown()
        thread.join()


class TestCommand:
    """`faultbook doctor`."""

    @pytest.fixture(autouse=True)
    def _settings(self, monkeypatch: pytest.MonkeyPatch, slack: FakeSlack, tmp_path: Path) -> None:
        for name in ("FAULTBOOK_KNOWLEDGE", "FAULTBOOK_LANGUAGE", "FAULTBOOK_WATCH", "SLACK_APP_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        for name, value in SETTINGS.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SLACK_API_URL", slack.url)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/faultbook.db")

    @pytest.mark.usefixtures("database")
    def test_sound(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Where all is well the exit code is 0, and no secret is shown."""
        assert main(["doctor"]) == 0
        told, complaint = capsys.readouterr()
        assert complaint == ""
        assert told.splitlines()[-1] == "No problems found."
        assert "· SLACK_BOT_TOKEN: ***" in told
        assert "✓ SLACK_BOT_TOKEN is valid: faultbook in Faultbook." in told
        assert "· HOST: 127.0.0.1 (default)" in told
        for secret in (TOKEN, SECRET):
            assert secret not in told

    def test_wrong(
        self,
        capsys: pytest.CaptureFixture[str],
        database: Database,
        slack: FakeSlack,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Where something is wrong the exit code is 1, and the last line counts; in the language set."""
        slack.scopes = "commands"
        monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
        with database.write() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = 'x'"))
        assert main(["doctor"]) == 1
        told = capsys.readouterr().out
        assert "✗ 缺少权限" in told
        assert told.splitlines()[-1] == "发现 2 个问题"

    def test_broken_knowledge(
        self, capsys: pytest.CaptureFixture[str], toy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A broken folder is told in the built-in words, with file and line."""
        monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(toy))
        (toy / "kettle/pack.yaml").write_text("title: [\n", encoding="utf-8")
        assert main(["doctor"]) == 1
        told = capsys.readouterr().out
        assert "✗ knowledge/kettle/pack.yaml:" in told
        assert "yaml-broken" in told
