"""Runs of letters, by which strings spelt alike are found."""

from __future__ import annotations

import pytest

from bot.matching.letters import split_letters


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        ("", set()),
        ("a", {" a "}),
        ("线", {" 线", "线 "}),
        ("ota升级", {" ot", "ota", "a升", "升级", "级 "}),
        (" ota ", {" ot", "ota", "ta "}),
    ],
)
def test_runs(said: str, runs: set[str]) -> None:
    """Three letters make a run, or two with a Chinese character; the ends count, blanks around don't."""
    assert split_letters(said) == runs


@pytest.mark.parametrize(
    ("said", "meant"), [("设被不在线", "设备不在线"), ("devcie is offline", "device is offline")]
)
def test_a_slip_leaves_runs(said: str, meant: str) -> None:
    """What is misspelt in one place still shares runs with what is meant."""
    assert len(split_letters(said) & split_letters(meant)) >= 3
