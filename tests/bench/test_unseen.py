"""Questions made from a table that nobody wrote phrases for, and how the desk fares on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import unseen
from bench.packs import Row, read_rows, write_pack
from bench.unseen_questions import KINDS, SLOT, Generator
from bot.knowledge.entry import Question
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge

TABLE = Path(__file__).with_name("lockers.csv")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the table."""
    return read_rows(TABLE, "code", {"message": {"en": "message_en", "zh": "message_zh"}})


@pytest.fixture(scope="module")
def knowledge(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The pack made of them."""
    folder = tmp_path_factory.mktemp("lockers")
    write_pack(rows, folder)
    return load_knowledge(folder)


@pytest.fixture(scope="module")
def questions(rows: list[Row], knowledge: Knowledge) -> list[Question]:
    """All questions of one seed."""
    return list(Generator(rows, knowledge).generate(50, seed=3))


def test_same_seed(rows: list[Row], knowledge: Knowledge, questions: list[Question]) -> None:
    """One seed makes the same questions again, another one others."""
    assert list(Generator(rows, knowledge).generate(50, seed=3)) == questions
    assert list(Generator(rows, knowledge).generate(50, seed=4)) != questions


def test_every_kind(questions: list[Question]) -> None:
    """Each kind is asked in both languages."""
    asked = {(question.kind, question.language) for question in questions}
    assert asked == {(kind, language) for kind in KINDS for language in ("en", "zh")}


def test_slots_are_filled(questions: list[Question]) -> None:
    """No question has a slot left; a wrapper may be a JSON object."""
    left = [question.text for question in questions if question.kind != "JSON" and SLOT.search(question.text)]
    assert [text for text in left if "<" not in text] == []


def test_shared_message(questions: list[Question]) -> None:
    """A message that two codes share is right for either."""
    plain = [question for question in questions if question.kind == "plain" and "3009" in question.expected]
    assert {frozenset(question.expected) for question in plain if question.language == "en"} == {
        frozenset({"3009", "3015"})
    }
    assert all(question.any_of for question in plain if len(question.expected) > 1)


def test_nobody_could_tell(questions: list[Question]) -> None:
    """A message of one word is only asked about by its code."""
    assert {question.kind for question in questions if question.expected == ("3013",)} == {"code"}


def test_code_in_front(rows: list[Row], knowledge: Knowledge) -> None:
    """Every message is asked about with its code in front, and no SQLSTATE or line number is taken for it."""
    measured = unseen.measure(rows, knowledge, 50, seed=3, with_peers=False)
    coded = [one for one in measured.asked if one.question.kind == "code"]
    assert len(coded) == sum(len(row.message) for row in rows)
    assert [one.question.text for one in coded if set(one.outcome.got) - set(one.question.expected)] == []


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a row for each kind and language, and writes what isn't right."""
    failures = tmp_path / "failures.txt"
    unseen.main([str(TABLE), "--count", "3", "--failures", str(failures)])
    printed = capsys.readouterr().out
    assert all(f"\n{kind} " in printed for kind in KINDS)
    assert "rapidfuzz ratio" in printed
    assert failures.exists()


def test_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that isn't there is an error that names it."""
    assert unseen.main([str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
