"""How weights are fitted: on which questions, with which signs, and what is told of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.authoring.fit import find_author, fit_weights, render_weights
from bot.authoring.question_files import load_question_files
from bot.cli import main
from bot.matching import MEASURES, SPEAK_FOR
from tests.support.shipped import load_shipped

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "knowledge" / "aliyun-living" / "questions" / "en.yaml", ROOT / "tests" / "abstain.yaml"]

pytest.importorskip("scipy")


def test_fit() -> None:
    """Weights keep the signs that a person would expect, and answer what they were fitted on."""
    knowledge = load_shipped()
    questions = load_question_files(FILES).questions[::6]
    fitted = fit_weights(knowledge, questions, folds=2)
    weights = dict(zip(MEASURES, fitted.weights.values, strict=True))
    assert all(weights[name] >= 0 if name in SPEAK_FOR else weights[name] <= 0 for name in MEASURES)
    assert fitted.figures.right >= 0.9 * fitted.figures.due
    assert fitted.by_entry.figures.due == fitted.figures.due
    assert {held.name for held in fitted.by_author} == {"questions", "abstain"}
    again = fit_weights(knowledge, questions, folds=2)
    assert again == fitted
    told = json.loads(render_weights(fitted, FILES, 1, "2026-11-28"))
    assert tuple(told["weights"]) == MEASURES
    assert told["thresholds"] == asdict(fitted.choice.thresholds)
    assert all(
        low <= fitted_at <= high
        for fitted_at, (low, high) in zip(told["thresholds"].values(), fitted.choice.ranges, strict=True)
    )
    assert told["files"].keys() == {
        "knowledge/aliyun-living/questions/en.yaml", "tests/abstain.yaml"
    }  # fmt: skip


def test_author() -> None:
    """The golden questions of all packs are one author's, each other file is another's."""
    golden, quiet = (load_question_files([path]).questions[0] for path in FILES)
    assert (find_author(golden), find_author(quiet)) == ("questions", "abstain")


def test_weights_and_curve_are_two_things(capsys: pytest.CaptureFixture[str]) -> None:
    """A curve of thresholds can't be asked for together with weights."""
    assert main(["tune", "--weights", "w.json", "--curve", "c.json"]) == 2
    assert "--weights" in capsys.readouterr().err
