"""Golden questions: their fields, their language, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.load import load_knowledge
from bot.knowledge.questions import load_questions


def write(folder: Path, name: str, text: str) -> Path:
    """Write a question file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_field(tmp_path: Path) -> None:
    """Fields come out as written; what isn't given is asked, not eager, and due in full."""
    path = write(
        tmp_path,
        "posts.yaml",
        "- {text: down again, expected: ['101', '102'], kind: log, mode: watch, any_of: true, eager: true}\n"
        "- {text: 没事, kind: chat, note: nobody asks}\n",
    )
    first, second = load_questions(path, shown="x/posts.yaml")
    assert (first.text, first.expected) == ("down again", ("101", "102"))
    assert (first.kind, first.mode) == ("log", "watch")
    assert (first.any_of, first.eager, first.line, first.path) == (True, True, 1, "x/posts.yaml")
    assert (second.expected, second.mode, second.any_of, second.eager) == ((), "ask", False, False)
    assert (first.id, second.id) == ("x/posts.yaml:1", "x/posts.yaml:2")


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("zh.yaml", "device offline", "zh"),
        ("en.yaml", "设备离线", "en"),
        ("other.yaml", "设备 iotId 离线", "zh"),
        ("other.yaml", "device ２８５０４", "en"),
        ("other.yaml", "設備がオフライン", ""),
        ("other.yaml", "устройство", ""),
        ("other.yaml", "28504", ""),
    ],
)
def test_language(tmp_path: Path, real: Path, name: str, text: str, language: str) -> None:
    """The file's name tells the language, else the script; with languages given or without."""
    path = write(tmp_path, name, f"- {{text: '{text}', kind: word}}\n")
    languages = load_knowledge(real).languages
    assert [question.language for question in load_questions(path)] == [language]
    assert [question.language for question in load_questions(path, languages)] == [language]


def test_known_failures(tmp_path: Path) -> None:
    """A known failure says why it fails instead of what kind it is."""
    path = write(tmp_path, "known-failures.yaml", "- {text: hm, expected: ['101'], why: too short to tell}\n")
    [question] = load_questions(path)
    assert (question.expected, question.kind) == (("101",), "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {text: a}", ["q.yaml:1: field-missing: kind is not given"]),
        (
            "- {kind: a}",
            ["q.yaml:1: field-missing: text is not given"],
        ),
        ("- {text: , kind: a}", ["q.yaml:1: field-empty: a question needs a text"]),
        ("- {text: a, kind: b, mode: sing}", ["q.yaml:1: value-unknown: mode must be one of: ask, watch"]),
        ("- {text: a, kind: b, any_of: 1}", ["q.yaml:1: value-unknown: any_of must be one of: true, false"]),
        (
            "- {text: a, kind: b, expected: [x y]}",
            [
                "q.yaml:1: code-malformed: expected: it must be a number or letters, digits, _ . and -, "
                "not 'x y'"
            ],
        ),
        ("- {text: a, kind: b, answer: c}", ["q.yaml:1: key-unknown: answer is not known here"]),
        ("text: a", ["q.yaml:1: type-wrong: the document must be a list of questions (- text: ...)"]),
        ("", ["q.yaml:1: file-empty: the file holds nothing"]),
        (
            "- a\n- {text: b, kind: c, kind: d}",
            [
                "q.yaml:1: type-wrong: the document must be a mapping (key: value)",
                "q.yaml:2: key-twice: kind: already given on line 2",
            ],
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, told: list[str]) -> None:
    """A fault is told with its line; all of a file at once."""
    with pytest.raises(KnowledgeError) as caught:
        load_questions(write(tmp_path, "q.yaml", text), shown="q.yaml")
    assert [str(problem) for problem in caught.value.problems] == told
