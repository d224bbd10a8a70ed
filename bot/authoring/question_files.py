"""Read the questions of an evaluation: golden questions in YAML, or records in JSON lines.

The YAML shape is bot/knowledge/questions.py's. Here stand what only an evaluation knows: JSON lines,
borderline records, posts that aren't read yet, and the file of known failures. Called by `faultbook eval`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.knowledge.entry import Question
from bot.knowledge.json_line import read_json_line
from bot.knowledge.questions import load_questions
from bot.knowledge.scripts import SCRIPTS, find_language

KNOWN_FAILURES = "known-failures.yaml"
YAML_SUFFIXES = frozenset({".yaml", ".yml"})
NOT_READ_YET = "it holds a Slack message instead of a text; posts aren't read yet"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that isn't asked, and why."""

    path: str
    line: int
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, kept apart by what they count for.

    `borderline` ones are counted apart; `known_failures` must fail; `skipped` ones can't be asked yet.
    """

    questions: tuple[Question, ...] = ()
    borderline: tuple[Question, ...] = ()
    known_failures: tuple[Question, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def join(parts: Iterable[QuestionSet]) -> QuestionSet:
    """Return the parts as one set, in their order."""
    parts = tuple(parts)
    return QuestionSet(
        questions=tuple(question for part in parts for question in part.questions),
        borderline=tuple(question for part in parts for question in part.borderline),
        known_failures=tuple(question for part in parts for question in part.known_failures),
        skipped=tuple(record for part in parts for record in part.skipped),
    )


def find_question_files(root: Path) -> tuple[Path, ...]:
    """Return the golden questions and known failures of all packs under the knowledge folder, sorted."""
    return tuple(sorted(root.glob("*/questions/*.yaml")))


def load_question_files(paths: Iterable[Path], codes: Collection[str] | None = None) -> QuestionSet:
    """Read question files by their name: known-failures.yaml, other YAML, else JSON lines.

    Args:
        paths: the files, read in the order given.
        codes: the documented codes; with them, a question that expects another code is an error.

    Raises:
        InputError: file_missing, file_unreadable, file_not_text, question_file_empty, question_line_broken,
            question_field_wrong or question_code_unknown; each names the path, and its line if there is one.
        KnowledgeError: what is wrong in a YAML file.
    """
    found: list[QuestionSet] = []
    for path in paths:
        text = _read_text(path)
        if path.name == KNOWN_FAILURES:
            part = QuestionSet(known_failures=load_questions(path))
        elif path.suffix.lower() in YAML_SUFFIXES:
            part = QuestionSet(questions=load_questions(path))
        else:
            part = _read_records(text, str(path))
        if part == QuestionSet() and path.name != KNOWN_FAILURES:
            raise InputError("question_file_empty", path=str(path))
        if codes is not None:
            _refuse_unknown(part, frozenset(codes))
        found.append(part)
    return join(found)


def _read_records(text: str, path: str) -> QuestionSet:
    """Read JSON lines; an empty line is none."""
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    return join(_read_record(line, path, number) for number, line in lines)


def _read_record(written: str, path: str, line: int) -> QuestionSet:
    """Read one line of JSON; keys that mean nothing here are another tool's and are passed over."""
    try:
        record = read_json_line(written)
    except (ValueError, RecursionError):
        raise InputError("question_line_broken", path=path, line=line) from None
    if not isinstance(record, dict):
        raise InputError("question_line_broken", path=path, line=line)

    def text(key: str, default: str | None = None) -> str:
        value = record.get(key, default)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise InputError("question_field_wrong", path=path, line=line, field=key)
        return value

    given = record.get("id")
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    name = str(given) if is_number else text("id", f"{Path(path).name}:{line}")
    if "text" not in record and isinstance(record.get("message"), dict):
        return QuestionSet(skipped=(Skipped(path, line, name, NOT_READ_YET),))
    expected = record.get("expected")
    if not isinstance(expected, list) or not all(isinstance(code, str) for code in expected):
        raise InputError("question_field_wrong", path=path, line=line, field="expected")
    mode = text("mode", "ask")
    if mode not in {"ask", "watch"}:
        raise InputError("question_field_wrong", path=path, line=line, field="mode")
    careful = record.get("careful", True)
    if careful is None:
        careful = True
    if not isinstance(careful, bool):
        raise InputError("question_field_wrong", path=path, line=line, field="careful")
    notes = text("notes", "").casefold()
    question = Question(
        text=text("text"),
        expected=tuple(expected),
        kind=text("kind", ""),
        language=text("lang", "") or find_language(text("text", ""), "", SCRIPTS),
        mode="watch" if mode == "watch" else "ask",
        any_of="any-of" in notes,
        eager=not careful,
        id=name,
        path=path,
        line=line,
    )
    if "borderline" in notes:
        return QuestionSet(borderline=(question,))
    return QuestionSet(questions=(question,))


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError("file_missing", path=str(path)) from None
    except OSError as error:
        raise InputError("file_unreadable", path=str(path), why=error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise InputError("file_not_text", path=str(path), byte=error.start) from None


def _refuse_unknown(part: QuestionSet, codes: frozenset[str]) -> None:
    for question in part.questions + part.borderline + part.known_failures:
        for code in question.expected:
            if code not in codes:
                raise InputError("question_code_unknown", path=question.path, line=question.line, code=code)
