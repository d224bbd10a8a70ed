"""Small talk is told from questions by the words of languages.yaml alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.small_talk import SmallTalk
from tests.support.shipped import load_shipped, read_yaml

KNOWLEDGE = load_shipped()
TALK = SmallTalk(KNOWLEDGE.languages.values())
TEXTS = read_yaml(Path(__file__).parent / "small_talk.yaml")
# The lists of small_talk.yaml: what is asked of their texts, and what is answered.
LISTS = {
    "points_elsewhere": (TALK.points_elsewhere, True),
    "names_something": (TALK.points_elsewhere, False),
    "thanks": (TALK.is_thanks, True),
    "no_thanks": (TALK.is_thanks, False),
    "greeting": (TALK.is_greeting, True),
    "no_greeting": (TALK.is_greeting, False),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_lists(name: str, text: str) -> None:
    """A text is what its list says, in either language."""
    ask, answer = LISTS[name]
    assert ask(text) is answer


def test_no_entry_is_small_talk() -> None:
    """Nothing that an entry is found by is small talk."""
    told = [said for entry in KNOWLEDGE.entries for said in entry.strings]
    assert [s for s in told if TALK.points_elsewhere(s) or TALK.is_thanks(s) or TALK.is_greeting(s)] == []


@pytest.mark.parametrize("text", ["", "?!", "x" * 200, "error " * 61])
def test_neither(text: str) -> None:
    """No words are no small talk, nor is a text that goes on."""
    assert [TALK.points_elsewhere(text), TALK.is_thanks(text), TALK.is_greeting(text)] == [False] * 3
