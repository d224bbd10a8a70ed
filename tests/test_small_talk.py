"""Small talk is told from questions by the words of languages.yaml alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.small_talk import SmallTalk
from tests.support.shipped import load_shipped, read_yaml

KNOWLEDGE = load_shipped()
TALK = SmallTalk(KNOWLEDGE.languages.values())
TEXTS = read_yaml(Path(__file__).parent / "small_talk.yaml")


@pytest.mark.parametrize("text", TEXTS["points_elsewhere"])
def test_points_elsewhere(text: str) -> None:
    """A text that names no error points at one that stands elsewhere."""
    assert TALK.points_elsewhere(text)


@pytest.mark.parametrize("text", TEXTS["names_something"])
def test_names_something(text: str) -> None:
    """One word that is in no list makes it a question of its own; no words point nowhere."""
    assert not TALK.points_elsewhere(text)


@pytest.mark.parametrize("text", TEXTS["thanks"])
def test_thanks(text: str) -> None:
    """Thanks and taking note ask nothing."""
    assert TALK.is_thanks(text)


@pytest.mark.parametrize("text", TEXTS["no_thanks"])
def test_no_thanks(text: str) -> None:
    """Thanks beside anything else is not thanks alone; nor are the words beside them without any."""
    assert not TALK.is_thanks(text)


@pytest.mark.parametrize("text", TEXTS["greeting"])
def test_greeting(text: str) -> None:
    """A greeting is a greeting in either language."""
    assert TALK.is_greeting(text)


@pytest.mark.parametrize("text", TEXTS["no_greeting"])
def test_no_greeting(text: str) -> None:
    """A greeting before a question is none."""
    assert not TALK.is_greeting(text)


def test_no_entry_is_small_talk() -> None:
    """Nothing that an entry is found by is small talk."""
    told = [said for entry in KNOWLEDGE.entries for said in entry.strings]
    assert [s for s in told if TALK.points_elsewhere(s) or TALK.is_thanks(s) or TALK.is_greeting(s)] == []


@pytest.mark.parametrize("text", ["", "?!", "x" * 200, "error " * 61])
def test_neither(text: str) -> None:
    """No words are no small talk, nor is a text that goes on."""
    assert [TALK.points_elsewhere(text), TALK.is_thanks(text), TALK.is_greeting(text)] == [False] * 3
