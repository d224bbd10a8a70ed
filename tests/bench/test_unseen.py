"""Questions made from a table that nobody wrote phrases for, and how the desk fares on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import unseen
from bench.packs import MESSAGE_COLUMNS, read_rows, write_pack
from bench.questions import Generated, Generator, list_unseen_cells
from bench.slots import SLOT
from bot.knowledge.load import load_knowledge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge

TABLE = Path(__file__).with_name("lockers.csv")


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The pack made of the table."""
    folder = tmp_path_factory.mktemp("lockers")
    write_pack(read_rows(TABLE, "code", MESSAGE_COLUMNS), folder)
    return load_knowledge(folder)


def generate(knowledge: Knowledge, seed: int) -> tuple[Generated, ...]:
    """Return at most twenty questions of each kind and language."""
    return Generator(knowledge, is_written=False).generate(2000, seed, list_unseen_cells(), each=20)


@pytest.fixture(scope="module")
def questions(knowledge: Knowledge) -> list[Question]:
    """All questions of one seed."""
    return [one.question for one in generate(knowledge, 3)]


def test_same_seed(knowledge: Knowledge, questions: list[Question]) -> None:
    """One seed makes the same questions again, another one others."""
    assert [one.question for one in generate(knowledge, 3)] == questions
    assert [one.question for one in generate(knowledge, 4)] != questions


def test_every_kind(questions: list[Question]) -> None:
    """Each kind is asked in both languages, and none more often than was said."""
    asked = [(question.kind, question.language) for question in questions]
    assert set(asked) == {(cell.kind, cell.language) for cell in list_unseen_cells()}
    assert max(map(asked.count, set(asked))) == 20


def test_slots_are_filled(questions: list[Question]) -> None:
    """No question has a slot left; a wrapper may be a JSON object, and a log may name a logger as <name>."""
    left = [one.text for one in questions if one.kind not in ("JSON", "log") and SLOT.search(one.text)]
    assert left == []


def test_shared_message(questions: list[Question]) -> None:
    """A message that two codes share is right for either."""
    plain = [one for one in questions if one.kind == "plain" and "3009" in one.expected]
    assert {one.expected for one in plain if one.language == "en"} == {("3009", "3015")}
    assert all(one.any_of for one in plain if len(one.expected) > 1)


def test_cut(questions: list[Question]) -> None:
    """What is cut is right for every code whose message holds what is left."""
    cut = [one for one in questions if one.kind == "cut end" and "3008" in one.expected]
    assert {one.expected for one in cut if one.language == "en"} <= {("3008",), ("3008", "3009", "3015")}
    assert cut


def test_nobody_could_tell(questions: list[Question]) -> None:
    """A message of one word is only asked about by its code, and a code alone isn't asked about."""
    assert {one.kind for one in questions if one.expected == ("3013",)} == {"code"}
    assert not [one for one in questions if one.expected == ("3014",)]


def test_code_in_front(knowledge: Knowledge) -> None:
    """With its code in front each is right: no SQLSTATE and no line number is taken for the code."""
    measured = unseen.measure(knowledge, 20, seed=3, with_peers=False)
    coded = [one for one in measured.asked if one.cell.kind == "code"]
    assert len(coded) == 40
    assert [one.outcome.question.text for one in coded if one.mark != "right"] == []


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a row for each kind and language, and writes what isn't right."""
    failures = tmp_path / "failures.txt"
    unseen.main([str(TABLE), "--count", "3", "--failures", str(failures)])
    printed = capsys.readouterr().out
    assert all(f"\n{cell.kind} " in printed for cell in list_unseen_cells())
    assert "rapidfuzz ratio" in printed
    assert failures.exists()


def test_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that isn't there is an error that names it."""
    assert unseen.main([str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
