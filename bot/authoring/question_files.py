"""Read the questions of an evaluation: golden questions in YAML, or records in JSON lines.

The YAML shape is bot/knowledge/questions.py's. Here stand what only an evaluation knows: JSON lines,
borderline records, posts that aren't read yet, and the file of known failures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec

from bot.errors import InputError
from bot.knowledge.json_lines import read_json_lines
from bot.knowledge.question import Question
from bot.knowledge.questions import load_questions
from bot.knowledge.scripts import SCRIPTS, find_language

KNOWN_FAILURES = "known-failures.yaml"
YAML_SUFFIXES = frozenset({".yaml", ".yml"})
EXAMPLE = '{"text": "device is offline", "expected": ["28504"], "mode": "ask"}'
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
        InputError: file_missing, file_unreadable, file_not_text, question_file_empty, line_broken,
            line_field_wrong or question_code_unknown; each names the path, and its line if there is one.
        KnowledgeError: what is wrong in a YAML file.
    """
    found: list[QuestionSet] = []
    for path in paths:
        if path.suffix.lower() not in YAML_SUFFIXES:
            part = _read_records(_read_text(path), str(path))
        elif not path.exists():
            raise InputError("file_missing", path=str(path))
        elif path.name == KNOWN_FAILURES:
            part = QuestionSet(known_failures=load_questions(path))
        else:
            part = QuestionSet(questions=load_questions(path))
        if part == QuestionSet() and path.name != KNOWN_FAILURES:
            raise InputError("question_file_empty", path=str(path))
        if codes is not None:
            part = _drop_unpublished(part, frozenset(codes))
            _refuse_unknown(part, frozenset(codes))
        found.append(part)
    return join(found)


def _drop_unpublished(part: QuestionSet, codes: frozenset[str]) -> QuestionSet:
    """Return a set without the generated questions of drafts."""
    kept = (each for each in part.questions if not each.is_generated or codes.issuperset(each.expected))
    return replace(part, questions=tuple(kept))


class _Record(msgspec.Struct):
    """A line of a file of questions; keys that mean nothing here are another tool's and are passed over."""

    text: str | msgspec.UnsetType = msgspec.UNSET
    expected: list[str] | msgspec.UnsetType = msgspec.UNSET
    message: object = None
    id: str | int | float | None = None
    mode: Literal["ask", "watch"] | None = None
    careful: bool | None = None
    kind: str | None = None
    lang: str | None = None
    notes: str | None = None


def _read_records(text: str, path: str) -> QuestionSet:
    return join(
        _read_record(record, path, line) for line, record in read_json_lines(text, path, _Record, EXAMPLE)
    )


def _read_record(record: _Record, path: str, line: int) -> QuestionSet:
    name = str(f"{Path(path).name}:{line}" if record.id is None else record.id)
    if record.text is msgspec.UNSET and isinstance(record.message, dict):
        return QuestionSet(skipped=(Skipped(path, line, name, NOT_READ_YET),))
    for field in ("text", "expected"):
        if getattr(record, field) is msgspec.UNSET:
            raise InputError("line_field_wrong", path=path, line=line, field=field, example=EXAMPLE)
    notes = (record.notes or "").casefold()
    question = Question(
        text=str(record.text),
        expected=tuple(record.expected or ()),
        kind=record.kind or "",
        language=record.lang or find_language(str(record.text), "", SCRIPTS),
        mode=record.mode or "ask",
        any_of="any-of" in notes,
        eager=record.careful is False,
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
