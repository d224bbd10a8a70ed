"""Golden questions: texts with the codes that answer them, for measuring the desk.

Kept apart from the knowledge (load.py), so that answering never reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal, cast

from bot.errors import KnowledgeError, Problem
from bot.knowledge.fields import Fields
from bot.knowledge.files import LARGEST, KnowledgeFiles
from bot.knowledge.language import Language
from bot.knowledge.question import Question
from bot.knowledge.read_entry import read_codes
from bot.knowledge.scripts import SCRIPTS, find_language
from bot.knowledge.yaml_text import Node, Sheet, read_file

MODES = ("ask", "watch")


def load_questions(
    path: Path,
    languages: Mapping[str, Language] | None = None,
    shown: str | None = None,
    largest: int = LARGEST,
) -> tuple[Question, ...]:
    """Return the questions of a YAML file, in the file's order.

    A question's language is the file's name where that is a language (zh.yaml), else what the text's
    script tells, else "". `shown` is the path as problems print it.
    Raises KnowledgeError with all problems of the file.
    """
    problems: list[Problem] = []
    sheet = Sheet(shown or path.as_posix(), problems)
    questions = read_questions(path.name, sheet, KnowledgeFiles(path.parent, largest), languages)
    if problems:
        raise KnowledgeError(tuple(sorted(problems)))
    return questions


def read_questions(
    path: str, sheet: Sheet, files: KnowledgeFiles, languages: Mapping[str, Language] | None = None
) -> tuple[Question, ...]:
    """Return the questions of a YAML file that could be read, by its path among the files.

    Faults go to the sheet.
    """
    scripts = {key: language.scripts for key, language in languages.items()} if languages else SCRIPTS
    nodes: list[Node] = []
    for document in read_file(path, sheet, files):
        if isinstance(document.value, list):
            nodes += document.value
        else:
            sheet.add(document.line, "type-wrong", "the document must be a list of questions (- text: ...)")
    return tuple(_read_question(node, sheet, PurePosixPath(path).stem, scripts) for node in nodes)


def _read_question(node: Node, sheet: Sheet, stem: str, scripts: Mapping[str, Collection[str]]) -> Question:
    fields = Fields(node, sheet)
    text = fields.text("text", most=None)
    given = fields.take("text", required=False)
    if given is not None and given.value == "":
        sheet.add(node.line, "field-empty", "a question needs a text")
    why = fields.text("why", required=False)  # known failures say why they fail instead of what kind they are
    expected = fields.take("expected", required=False)
    if expected is not None and isinstance(expected.value, str) and expected.value:
        expected.value = [Node(expected.value, expected.line)]
    question = Question(
        text=text,
        expected=read_codes(fields, "expected", required=False),
        kind=fields.text("kind", required=not why),
        language=stem if stem in scripts else find_language(text, "", scripts),
        mode=cast("Literal['ask', 'watch']", fields.choice("mode", MODES, "ask")),
        any_of=fields.flag("any_of"),
        eager=fields.flag("eager"),
        is_generated=fields.flag("generated"),
        id=fields.text("id", required=False) or f"{sheet.path}:{node.line}",
        path=sheet.path,
        line=node.line,
    )
    fields.text("note", required=False)
    fields.close()
    return question
