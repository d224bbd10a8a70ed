"""Settings: what the environment may set, and how a wrong value is told."""

from __future__ import annotations

import dataclasses

import pytest

from bot.config import Settings, read_settings
from bot.errors import SettingError


def test_nothing_set() -> None:
    """An empty environment gives the built-in knowledge and English."""
    assert Settings.from_env({}) == Settings(knowledge=None, language="en")


def test_everything_set() -> None:
    """Both settings are read; white space around them and capitals in a language don't matter."""
    environ = {"FAULTBOOK_KNOWLEDGE": " ~/codes ", "FAULTBOOK_LANGUAGE": " ZH ", "HOME": "/nowhere"}
    assert Settings.from_env(environ) == Settings(knowledge="~/codes", language="zh")


def test_empty_is_absent() -> None:
    """A variable that is set to nothing counts as absent."""
    assert Settings.from_env({"FAULTBOOK_KNOWLEDGE": "", "FAULTBOOK_LANGUAGE": " "}) == Settings()


def test_known_language() -> None:
    """A language that the knowledge holds is returned as it is."""
    assert Settings(language="zh").get_language(["en", "zh"]) == "zh"


def test_unknown_language_names_the_setting() -> None:
    """A language that nobody wrote is refused with the setting's name, its value and what is known."""
    with pytest.raises(SettingError) as raised:
        Settings(language="tlh").get_language(["en", "zh"])
    assert raised.value.key == "setting_unknown_language"
    assert raised.value.values == {"name": "FAULTBOOK_LANGUAGE", "value": "tlh", "known": "en, zh"}


def test_frozen() -> None:
    """Settings don't change after they were read."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().language = "zh"  # type: ignore[misc] # the fault is the point


def test_read_from_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the process come from its own environment."""
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
    monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", "/some/folder")
    assert read_settings() == Settings(knowledge="/some/folder", language="zh")
