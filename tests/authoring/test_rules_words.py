"""Words of languages.yaml that stand in two places: one languages.yaml for each way."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.authoring.rules_words import word_twice
from bot.authoring.subject import Subject
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.load import load_knowledge

Words = dict[str, list[str]]

# language, its lists that aren't empty, list and place (from 0) that is told, message
TWICE: list[tuple[str, Words, str, int, str]] = [
    ("en", {"joiners": ["and", "or", "and"]}, "joiners", 2, "'and' is there twice"),
    ("en", {"joiners": ["and", "And"]}, "joiners", 1, "'And' is read as 'and', which is there already"),
    ("zh", {"joiners": ["还", "還"]}, "joiners", 1, "'還' is read as '还', which is there already"),
    ("zh", {"units": ["次", "个"], "not_units": ["个别", "个"]}, "not_units", 1, "'个' is in units too"),
    ("en", {"negators": ["not"], "chatter": ["a", "Not"]}, "chatter", 1, "'Not' is in negators too"),
    ("zh", {"plain_words": ["壶盖", "插头"]}, "plain_words", 1, "'插头' is a word of the term plug"),
    ("en", {"plain_words": ["closed"]}, "plain_words", 0, "'closed' is a word of the term open"),
]


def find_faults(root: Path, language: str, words: Words) -> tuple[list[tuple[str, int, str]], list[str]]:
    """Give one language these words and no others; return what the rule tells, and the file's lines."""
    path = root / "languages.yaml"
    languages = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes texts only
    for name, settings in languages.items():
        for setting, value in settings.items():
            if isinstance(value, list) and setting != "scripts":
                settings[setting] = words.get(setting, []) if name == language else []
    text = yaml.safe_dump(languages, allow_unicode=True, default_flow_style=False)
    path.write_text(text, encoding="utf-8")
    return list(word_twice(Subject(KnowledgeFiles(root), load_knowledge(root), {}))), text.split("\n")


@pytest.mark.parametrize(("language", "words", "setting", "place", "told"), TWICE)
def test_word_twice(toy: Path, language: str, words: Words, setting: str, place: int, told: str) -> None:
    """A word that stands twice is told once, at the place that can go."""
    [(path, line, message)], lines = find_faults(toy, language, words)
    assert (path, message) == ("knowledge/languages.yaml", f"{language}.{setting}: {told}")
    assert lines[line - 1] == f"  - {words[setting][place]}"


@pytest.mark.parametrize(
    "words",
    [
        {"code_words": ["报错"], "hint_words": ["报错"]},
        {"units": ["个"], "not_units": ["个别"]},
        {"remedies": ["解决"], "chatter": ["解决"]},
        {"plain_words": ["open"]},
    ],
)
def test_word_in_two_lists(toy: Path, words: Words) -> None:
    """Lists that don't contradict may share a word, and a plain word may be a term's in another language."""
    assert find_faults(toy, "zh", words)[0] == []
