"""The settings of one run, typed and read once. The only module that knows names of environment variables.

NO_COLOR and the terminal's own variables are not here: rich and click read those. Called by cli.py
and by the builder of the Slack app.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from bot.errors import SettingError

DEFAULT_LANGUAGE = "en"
_USER, _CHANNEL = re.compile(r"[UW][A-Z0-9]{2,30}"), re.compile(r"[CG][A-Z0-9]{2,30}")
WatchMode = Literal["off", "shadow", "auto"]
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DAY = 24 * 3600.0  # seconds
LONGEST_RETENTION = 3650  # days, ten years

VARIABLES = {
    "knowledge": "FAULTBOOK_KNOWLEDGE",
    "language": "FAULTBOOK_LANGUAGE",
    "bot_token": "SLACK_BOT_TOKEN",
    "signing_secret": "SLACK_SIGNING_SECRET",
    "app_token": "SLACK_APP_TOKEN",
    "api_url": "SLACK_API_URL",
    "host": "HOST",
    "port": "PORT",
    "log_level": "LOG_LEVEL",
    "database_url": "DATABASE_URL",
    "retention": "FAULTBOOK_RETENTION",
    "admins": "FAULTBOOK_ADMINS",
    "watch": "FAULTBOOK_WATCH",
    "cache": "FAULTBOOK_CACHE",
}
"""The environment variable of each field of Settings."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A token or key that no print, log or traceback shows."""

    _value: str

    def reveal(self) -> str:
        """Return the value, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "***" if self._value else "(none)"

    def __bool__(self) -> bool:
        return bool(self._value)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What serving Slack needs, checked. `port` is 1 to 65535; `api_url` ends with a slash."""

    bot_token: Secret
    signing_secret: Secret
    app_token: Secret
    api_url: str
    host: str
    port: int

    @property
    def by_socket(self) -> bool:
        """Say whether Slack is reached by Socket Mode; else Slack sends HTTP requests."""
        return bool(self.app_token)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator may set, as written; what a command needs of it is checked by the methods.

    `knowledge` names the folder to read in place of the built-in one, or is None.
    `language` answers a question whose words tell no language.
    """

    knowledge: str | None = None
    language: str = DEFAULT_LANGUAGE
    bot_token: Secret = Secret("")
    signing_secret: Secret = Secret("")
    app_token: Secret = Secret("")
    api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: str = "3000"
    log_level: str = "INFO"
    database_url: Secret = Secret("")
    retention: str = "90"
    admins: str = ""
    watch: str = ""
    cache: str = ""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings from a mapping such as os.environ; an empty value counts as absent."""
        given = {field: environ.get(variable, "").strip() for field, variable in VARIABLES.items()}
        return cls(
            knowledge=given["knowledge"] or None,
            language=given["language"].lower() or cls().language,
            bot_token=Secret(given["bot_token"]),
            signing_secret=Secret(given["signing_secret"]),
            app_token=Secret(given["app_token"]),
            api_url=given["api_url"] or cls().api_url,
            host=given["host"] or cls().host,
            port=given["port"] or cls().port,
            log_level=given["log_level"].upper() or cls().log_level,
            database_url=Secret(given["database_url"]),
            retention=given["retention"] or cls().retention,
            admins=given["admins"],
            watch=given["watch"],
            cache=given["cache"],
        )

    def get_language(self, known: Collection[str]) -> str:
        """Return the language set, which must be one of those known.

        Raises SettingError naming the setting and the languages that are known.
        """
        if self.language not in known:
            raise SettingError(
                "setting_unknown_language",
                name=VARIABLES["language"],
                value=self.language,
                known=", ".join(known),
            )
        return self.language

    def get_log_level(self) -> str:
        """Return the log level. Raises SettingError if there is none of this name."""
        if self.log_level not in LOG_LEVELS:
            raise SettingError("setting_log_level", value=self.log_level, known=", ".join(LOG_LEVELS))
        return self.log_level

    def get_admins(self) -> frozenset[str]:
        """Return the user ids of those who may change channels; none means anybody may.

        Raises SettingError for what is no user id.
        """
        ids = [name for name in re.split(r"[\s,]+", self.admins) if name]
        for name in ids:
            if not _USER.fullmatch(name):
                raise SettingError("setting_admins", value=name)
        return frozenset(ids)

    def get_watch(self, languages: Collection[str]) -> dict[str, tuple[WatchMode, bool, str]]:
        """Return mode, whether eager, and language ("" for the default) by channel id.

        Raises SettingError for an entry that isn't CHANNEL=MODE[:careful|eager][:LANGUAGE].
        """
        found: dict[str, tuple[WatchMode, bool, str]] = {}
        modes = {mode: mode for mode in get_args(WatchMode)}
        for entry in filter(None, re.split(r"[\s,]+", self.watch)):
            channel, _, options = entry.partition("=")
            mode, *others = options.lower().split(":")
            unknown = set(others) - {"careful", "eager", *languages}
            if not _CHANNEL.fullmatch(channel) or mode not in modes or unknown:
                raise SettingError("setting_watch", value=entry, languages=", ".join(languages))
            language = next((each for each in others if each in languages), "")
            found[channel] = (modes[mode], "eager" in others, language)
        return found

    def get_database_url(self) -> str:
        """Return the URL of the database, password and all; unset, it's a file in the user's data folder."""
        from platformdirs import user_data_path  # most commands need no database

        return self.database_url.reveal() or f"sqlite:///{user_data_path('faultbook') / 'faultbook.db'}"

    def get_cache(self) -> Path | None:
        """Return the folder for compiled knowledge: unset, one in the user's cache folder; None for "off"."""
        if self.cache:
            return None if self.cache.lower() == "off" else Path(self.cache).expanduser()
        from platformdirs import user_cache_path  # some commands need none

        return user_cache_path("faultbook") / "compiled"

    def get_retention(self) -> float:
        """Return how long the ledger is kept, in seconds.

        Raises SettingError unless it is a number of days from 1 to LONGEST_RETENTION.
        """
        days = int(self.retention) if re.fullmatch("[0-9]{1,4}", self.retention) else 0
        if not 1 <= days <= LONGEST_RETENTION:
            raise SettingError("setting_retention", value=self.retention, most=LONGEST_RETENTION)
        return days * DAY

    def get_slack(self, by_socket: bool | None = None) -> SlackSettings:
        """Return what serving Slack needs; `by_socket` is the way in that was asked for, if any.

        Raises SettingError naming the first setting that is missing, wrong or contradicts.
        """
        _check_token(self.bot_token, "bot_token", "xoxb-", "OAuth & Permissions")
        if not self.bot_token:
            raise SettingError("setting_no_bot_token")
        _check_token(self.app_token, "app_token", "xapp-", "Basic Information")
        if by_socket is False and self.app_token:
            raise SettingError("setting_http_and_socket")
        if by_socket and not self.app_token:
            raise SettingError("setting_no_app_token")
        if not self.app_token and not self.signing_secret:
            raise SettingError("setting_no_way_in")
        if not _is_safe(self.api_url):
            raise SettingError("setting_address", value=self.api_url)
        if not (
            self.port.isascii() and self.port.isdigit() and len(self.port) < 6 and 0 < int(self.port) < 65536
        ):
            raise SettingError("setting_port", value=self.port)
        return SlackSettings(
            bot_token=self.bot_token,
            signing_secret=self.signing_secret,
            app_token=self.app_token,
            api_url=f"{self.api_url.rstrip('/')}/",
            host=self.host,
            port=int(self.port),
        )


def read_settings() -> Settings:
    """Read the settings of this process from its environment."""
    return Settings.from_env(os.environ)


def _check_token(token: Secret, field: str, prefix: str, where: str) -> None:
    if token and not token.reveal().startswith(prefix):
        raise SettingError("setting_swapped", name=VARIABLES[field], prefix=prefix, where=where)


def _is_safe(url: str) -> bool:
    """Say whether an address is https, or does not leave this machine: tokens are sent to it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    return parts.scheme == "http" and is_loopback
