"""Settings: what the environment may set, and how a wrong value is told."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.config import VARIABLES, Secret, Settings, read_settings
from bot.errors import SettingError

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def test_nothing_set() -> None:
    """An empty environment gives the built-in knowledge, English, Slack itself, and this machine alone."""
    assert Settings.from_env({}) == Settings(
        knowledge=None,
        language="en",
        api_url="https://slack.com/api/",
        host="127.0.0.1",
        port="3000",
        log_level="INFO",
        database_url=Secret(""),
        retention="90",
    )


def test_everything_set() -> None:
    """All settings are read; white space around them and capitals where they don't matter are put up with."""
    environ = {
        "FAULTBOOK_KNOWLEDGE": " ~/codes ",
        "FAULTBOOK_LANGUAGE": " ZH ",
        "SLACK_BOT_TOKEN": " xoxb-1\n",
        "SLACK_SIGNING_SECRET": "abc",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_API_URL": "http://127.0.0.1:3911/api",
        "HOST": "0.0.0.0",  # noqa: S104 - a setting, nothing listens
        "PORT": "8080",
        "LOG_LEVEL": "debug",
        "DATABASE_URL": " postgres://desk:s3cret@db/faultbook ",
        "FAULTBOOK_RETENTION": "30",
        "HOME": "/nowhere",
    }
    assert Settings.from_env(environ) == Settings(
        knowledge="~/codes",
        language="zh",
        bot_token=Secret("xoxb-1"),
        signing_secret=Secret("abc"),
        app_token=Secret("xapp-1"),
        api_url="http://127.0.0.1:3911/api",
        host="0.0.0.0",  # noqa: S104 - likewise
        port="8080",
        log_level="DEBUG",
        database_url=Secret("postgres://desk:s3cret@db/faultbook"),
        retention="30",
    )


def test_empty_is_absent() -> None:
    """A variable that is set to nothing counts as absent."""
    assert Settings.from_env(dict.fromkeys(VARIABLES.values(), " ")) == Settings()


def test_every_field_has_its_variable() -> None:
    """Each field of the settings is read from one variable."""
    assert {field.name for field in dataclasses.fields(Settings)} == set(VARIABLES)
    assert len(set(VARIABLES.values())) == len(VARIABLES)


def test_known_language() -> None:
    """A language that the knowledge holds is returned as it is."""
    assert Settings(language="zh").get_language(["en", "zh"]) == "zh"


def test_unknown_language_names_the_setting() -> None:
    """A language that nobody wrote is refused with the setting's name, its value and what is known."""
    with pytest.raises(SettingError) as raised:
        Settings(language="tlh").get_language(["en", "zh"])
    assert raised.value.key == "setting_unknown_language"
    assert raised.value.values == {"name": "FAULTBOOK_LANGUAGE", "value": "tlh", "known": "en, zh"}


def test_secrets_are_not_shown() -> None:
    """No print of the settings shows a token or a secret."""
    settings = Settings.from_env(GOOD | {"SLACK_APP_TOKEN": "xapp-1"})
    for printed in (repr(settings), str(settings), f"{settings.bot_token}", repr(settings.get_slack())):
        assert "xoxb" not in printed
        assert "xapp" not in printed
        assert "abc" not in printed
    assert settings.bot_token.reveal() == "xoxb-1"


def test_slack_by_http() -> None:
    """A bot token and a signing secret are enough for HTTP."""
    slack = Settings.from_env(GOOD).get_slack()
    assert (slack.by_socket, slack.host, slack.port) == (False, "127.0.0.1", 3000)
    assert slack.api_url == "https://slack.com/api/"


def test_slack_by_socket() -> None:
    """With an app token Slack is reached by Socket Mode, which needs no signing secret."""
    assert Settings.from_env(SOCKET).get_slack().by_socket
    assert Settings.from_env(SOCKET | GOOD).get_slack(by_socket=True).by_socket


@pytest.mark.parametrize(
    ("environ", "by_socket", "key"),
    [
        ({}, None, "setting_no_bot_token"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, None, "setting_no_way_in"),
        (SOCKET, False, "setting_http_and_socket"),
        (GOOD, True, "setting_no_app_token"),
        (GOOD | {"SLACK_BOT_TOKEN": "xapp-1"}, None, "setting_swapped"),
        (SOCKET | {"SLACK_APP_TOKEN": "xoxb-1"}, None, "setting_swapped"),
        (GOOD | {"PORT": "0"}, None, "setting_port"),
        (GOOD | {"PORT": "65536"}, None, "setting_port"),
        (GOOD | {"PORT": "http"}, None, "setting_port"),
        (GOOD | {"PORT": "8080.5"}, None, "setting_port"),
        (GOOD | {"PORT": "９９"}, None, "setting_port"),
        (GOOD | {"PORT": "9" * 5000}, None, "setting_port"),
    ],
)
def test_what_is_missing_or_contradicts(environ: dict[str, str], by_socket: bool | None, key: str) -> None:
    """A setting that is missing, wrong, or contradicts another is told by a sentence of its own."""
    with pytest.raises(SettingError) as raised:
        Settings.from_env(environ).get_slack(by_socket)
    assert raised.value.key == key


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
    ],
)
def test_address_of_slack(url: str, safe: bool) -> None:
    """Tokens are sent to an https address or to this machine, to no other."""
    settings = Settings.from_env(GOOD | {"SLACK_API_URL": url})
    if safe:
        assert settings.get_slack().api_url == url
        return
    with pytest.raises(SettingError) as raised:
        settings.get_slack()
    assert (raised.value.key, raised.value.values) == ("setting_address", {"value": url})


def test_log_level() -> None:
    """A log level is one of four."""
    assert Settings.from_env({"LOG_LEVEL": "Warning"}).get_log_level() == "WARNING"
    with pytest.raises(SettingError) as raised:
        Settings.from_env({"LOG_LEVEL": "loud"}).get_log_level()
    assert raised.value.values == {"value": "LOUD", "known": "DEBUG, INFO, WARNING, ERROR"}


def test_database_url_is_not_shown() -> None:
    """The address of the database, in which a password may stand, is shown by no print of the settings."""
    settings = Settings.from_env({"DATABASE_URL": "postgresql://desk:s3cret@db/faultbook"})
    assert "s3cret" not in repr(settings)
    assert settings.get_database_url() == "postgresql://desk:s3cret@db/faultbook"


def test_database_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset, the database is a file in the user's data folder."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: Path("/home/mei/.local/share") / name)
    assert Settings().get_database_url() == "sqlite:////home/mei/.local/share/faultbook/faultbook.db"


@pytest.mark.parametrize(("days", "seconds"), [("1", 86_400.0), ("90", 7_776_000.0), ("3650", 315_360_000.0)])
def test_retention(days: str, seconds: float) -> None:
    """The retention is a whole number of days, told in seconds."""
    assert Settings(retention=days).get_retention() == seconds


@pytest.mark.parametrize("days", ["0", "3651", "-1", "1.5", "a week", "９０", "9" * 5000])
def test_wrong_retention(days: str) -> None:
    """A retention of no day, of more than ten years, or that is no number is refused."""
    with pytest.raises(SettingError) as raised:
        Settings(retention=days).get_retention()
    assert (raised.value.key, raised.value.values) == ("setting_retention", {"value": days, "most": 3650})


def test_frozen() -> None:
    """Settings don't change after they were read."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().language = "zh"  # type: ignore[misc] # the fault is the point


def test_read_from_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the process come from its own environment."""
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
    monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", "/some/folder")
    assert read_settings() == Settings(knowledge="/some/folder", language="zh")
