# ruff: noqa: RUF009 - each default is a row of the table, and dataclasses make a value of it for each object
"""The settings: one table, read once into typed values. Nothing else reads the environment.

NO_COLOR and the terminal's own variables are not here: rich and click read those. How a value is read stands
in setting_values.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from bot import setting_values
from bot.digest_schedule import DigestSchedule
from bot.errors import SettingError, SettingsError
from bot.setting_values import Secret
from bot.watch_mode import WatchPreset

DEFAULT_LANGUAGE = "en"
PREFIX = "FAULTBOOK_"
COMPLETION = "_FAULTBOOK_COMPLETE"  # how a shell tells the command that it wants words completed


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    `read` makes a value of what is written, or raises SettingError; `default` is read where nothing is
    written. `takes`, `unset` (what an empty default comes to) and `meaning` are for docs/settings.md.
    """

    variable: str
    read: Callable[[str], Any]
    default: str
    takes: str
    meaning: str
    unset: str = "none"
    is_secret: bool = False


def _declare(read: Callable[[str], Any], default: str = "", **row: Any) -> Any:
    return field(
        default_factory=lambda: read(default), metadata={"row": Setting(read=read, default=default, **row)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator may set, each field with its row of the table.

    A setting that is wrong has its default here, and its error in `faults`, by field. `written` are those
    that are set, by field, as they were written; a secret as stars. `misspelt` are variables that are no
    setting and look like one, each with the one it looks like.
    """

    bot_token: Secret = _declare(
        setting_values.read_bot_token,
        variable="SLACK_BOT_TOKEN",
        is_secret=True,
        takes="`xoxb-…`",
        meaning="The bot user's token, from the app's page “OAuth & Permissions”. `serve` needs it.",
    )
    app_token: Secret = _declare(
        setting_values.read_app_token,
        variable="SLACK_APP_TOKEN",
        is_secret=True,
        takes="`xapp-…`",
        meaning="The app-level token, from the page “Basic Information”. If it is set, Slack is reached by "
        "Socket Mode.",
    )
    signing_secret: Secret = _declare(
        Secret,
        variable="SLACK_SIGNING_SECRET",
        is_secret=True,
        takes="32 hexadecimal digits",
        meaning="Proves that a request comes from Slack. HTTP needs it; Socket Mode does not.",
    )
    api_url: str = _declare(
        setting_values.read_api_url,
        "https://slack.com/api/",
        variable="SLACK_API_URL",
        takes="an address: https, or on this machine",
        meaning="Where Slack's Web API is. The tokens are sent there.",
    )
    host: str = _declare(
        str,
        "127.0.0.1",
        variable="HOST",
        takes="a name or an address",
        meaning="Where `serve` listens. Whoever reaches it can read `/readyz` and `/metrics`.",
    )
    port: int = _declare(
        setting_values.read_port,
        "3000",
        variable="PORT",
        takes="1 to 65535",
        meaning="The port at which `serve` listens.",
    )
    database_url: Secret = _declare(
        setting_values.read_database_url,
        variable="DATABASE_URL",
        is_secret=True,
        takes="`sqlite:///path/to/file` or `postgresql://user:password@host/name`",
        unset="the file `faultbook.db` in the user's data folder (Linux: `~/.local/share/faultbook`)",
        meaning="The database. A file is created for its owner alone.",
    )
    knowledge: Path | None = _declare(
        setting_values.read_folder,
        variable="FAULTBOOK_KNOWLEDGE",
        takes="a folder",
        unset="the folder inside the installed package, or beside it in a checkout",
        meaning="The knowledge folder.",
    )
    drafts: bool = _declare(
        setting_values.read_switch,
        "off",
        variable="FAULTBOOK_DRAFTS",
        takes="`on` or `off`",
        meaning="Whether drafts answer, too: for a trial before they are published.",
    )
    file_limit: int = _declare(
        setting_values.read_file_limit,
        "4",
        variable="FAULTBOOK_FILE_LIMIT",
        takes=f"megabytes, 1 to {setting_values.LARGEST_FILE_LIMIT}",
        meaning="The largest knowledge file that is read.",
    )
    language: str = _declare(
        str.lower,
        DEFAULT_LANGUAGE,
        variable="FAULTBOOK_LANGUAGE",
        takes="`en`, `zh`, or another language of the knowledge folder",
        meaning="The language of answers to questions that do not show one, and of the command's messages.",
    )
    watch: Mapping[str, WatchPreset] = _declare(
        setting_values.read_watch,
        variable="FAULTBOOK_WATCH",
        takes="`CHANNEL=MODE[:careful\\|eager][:LANGUAGE]`, separated by commas",
        meaning="What channels are set to until their members set them; modes are `off`, `shadow`, `auto`. "
        "Example: `C012AB3CD=auto:eager:zh,C045EF6GH=shadow`.",
    )
    admins: frozenset[str] = _declare(
        partial(setting_values.read_people, "FAULTBOOK_ADMINS"),
        variable="FAULTBOOK_ADMINS",
        takes="user ids, separated by commas",
        unset="any member may set a channel, and nobody may use `/fault doctor`",
        meaning="Who may set channels and use `/fault doctor`. They may also do what authors may.",
    )
    authors: frozenset[str] = _declare(
        partial(setting_values.read_people, "FAULTBOOK_AUTHORS"),
        variable="FAULTBOOK_AUTHORS",
        takes="user ids, separated by commas",
        unset="admins alone may use `/fault gaps` and `/fault report`",
        meaning="Who may use `/fault gaps` and `/fault report`, besides the admins: those who write entries.",
    )
    retention: float = _declare(
        setting_values.read_retention,
        "90",
        variable="FAULTBOOK_RETENTION",
        takes=f"days, 1 to {setting_values.LONGEST_RETENTION}",
        meaning="How long the decision on each post is kept.",
    )
    keep_questions: bool = _declare(
        setting_values.read_keep_questions,
        "off",
        variable="FAULTBOOK_KEEP_QUESTIONS",
        takes="`off` or `redacted`",
        meaning="Whether the redacted text of a question that was answered is kept too, as long as the "
        "decision on it. `faultbook diff` then asks these questions again.",
    )
    digest: tuple[DigestSchedule, ...] = _declare(
        setting_values.read_digest,
        variable="FAULTBOOK_DIGEST",
        takes="`CHANNEL:DAY:HH:MM[:ZONE]`, separated by commas",
        meaning="Which channels get a weekly digest, and when. Days are `mon` to `sun`; without a zone it is "
        "UTC. Example: `C012AB3CD:mon:09:00:Asia/Shanghai`.",
    )
    cache: Path | None = _declare(
        setting_values.read_cache,
        variable="FAULTBOOK_CACHE",
        takes="a folder, or `off`",
        unset="`faultbook/compiled` in the user's cache folder",
        meaning="Where compiled knowledge is kept, so that a start takes milliseconds. It may be removed at "
        "any time.",
    )
    log_level: str = _declare(
        setting_values.read_log_level,
        "INFO",
        variable="LOG_LEVEL",
        takes=", ".join(f"`{level}`" for level in setting_values.LOG_LEVELS),
        meaning="How much is logged. Slack's libraries stay at `INFO`, because at `DEBUG` they log what "
        "people wrote.",
    )
    written: Mapping[str, str] = field(default_factory=dict, compare=False)
    faults: Mapping[str, SettingError] = field(default_factory=dict, compare=False)
    misspelt: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read all settings from a mapping such as os.environ; an empty value counts as absent."""
        values: dict[str, Any] = {}
        written: dict[str, str] = {}
        faults: dict[str, SettingError] = {}
        for name, row in TABLE.items():
            if given := environ.get(row.variable, "").strip():
                written[name] = "***" if row.is_secret else given
                try:
                    values[name] = row.read(given)
                except SettingError as fault:
                    faults[name] = fault
        return cls(**values, written=written, faults=faults, misspelt=_find_misspelt(environ))

    @property
    def by_socket(self) -> bool:
        """Say whether Slack is reached by Socket Mode; else Slack sends HTTP requests."""
        return bool(self.app_token)

    def find_language_faults(self, known: Collection[str]) -> Iterator[SettingError]:
        """Yield an error for each setting that names a language which the knowledge does not have."""
        named = {"language": [self.language], "watch": [preset.language for preset in self.watch.values()]}
        for name, languages in named.items():
            for value in sorted({each for each in languages if each and each not in known}):
                variable, shown = TABLE[name].variable, ", ".join(known)
                key = "setting_watch_language" if name == "watch" else "setting_unknown_language"
                yield SettingError(key, name=variable, value=value, known=shown)

    def find_slack_faults(self, by_socket: bool | None = None) -> Iterator[SettingError]:
        """Yield an error for each setting that serving Slack lacks, and for each that contradicts another.

        `by_socket` is the way in that was asked for, if any.
        """
        has_app_token = "app_token" in self.written
        if "bot_token" not in self.written:
            yield SettingError("setting_no_bot_token")
        if by_socket is False and has_app_token:
            yield SettingError("setting_http_and_socket")
        if by_socket and not has_app_token:
            yield SettingError("setting_no_app_token")
        if not by_socket and not has_app_token and "signing_secret" not in self.written:
            yield SettingError("setting_no_way_in")


TABLE: Mapping[str, Setting] = {
    each.name: each.metadata["row"] for each in fields(Settings) if "row" in each.metadata
}
"""The settings by field."""


def _find_misspelt(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the desk's prefix that are no setting, each with the one that it looks like.

    What looks like none is left alone: Kubernetes sets FAULTBOOK_PORT and FAULTBOOK_SERVICE_HOST by itself.
    """
    known = {row.variable.removeprefix(PREFIX) for row in TABLE.values() if row.variable.startswith(PREFIX)}
    stems = (name.removeprefix(PREFIX) for name in sorted(environ) if name.startswith(PREFIX))
    near = {stem: get_close_matches(stem, known, 1) for stem in stems if stem not in known}
    return {f"{PREFIX}{stem}": f"{PREFIX}{found[0]}" for stem, found in near.items() if found}


def read_completion() -> str:
    """Return what a shell asks for; "" where the command is to be run."""
    return os.environ.get(COMPLETION, "")


def read_settings() -> Settings:
    """Read the settings of this process from its environment."""
    return Settings.from_env(os.environ)


def refuse(faults: Collection[SettingError]) -> None:
    """Raise the only one of these errors, or one that holds them all; do nothing where there is none."""
    if len(faults) == 1:
        raise next(iter(faults))
    if faults:
        raise SettingsError(tuple(faults))
