"""How question files are read, and what a broken one is told. Verdicts are test_evaluate.py's part."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.question_files import EXAMPLE, QuestionSet, find_question_files, load_question_files
from bot.authoring.render import render_text
from bot.authoring.report import Report
from bot.errors import InputError, KnowledgeError


def write(path: Path, *lines: str) -> Path:
    """Write lines to a file."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_json_lines(tmp_path: Path) -> None:
    """Each line is a question; the notes tell any-of, and careful false makes a post due only where eager."""
    path = write(
        tmp_path / "texts.jsonl",
        '{"id": "a", "text": "gone", "mode": "ask", "expected": ["1", "2"], "lang": "en", "notes": "any-of"}',
        "",
        '{"id": "b", "text": "err 2", "mode": "watch", "expected": ["2"], "careful": false, "kind": "log"}',
        '{"text": "hello", "expected": []}',
    )
    first, second, third = load_question_files([path]).questions
    assert (first.expected, first.any_of, first.language, first.mode) == (("1", "2"), True, "en", "ask")
    assert (second.mode, second.eager, second.kind, second.line) == ("watch", True, "log", 3)
    assert (third.mode, third.eager, third.expected, third.id) == ("ask", False, (), "texts.jsonl:4")


def test_number_as_id(tmp_path: Path) -> None:
    """An id may be a number, as in a batch."""
    path = write(
        tmp_path / "t.jsonl",
        '{"id": 7, "text": "x", "expected": []}',
        '{"id": 1.5, "text": "", "expected": []}',
    )
    assert [question.id for question in load_question_files([path]).questions] == ["7", "1.5"]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_number_that_json_lacks(tmp_path: Path, number: str) -> None:
    """A line with a number that JSON doesn't have is no JSON."""
    path = write(tmp_path / "t.jsonl", f'{{"id": {number}, "text": "x", "expected": []}}')
    with pytest.raises(InputError) as caught:
        load_question_files([path])
    assert caught.value.key == "line_broken"


def test_borderline_record(tmp_path: Path) -> None:
    """A record noted as borderline is kept apart."""
    path = write(tmp_path / "t.jsonl", '{"text": "x", "expected": [], "notes": "Borderline: chat"}')
    found = load_question_files([path])
    assert (len(found.questions), len(found.borderline)) == (0, 1)


def test_slack_message_is_skipped(tmp_path: Path) -> None:
    """A record with a Slack message instead of a text is skipped, and the report says so."""
    path = write(tmp_path / "t.jsonl", '{"id": "post-1", "message": {"blocks": []}, "expected": []}')
    found = load_question_files([path])
    assert found.questions == ()
    told = render_text(Report(outcomes=(), skipped=found.skipped))
    assert "skipped, in no figure: 1;" in told
    assert "post-1: it holds a Slack message" in told


def test_yaml_and_known_failures(tmp_path: Path) -> None:
    """YAML questions are read as golden ones, those of known-failures.yaml as ones that must fail."""
    golden = write(tmp_path / "en.yaml", "- text: my lamp is gone", "  expected: ['1']", "  kind: paraphrase")
    known = write(tmp_path / "known-failures.yaml", "- text: lampe", "  expected: ['1']", "  why: German")
    found = load_question_files([golden, known])
    assert [question.text for question in found.questions] == ["my lamp is gone"]
    assert [question.text for question in found.known_failures] == ["lampe"]


FAULTS: list[tuple[str, str, dict[str, object]]] = [
    ("not json", "line_broken", {"line": 2}),
    ('["a list"]', "line_broken", {"line": 2}),
    ("[" * 100_000, "line_broken", {"line": 2}),
    ('{"text": "x"}', "line_field_wrong", {"line": 2, "field": "expected"}),
    ('{"text": "x", "expected": "1"}', "line_field_wrong", {"line": 2, "field": "expected"}),
    ('{"text": "x", "expected": [1]}', "line_field_wrong", {"line": 2, "field": "expected"}),
    ('{"expected": []}', "line_field_wrong", {"line": 2, "field": "text"}),
    ('{"text": 5, "expected": []}', "line_field_wrong", {"line": 2, "field": "text"}),
    ('{"text": "x", "expected": [], "mode": "a"}', "line_field_wrong", {"line": 2, "field": "mode"}),
    ('{"text": "x", "expected": [], "careful": 0}', "line_field_wrong", {"line": 2, "field": "careful"}),
    ('{"text": "x", "expected": ["9"]}', "question_code_unknown", {"line": 2, "code": "9"}),
]


@pytest.mark.parametrize(("written", "key", "values"), FAULTS, ids=[fault[0][:40] for fault in FAULTS])
def test_broken_line(tmp_path: Path, written: str, key: str, values: dict[str, object]) -> None:
    """A line that can't be read is an error that names the file, the line and what is wrong."""
    path = write(tmp_path / "t.jsonl", '{"text": "fine", "expected": ["1"]}', written)
    with pytest.raises(InputError) as caught:
        load_question_files([path], codes={"1", "2"})
    assert caught.value.key == key
    example = {"example": EXAMPLE} if key.startswith("line_") else {}
    assert caught.value.values == {"path": str(path), **example, **values}


def test_unknown_code_in_yaml(tmp_path: Path) -> None:
    """A golden question that expects an undocumented code is an error that names its line."""
    path = write(tmp_path / "en.yaml", "- text: gone", "  expected: ['9']", "  kind: typo")
    with pytest.raises(InputError) as caught:
        load_question_files([path], codes={"1"})
    assert (caught.value.key, caught.value.values["code"]) == ("question_code_unknown", "9")


@pytest.mark.parametrize("name", ["t.jsonl", "en.yaml"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    """A file that isn't there is named."""
    with pytest.raises(InputError) as caught:
        load_question_files([tmp_path / name])
    assert (caught.value.key, caught.value.values) == ("file_missing", {"path": str(tmp_path / name)})


def test_folder_for_a_file(tmp_path: Path) -> None:
    """A folder can't be read as a file, and the error says why."""
    with pytest.raises(InputError) as caught:
        load_question_files([tmp_path])
    assert caught.value.key == "file_unreadable"


def test_binary_file(tmp_path: Path) -> None:
    """A file that isn't UTF-8 is an error that names the byte."""
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"text": "\xff"}')
    with pytest.raises(InputError) as caught:
        load_question_files([path])
    assert (caught.value.key, caught.value.values["byte"]) == ("file_not_text", 10)


def test_empty_file(tmp_path: Path) -> None:
    """A file without questions is an error, so that an evaluation of nothing never passes for a good one."""
    path = write(tmp_path / "t.jsonl", "")
    with pytest.raises(InputError) as caught:
        load_question_files([path])
    assert (caught.value.key, caught.value.values) == ("question_file_empty", {"path": str(path)})


def test_no_known_failures_are_fine(tmp_path: Path) -> None:
    """A known-failures file may hold none."""
    assert load_question_files([write(tmp_path / "known-failures.yaml", "[]")]) == QuestionSet()


def test_broken_yaml(tmp_path: Path) -> None:
    """A broken YAML file is told with its problems, as the linter tells them."""
    with pytest.raises(KnowledgeError) as caught:
        load_question_files([write(tmp_path / "en.yaml", "- text: [")])
    assert str(caught.value).startswith(f"{tmp_path / 'en.yaml'}:")


def test_default_files(tmp_path: Path) -> None:
    """The files found by default are all packs' questions, known failures among them, in a fixed order."""
    for name in ("b/questions/zh.yaml", "a/questions/known-failures.yaml", "a/questions/en.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        write(tmp_path / name, "[]")
    found = [path.relative_to(tmp_path).as_posix() for path in find_question_files(tmp_path)]
    assert found == ["a/questions/en.yaml", "a/questions/known-failures.yaml", "b/questions/zh.yaml"]
