"""The sentences of a knowledge folder, those it lacks filled in from the ones that this program comes with.

So a folder of one's own, and a language of one's own, outlive an upgrade that says something new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.config import DEFAULT_LANGUAGE
from bot.errors import KnowledgeError, Problem
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.load import MESSAGES
from bot.knowledge.read_language import read_messages
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.yaml_text import Sheet, read_file
from bot.replies.messages import list_placeholders

Messages = Mapping[str, Mapping[str, str]]
"""Sentences by language and key."""


def fill_in_sentences(knowledge: Knowledge, built_in: Messages) -> Knowledge:
    """Return the knowledge with every sentence of the built-in ones in each of its languages.

    One that is lacking comes from the built-in sentences of its language, else from English.
    Raises KnowledgeError if there is one whose placeholders this program can't fill in.
    """
    model = built_in.get(DEFAULT_LANGUAGE, {})
    problems = []
    filled: dict[str, Mapping[str, str]] = {}
    for language, sentences in knowledge.messages.items():
        others = {**model, **knowledge.messages.get(DEFAULT_LANGUAGE, {})}
        own = {**others, **built_in.get(language, {}), **sentences}
        path = f"{Path(knowledge.root).resolve().name}/{MESSAGES}/{language}.yaml"
        for key, text in model.items():
            if key in sentences and not list_placeholders(own[key]) <= list_placeholders(text):
                message = f"{key} has other words in {{braces}} than: {text}"
                problems.append(Problem(path, 1, "placeholder-differs", message))
        filled[language] = own if own.keys() != sentences.keys() else sentences
    if problems:
        raise KnowledgeError(tuple(sorted(problems)))
    return replace(knowledge, messages=filled)


def read_sentences(root: Path) -> dict[str, dict[str, str]]:
    """Return the sentences alone, by language and key; a file that is broken is left out."""
    found = {}
    files = KnowledgeFiles(root)
    for path, _ in files.list_files(MESSAGES):
        sheet = Sheet(path, [])
        for node in read_file(path, sheet, files)[:1]:
            found[Path(path).stem] = read_messages(node, sheet)
    return found
