"""How thresholds are chosen: by which questions, to what end, and what is told of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.outcome import Mark
from bot.authoring.question_files import load_question_files
from bot.authoring.rehearsal import Grid, Marks, Rehearsal, rehearse
from bot.authoring.tune import GRID, Tuning, choose, deal, tune
from bot.authoring.tuning import render_curve, render_tuning
from bot.cli import main
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import CHOSEN, Thresholds
from tests.support.shipped import load_shipped, open_matcher

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob("knowledge/*/questions/[ez]*.yaml")), ROOT / "tests" / "abstain.yaml"]
SMALL = Grid(answers=(50.0, 60.0, 70.0, 80.0, 90.0), offers=(40.0, 50.0), margins=(0.0, 6.0, 12.0))
Spot = tuple[float, float, float]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped knowledge."""
    return load_shipped()


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    """Every seventh golden question and text that needs no answer."""
    return load_question_files(FILES).questions[::7]


@pytest.fixture(scope="module")
def tuning(knowledge: Knowledge, questions: tuple[Question, ...]) -> Tuning:
    """What these questions choose on a small grid."""
    return tune(knowledge, questions, folds=3, grid=SMALL)


def build_marks(grid: Grid, fares: dict[Spot, Mark], otherwise: Mark) -> Marks:
    """Build the marks of one question from those at some thresholds (answer, offer, margin)."""
    return {
        (offer, margin): (tuple(fares.get((answer, offer, margin), otherwise) for answer in grid.answers),)
        for offer, margin in grid.lines
    }


def test_rehearsal(questions: tuple[Question, ...]) -> None:
    """A rehearsal gives the verdicts that a matcher with the same thresholds gives, in any order."""
    rehearsal = Rehearsal(open_matcher())
    for thresholds in (Thresholds(85, 60, 15), Thresholds(50, 40, 0), CHOSEN, Thresholds(85, 60, 15)):
        matcher = open_matcher().with_thresholds(thresholds)
        for question in questions[::3]:
            assert rehearsal.ask_by(thresholds, question.text) == matcher.ask(question.text)


def test_thresholds_decide() -> None:
    """The answer threshold decides between answer and silence, the margin between answer and choices."""
    matcher, text = open_matcher(), "灯老是自己掉线了"
    assert matcher.with_thresholds(replace(CHOSEN, answer=50)).ask(text).kind == "answered"
    assert matcher.with_thresholds(replace(CHOSEN, answer=200)).ask(text).kind == "abstained"
    paraphrase = "产品接口那边说根本没有产品"
    assert len(matcher.ask(paraphrase).matches) == 1
    assert len(matcher.with_thresholds(replace(CHOSEN, margin=60)).ask(paraphrase).matches) != 1


def test_every_mark(questions: tuple[Question, ...]) -> None:
    """What is bisected and taken from the corners is what each set of thresholds gives, asked one by one."""
    rehearsal = Rehearsal(open_matcher())
    marks = rehearse(rehearsal, questions, SMALL)
    for (offer, margin), rows in marks.items():
        for place, answer in enumerate(SMALL.answers):
            thresholds = Thresholds(answer, offer, margin)
            asked = [rehearsal.judge_by(thresholds, question).mark for question in questions]
            assert [row[place] for row in rows] == asked


def test_what_a_wrong_answer_costs() -> None:
    """Nine right answers don't make up for a wrong one, or for one to a text that needs none; eleven do."""
    for worst in ("wrong", "false_answer", "partial"):
        grid = Grid((50.0, 60.0), (40.0,), (0.0,))
        right: Mark = "right"
        rows = [build_marks(grid, {(50.0, 40.0, 0.0): right}, "silent") for _ in range(9)]
        rows.append(build_marks(grid, {(50.0, 40.0, 0.0): worst}, "silent"))
        marks = {line: tuple(row[line][0] for row in rows) for line in grid.lines}
        choice = choose(marks, range(10), grid)
        assert (choice.thresholds.answer, choice.right, choice.worst) == (60.0, 0, 0)
        assert choose(marks, range(9), grid).thresholds.answer == 50.0
        many = {line: (*row[:9], *row[:2], row[9]) for line, row in marks.items()}
        choice = choose(many, range(12), grid)
        assert (choice.thresholds.answer, choice.right, choice.worst) == (50.0, 11, 1)


def test_middle() -> None:
    """Of thresholds that do as well the middle of the plateau is taken, and its range is told."""
    grid = Grid(tuple(map(float, range(50, 61))), (40.0,), tuple(map(float, range(5))))
    good: dict[Spot, Mark] = {
        (float(answer), 40.0, float(margin)): "right" for answer in range(52, 59) for margin in range(1, 4)
    }
    choice = choose(build_marks(grid, good, "silent"), [0], grid)
    assert choice.thresholds == Thresholds(55.0, 40.0, 2.0)
    assert choice.ranges == ((52.0, 58.0), (40.0, 40.0), (1.0, 3.0))


def test_offer_below_answer() -> None:
    """No offer threshold above the answer threshold is chosen."""
    grid = Grid((50.0,), (40.0, 60.0), (0.0,))
    marks = build_marks(grid, {(50.0, 60.0, 0.0): "right"}, "silent")
    assert choose(marks, [0], grid).thresholds.offer == 40.0


def test_folds(questions: tuple[Question, ...]) -> None:
    """An entry's questions are all in one fold, folds are of one size, and the seed deals them."""
    dealt = deal(questions, 5, 1)
    homes: dict[str, set[int]] = {}
    for question, fold in zip(questions, dealt, strict=True):
        if question.expected:
            homes.setdefault(question.expected[0], set()).add(fold)
    assert all(len(folds) == 1 for folds in homes.values())
    sizes = [sum(folds == {fold} for folds in homes.values()) for fold in range(5)]
    assert max(sizes) - min(sizes) <= 1
    assert deal(questions, 5, 1) == dealt != deal(questions, 5, 2)


def test_validation(tuning: Tuning, questions: tuple[Question, ...], knowledge: Knowledge) -> None:
    """Every question is held out once; what all choose together doesn't depend on the seed."""
    due = sum(bool(question.expected) for question in questions if question.mode == "ask")
    assert len(tuning.folds) == 3
    assert sum(fold.held_out.due for fold in tuning.folds) == tuning.chosen.due == due
    assert sum(fold.held_out.undue for fold in tuning.folds) == tuning.chosen.undue > 0
    assert tuning.choice.worst == 0
    assert tuning.chosen.right == tuning.choice.right
    assert tune(knowledge, questions, folds=3, seed=2, grid=SMALL).choice == tuning.choice


def test_hopeless(knowledge: Knowledge) -> None:
    """A question that every set of thresholds answers wrongly is named, and chooses nothing."""
    hopeless = Question("28504", ("2065",), "code")
    good = Question("设备不在线", ("28504",), "phrase")
    tuning = tune(knowledge, [hopeless, good], folds=2, grid=SMALL)
    assert tuning.hopeless == (hopeless,)
    assert (tuning.choice.right, tuning.choice.worst) == (1, 0)
    assert "answered wrongly by all thresholds, and left out of the choice: 1\n  28504" in render_tuning(
        tuning
    )


def test_table(tuning: Tuning) -> None:
    """A row for each fold, one for all together, one for what is in use."""
    told = render_tuning(tuning)
    rows = [line.split("  ")[0] for line in told.split("\n\n")[0].splitlines()[1:]]
    assert rows == ["without fold 1", "without fold 2", "without fold 3", "all", "in use"]
    assert f"{CHOSEN.answer:g}" in told.split("in use")[1].splitlines()[0]


def test_curve(tuning: Tuning) -> None:
    """A point for each answer threshold; the higher it is, the less is answered."""
    told = json.loads(render_curve(tuning))
    points = told["points"]
    assert [point["answer"] for point in points] == list(SMALL.answers)
    covered = [point["coverage"] for point in points]
    assert covered == sorted(covered, reverse=True)
    assert covered[0] > covered[-1]
    assert set(told["chosen"]) == {"answer", "offer", "margin"}
    assert told["questions"] == tuning.chosen.due


def test_grid() -> None:
    """The thresholds in use are among those that are tried."""
    used = CHOSEN
    assert used.answer in GRID.answers
    assert used.offer in GRID.offers
    assert used.margin in GRID.margins


class TestCommand:
    """`faultbook tune`."""

    def test_curve_is_written(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The table is printed, the curve written to the file that was named."""
        asked = tmp_path / "asked.yaml"
        asked.write_text("- text: 设备不在线\n  expected: ['28504']\n  kind: phrase\n", encoding="utf-8")
        curve = tmp_path / "curve.json"
        assert main(["tune", str(asked), "--folds", "2", "--curve", str(curve)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        assert "without fold 2" in out
        assert json.loads(curve.read_text(encoding="utf-8"))["questions"] == 1

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--folds", "1"], "--folds can't be “1”. Use one of: 2–20."),
            (["--folds", "many"], "--folds can't be “many”"),
            (["--seed", "-3"], "--seed can't be “-3”"),
            (["/no/such/file.yaml"], "/no/such/file.yaml"),
        ],
    )
    def test_wrong(self, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
        """A wrong value or file is named, and nothing is printed."""
        assert main(["tune", *words]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert told in err
