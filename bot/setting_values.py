"""How the value of each kind of setting is read: text in, a typed value out, or SettingError.

Which settings there are stands in config.py. Nothing here reads the environment.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.digest_schedule import DigestSchedule, read_schedule
from bot.errors import SettingError
from bot.watch_mode import WATCH_MODES, WatchPreset

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DAY = 24 * 3600.0  # seconds
MANNERS = ("careful", "eager")
LARGEST_FILE_LIMIT = 100  # megabytes; three million items have 12
LONGEST_RETENTION = 3650  # days, ten years
_USER, _CHANNEL = re.compile(r"[UW][A-Z0-9]{2,30}"), re.compile(r"[CG][A-Z0-9]{2,30}")
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Secret:
    """A token or key that no print, log or traceback shows."""

    _value: str = ""

    def reveal(self) -> str:
        """Return the value, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "***" if self._value else "(none)"

    def __bool__(self) -> bool:
        return bool(self._value)


def read_bot_token(written: str) -> Secret:
    """Return the bot user's token."""
    return _read_token(written, "SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions")


def read_app_token(written: str) -> Secret:
    """Return the app-level token."""
    return _read_token(written, "SLACK_APP_TOKEN", "xapp-", "Basic Information")


def _read_token(written: str, name: str, prefix: str, where: str) -> Secret:
    if written and not written.startswith(prefix):
        raise SettingError("setting_swapped", name=name, prefix=prefix, where=where)
    return Secret(written)


def read_api_url(written: str) -> str:
    """Return an address that ends with a slash: https, or on this machine, for tokens are sent to it."""
    if not _is_safe(written):
        raise SettingError("setting_address")  # a user and password may stand in it
    return f"{written.rstrip('/')}/"


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return False
    if "@" in parts.netloc:
        return False
    if parts.scheme == "https":
        return bool(host)
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    return parts.scheme == "http" and is_loopback


def read_port(written: str) -> int:
    """Return a port from 1 to 65535."""
    port = int(written) if re.fullmatch("[0-9]{1,5}", written) else 0
    if not 0 < port < 65536:
        raise SettingError("setting_port", value=written)
    return port


def read_database_url(written: str) -> Secret:
    """Return the URL of the database; where none is written, of a file in the user's data folder."""
    if written:
        return Secret(written)  # stores/address.py takes it apart
    from platformdirs import user_data_path

    return Secret(f"sqlite:///{user_data_path('faultbook') / 'faultbook.db'}")


def read_folder(written: str) -> Path | None:
    """Return a folder; None where none is written."""
    return Path(written).expanduser() if written else None


def read_switch(written: str) -> bool:
    """Return whether a setting is "on" rather than "off"."""
    if written.lower() not in ("on", "off"):
        raise SettingError("setting_switch", name="FAULTBOOK_DRAFTS", value=written)
    return written.lower() == "on"


def read_keep_questions(written: str) -> bool:
    """Return whether a setting is "redacted" rather than "off"."""
    if written.lower() not in ("off", "redacted"):
        raise SettingError("setting_keep_questions", value=written)
    return written.lower() == "redacted"


def read_cache(written: str) -> Path | None:
    """Return the folder for compiled knowledge: one in the user's cache folder, or None for "off"."""
    if written:
        return None if written.lower() == "off" else Path(written).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("faultbook") / "compiled"


def read_retention(written: str) -> float:
    """Return the seconds of a number of days from 1 to LONGEST_RETENTION."""
    days = int(written) if re.fullmatch("[0-9]{1,4}", written) else 0
    if not 1 <= days <= LONGEST_RETENTION:
        raise SettingError("setting_retention", value=written, most=LONGEST_RETENTION)
    return days * DAY


def read_file_limit(written: str) -> int:
    """Return the bytes of a number of megabytes from 1 to LARGEST_FILE_LIMIT."""
    megabytes = int(written) if re.fullmatch("[0-9]{1,3}", written) else 0
    if not 1 <= megabytes <= LARGEST_FILE_LIMIT:
        raise SettingError("setting_file_limit", value=written, most=LARGEST_FILE_LIMIT)
    return megabytes * 1_000_000


def read_log_level(written: str) -> str:
    """Return one of LOG_LEVELS."""
    level = written.upper()
    if level not in LOG_LEVELS:
        raise SettingError("setting_log_level", value=written, known=", ".join(LOG_LEVELS))
    return level


def read_people(name: str, written: str) -> frozenset[str]:
    """Return user ids that stand with commas or white space between them; `name` is the setting's."""
    ids = frozenset(_split(written))
    for each in sorted(ids):
        if not _USER.fullmatch(each):
            raise SettingError("setting_people", name=name, value=each)
    return ids


def read_watch(written: str) -> dict[str, WatchPreset]:
    """Return presets by channel id, from entries CHANNEL=MODE[:careful|eager][:LANGUAGE]."""
    return dict(_read_preset(entry) for entry in _split(written))


def read_digest(written: str) -> tuple[DigestSchedule, ...]:
    """Return when which channels get their digest, from entries CHANNEL:DAY:HH:MM[:ZONE]."""
    schedules = []
    for entry in _split(written):
        schedule = read_schedule(entry)
        if schedule is None:
            raise SettingError("setting_digest", value=entry)
        schedules.append(schedule)
    return tuple(schedules)


def _read_preset(entry: str) -> tuple[str, WatchPreset]:
    channel, _, options = entry.partition("=")
    mode, *others = options.lower().split(":")
    manner = others.pop(0) if others and others[0] in MANNERS else "careful"
    language = others.pop(0) if others and _LANGUAGE.fullmatch(others[0]) else ""
    if others or language in MANNERS or mode not in WATCH_MODES or not _CHANNEL.fullmatch(channel):
        raise SettingError("setting_watch", value=entry)
    return channel, WatchPreset(WATCH_MODES[mode], manner == "eager", language)


def _split(written: str) -> Iterator[str]:
    return filter(None, re.split(r"[\s,]+", written))
