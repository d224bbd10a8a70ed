"""The run over generated questions: what is counted, which goals are held beside."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.generated import list_goals, main, measure
from bench.outcomes import Asked, Measured, render, render_failures
from bench.questions import Cell
from bot.authoring.outcome import Mark, Outcome, Setting
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge


def build_outcome(mark: Mark, setting: Setting = "ask", expected: Sequence[str] = ("1",)) -> Outcome:
    """Build an outcome with the fields that are counted."""
    question = Question("text", tuple(expected), "toy", "en", id="the source")
    return Outcome(question, setting, mark, "answered", tuple(expected), ("2",), 1, 80.0, "", "")


def list_missed(marks: dict[Mark, int], edits: int, quiet: Sequence[Outcome] = ()) -> list[str]:
    """Return the goals that so many of each mark miss."""
    each = [mark for mark, count in marks.items() for _ in range(count)]
    asked = [Asked(Cell("toy", "en", edits), build_outcome(mark)) for mark in each]
    return [goal.name for goal in list_goals(asked, quiet) if not goal.is_met]


def test_goals() -> None:
    """Right at one and two edits, wrong entries, and what is said to texts that need no answer."""
    assert list_missed({"right": 97, "silent": 3}, 1) == []
    assert list_missed({"right": 96, "silent": 4}, 1) == ["right at 1 edit, 97% or more"]
    assert list_missed({"right": 90, "offered": 10}, 2) == []
    assert list_missed({"right": 998, "wrong": 2}, 2) == []
    assert list_missed({"right": 997, "wrong": 3}, 2) == ["wrong entry, 0.2% or less"]
    assert list_missed({"right": 1}, 1, [build_outcome("false_reply", "eager", ())]) == [
        "false replies in watch mode, none"
    ]
    assert list_missed({"right": 1}, 1, [build_outcome("false_answer", "ask", ())]) == [
        "entries answered to a turned meaning, none"
    ]


def test_run(knowledge: Knowledge) -> None:
    """Every question counts once in the table, every quiet text in its settings; each failure is told."""
    measured = measure(knowledge, count=60, negatives=40, seed=1)
    assert len(measured.asked) == 60
    assert {one.setting for one in measured.quiet} == {"ask", "careful", "eager"}
    told = render(measured)
    totals = next(line for line in told.splitlines() if line.startswith("all ") and " 60 " in line)
    right = sum(one.mark == "right" for one in measured.asked)
    assert totals.split()[1:3] == ["60", str(right)]
    failed = sum(not one.good for one in (*(asked.outcome for asked in measured.asked), *measured.quiet))
    assert render_failures(measured).count("\n") == failed


def test_failures() -> None:
    """A failure tells its mark, what was due and given, and what the text was made from."""
    measured = Measured([Asked(Cell("toy", "en", 1), build_outcome("wrong"))], [], [])
    [line] = render_failures(measured).splitlines()
    assert line == "wrong (ask)  toy en  1 -> 2  80.0  'text'  <- 'the source'"


@pytest.mark.parametrize("wrong", [["--count", "0"], ["--negatives", "-1"], ["--seed", "x"]])
def test_options(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A count that can't be is refused by name."""
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2
    assert wrong[0] in capsys.readouterr().err
