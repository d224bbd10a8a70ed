"""Settings: what the environment may set, and how wrong values are told."""

from __future__ import annotations

import dataclasses
from datetime import UTC, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import TABLE, Settings, read_settings, refuse
from bot.digest_schedule import DigestSchedule
from bot.errors import SettingError, SettingsError
from bot.setting_values import Secret
from bot.watch_mode import WatchPreset

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"}
NO_DIGESTS = (
    *("C012", "C012:mon", "C012:mon:9:00", "C012:mon:24:00", "C012:mon:09:60", "C012:Monday:09:00"),
    *("#support:mon:09:00", "D012:mon:09:00", "C012:mon:09:00:Mars/Olympus", "C012:mon:09:00:Asia"),
    *(
        "C012:mon:09:00:../../etc/passwd",
        "C012:mon:09:00:",
        "C012:xyz:09:00",
        "C012:mon:09:00:/etc/localtime",
    ),
)
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def read(**environ: str) -> Settings:
    """Read settings none of which is wrong."""
    settings = Settings.from_env(environ)
    assert settings.faults == {}
    return settings


def test_nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty environment gives the built-in knowledge, English, Slack itself, and this machine alone."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: Path("/home/mei/.local/share") / name)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: Path("/home/mei/.cache") / name)
    settings = read()
    assert settings == Settings()
    assert {name: getattr(settings, name) for name in TABLE} == {
        "bot_token": Secret(""),
        "app_token": Secret(""),
        "signing_secret": Secret(""),
        "api_url": "https://slack.com/api/",
        "host": "127.0.0.1",
        "port": 3000,
        "database_url": Secret("sqlite:////home/mei/.local/share/faultbook/faultbook.db"),
        "knowledge": None,
        "file_limit": 4_000_000,
        "drafts": False,
        "language": "en",
        "watch": {},
        "admins": frozenset(),
        "authors": frozenset(),
        "keep_questions": False,
        "retention": 90 * 86_400.0,
        "digest": (),
        "cache": Path("/home/mei/.cache/faultbook/compiled"),
        "log_level": "INFO",
    }
    assert settings.written == {}


def test_everything_set() -> None:
    """All settings are read; white space around them and capitals where they don't matter are put up with."""
    settings = read(
        FAULTBOOK_KNOWLEDGE=" ~/codes ",
        FAULTBOOK_FILE_LIMIT="20",
        FAULTBOOK_DRAFTS="On",
        FAULTBOOK_LANGUAGE=" ZH ",
        SLACK_BOT_TOKEN=" xoxb-1\n",  # noqa: S106 - opens nothing
        SLACK_SIGNING_SECRET="abc",  # noqa: S106 - likewise
        SLACK_APP_TOKEN="xapp-1",  # noqa: S106 - likewise
        SLACK_API_URL="http://127.0.0.1:3911/api",
        HOST="0.0.0.0",  # noqa: S104 - a setting, nothing listens
        PORT="8080",
        LOG_LEVEL="debug",
        DATABASE_URL=" postgres://desk:s3cret@db/faultbook ",
        FAULTBOOK_RETENTION="30",
        FAULTBOOK_ADMINS="U012, W345",
        FAULTBOOK_AUTHORS="U678",
        FAULTBOOK_KEEP_QUESTIONS="Redacted",
        FAULTBOOK_DIGEST="C012:mon:09:00:Asia/Shanghai, G345:sun:23:59",
        FAULTBOOK_WATCH="C012=auto:eager:zh, G345=Shadow C678=off:en",
        FAULTBOOK_CACHE="/var/cache/desk",
        HOME="/nowhere",
    )
    assert {name: getattr(settings, name) for name in TABLE} == {
        "bot_token": Secret("xoxb-1"),
        "app_token": Secret("xapp-1"),
        "signing_secret": Secret("abc"),
        "api_url": "http://127.0.0.1:3911/api/",
        "host": "0.0.0.0",  # noqa: S104 - likewise
        "port": 8080,
        "database_url": Secret("postgres://desk:s3cret@db/faultbook"),
        "knowledge": Path("~/codes").expanduser(),
        "file_limit": 20_000_000,
        "drafts": True,
        "language": "zh",
        "watch": {
            "C012": WatchPreset("auto", eager=True, language="zh"),
            "G345": WatchPreset("shadow"),
            "C678": WatchPreset("off", language="en"),
        },
        "admins": frozenset({"U012", "W345"}),
        "authors": frozenset({"U678"}),
        "keep_questions": True,
        "retention": 30 * 86_400.0,
        "digest": (
            DigestSchedule("C012", 0, time(9, 0), ZoneInfo("Asia/Shanghai")),
            DigestSchedule("G345", 6, time(23, 59), UTC),
        ),
        "cache": Path("/var/cache/desk"),
        "log_level": "DEBUG",
    }
    assert settings.written.keys() == TABLE.keys()


def test_empty_is_absent() -> None:
    """A variable that is set to nothing counts as absent."""
    assert read(**{row.variable: " " for row in TABLE.values()}) == Settings()


def test_no_cache() -> None:
    """The cache can be switched off."""
    assert read(FAULTBOOK_CACHE="OFF").cache is None


def test_each_has_a_variable_of_its_own() -> None:
    """No two settings are read from the same variable."""
    assert len({row.variable for row in TABLE.values()}) == len(TABLE)


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "setting_swapped"),
        ("SLACK_APP_TOKEN", "xoxb-1", "setting_swapped"),
        ("PORT", "0", "setting_port"),
        ("PORT", "65536", "setting_port"),
        ("PORT", "http", "setting_port"),
        ("PORT", "8080.5", "setting_port"),
        ("PORT", "９９", "setting_port"),
        ("PORT", "9" * 5000, "setting_port"),
        ("LOG_LEVEL", "loud", "setting_log_level"),
        ("FAULTBOOK_RETENTION", "0", "setting_retention"),
        ("FAULTBOOK_RETENTION", "3651", "setting_retention"),
        ("FAULTBOOK_RETENTION", "-1", "setting_retention"),
        ("FAULTBOOK_RETENTION", "1.5", "setting_retention"),
        ("FAULTBOOK_RETENTION", "９０", "setting_retention"),
        ("FAULTBOOK_RETENTION", "9" * 5000, "setting_retention"),
        ("FAULTBOOK_FILE_LIMIT", "0", "setting_file_limit"),
        ("FAULTBOOK_DRAFTS", "yes", "setting_switch"),
        ("FAULTBOOK_FILE_LIMIT", "101", "setting_file_limit"),
        ("FAULTBOOK_FILE_LIMIT", "4 MB", "setting_file_limit"),
        ("FAULTBOOK_ADMINS", "U012,mei", "setting_people"),
        ("FAULTBOOK_AUTHORS", "@mei", "setting_people"),
        ("FAULTBOOK_KEEP_QUESTIONS", "on", "setting_keep_questions"),
        *(("FAULTBOOK_DIGEST", value, "setting_digest") for value in NO_DIGESTS),
        ("FAULTBOOK_WATCH", "#support=auto", "setting_watch"),
        ("FAULTBOOK_WATCH", "C012", "setting_watch"),
        ("FAULTBOOK_WATCH", "C012=loud", "setting_watch"),
        ("FAULTBOOK_WATCH", "C012=auto:careful:eager", "setting_watch"),
        ("FAULTBOOK_WATCH", "C012=auto:zh:en", "setting_watch"),
        ("FAULTBOOK_WATCH", "C012=auto:", "setting_watch"),
    ],
)
def test_wrong(variable: str, value: str, key: str) -> None:
    """A setting that is wrong has a sentence of its own, and its default until it is mended."""
    settings = Settings.from_env({variable: value})
    [(name, fault)] = settings.faults.items()
    assert (TABLE[name].variable, fault.key) == (variable, key)
    assert getattr(settings, name) == getattr(Settings(), name)
    with pytest.raises(SettingError) as raised:
        refuse([fault])
    assert raised.value is fault


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://slack.com/api/", True),
        ("https://proxy.example.com/slack/", True),
        ("http://127.0.0.1:3911/api/", True),
        ("http://localhost:3911/api/", True),
        ("http://[::1]:3911/api/", True),
        ("http://slack.com/api/", False),
        ("http://127.0.0.1.example.com/api/", False),
        ("http://10.0.0.5/api/", False),
        ("https:///api/", False),
        ("ftp://127.0.0.1/", False),
        ("slack.com", False),
        ("http://[::1", False),
        ("http://127.0.0.1:99999/", False),
        ("https://desk:PW@proxy.example.com/", False),
    ],
)
def test_address_of_slack(url: str, safe: bool) -> None:
    """Tokens are sent to an https address or to this machine, to no other; no wrong address is repeated."""
    settings = Settings.from_env({"SLACK_API_URL": url})
    if safe:
        assert settings.api_url == url
        return
    fault = settings.faults["api_url"]
    assert (fault.key, fault.values) == ("setting_address", {})


def test_all_together() -> None:
    """All settings that are wrong are told at once, in the order of the table."""
    environ = {"LOG_LEVEL": "loud", "PORT": "no", "FAULTBOOK_RETENTION": "x", "SLACK_BOT_TOKEN": "abc"}
    settings = Settings.from_env(environ)
    with pytest.raises(SettingsError) as raised:
        refuse(list(settings.faults.values()))
    told = [fault.key for fault in raised.value.faults]
    assert told == ["setting_swapped", "setting_port", "setting_retention", "setting_log_level"]
    assert (raised.value.key, raised.value.values) == ("settings_wrong", {"count": 4})


def test_unknown_languages() -> None:
    """A language that the knowledge hasn't is told with the setting's name, its value and what is known."""
    settings = read(FAULTBOOK_LANGUAGE="tlh", FAULTBOOK_WATCH="C012=auto:zh,C345=auto:fr")
    assert [fault.values for fault in settings.find_language_faults(["en", "zh"])] == [
        {"name": "FAULTBOOK_LANGUAGE", "value": "tlh", "known": "en, zh"},
        {"name": "FAULTBOOK_WATCH", "value": "fr", "known": "en, zh"},
    ]
    keys = [fault.key for fault in settings.find_language_faults(["en", "zh"])]
    assert keys == ["setting_unknown_language", "setting_watch_language"]  # it may be meant for "eager"
    assert list(settings.find_language_faults(["en", "fr", "tlh", "zh"])) == []


@pytest.mark.parametrize(
    ("name", "near"),
    [("ADMIN", "ADMINS"), ("WACH", "WATCH"), ("LANG", "LANGUAGE"), ("KEEP_QUESTION", "KEEP_QUESTIONS")],
)
def test_misspelt_name(name: str, near: str) -> None:
    """A variable of the desk's prefix that is no setting is kept with the setting that it looks like."""
    settings = Settings.from_env({f"FAULTBOOK_{name}": "x", "FAULTBOOK_ADMINS": "U012"})
    assert settings.misspelt == {f"FAULTBOOK_{name}": f"FAULTBOOK_{near}"}


def test_names_that_others_set() -> None:
    """A variable that looks like no setting is nobody's slip, whatever it begins with."""
    others = {"FAULTBOOK_PORT": "tcp://10.0.0.1:80", "FAULTBOOK_SERVICE_HOST": "10.0.0.1", "ADMINS": "x"}
    assert Settings.from_env(others).misspelt == {}


def test_secrets_are_not_shown() -> None:
    """No print of the settings shows a token, a secret or the address of the database."""
    secrets = GOOD | SOCKET | {"DATABASE_URL": "postgresql://desk:s3cret@db/faultbook"}
    settings = Settings.from_env(secrets)
    for secret in ("xoxb", "xapp", "abc", "s3cret"):
        assert secret not in repr(settings)
    assert settings.bot_token.reveal() == "xoxb-1"
    assert {settings.written[name] for name, row in TABLE.items() if row.is_secret} == {"***"}


@pytest.mark.parametrize(
    ("environ", "by_socket", "keys"),
    [
        (GOOD, None, []),
        (GOOD, False, []),
        (SOCKET, None, []),
        (SOCKET | GOOD, True, []),
        ({}, None, ["setting_no_bot_token", "setting_no_way_in"]),
        ({}, True, ["setting_no_bot_token", "setting_no_app_token"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, None, ["setting_no_way_in"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, False, ["setting_no_way_in"]),
        (SOCKET, False, ["setting_http_and_socket"]),
        (GOOD, True, ["setting_no_app_token"]),
        (SOCKET | {"SLACK_APP_TOKEN": "xoxb-1"}, None, []),
    ],
)
def test_what_is_missing_or_contradicts(
    environ: dict[str, str], by_socket: bool | None, keys: list[str]
) -> None:
    """What serving lacks, and what contradicts the way in that was asked for, is told all at once."""
    settings = Settings.from_env(environ)
    assert [fault.key for fault in settings.find_slack_faults(by_socket)] == keys


def test_way_in() -> None:
    """With an app token Slack is reached by Socket Mode, which needs no signing secret; else by HTTP."""
    assert read(**SOCKET).by_socket
    assert not read(**GOOD).by_socket


def test_frozen() -> None:
    """Settings don't change after they were read."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().language = "zh"  # type: ignore[misc] # the fault is the point


def test_read_from_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the process come from its own environment."""
    for row in TABLE.values():
        monkeypatch.delenv(row.variable, raising=False)
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
    monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", "/some/folder")
    assert read_settings() == Settings(knowledge=Path("/some/folder"), language="zh")
