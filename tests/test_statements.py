"""The list of what most Slack bots get wrong: each statement names tests that are there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.shipped import read_yaml

TESTS = Path(__file__).parent
STATEMENTS = read_yaml(TESTS / "statements.yaml")
LEFT_OUT = {33, 37, 39}


def test_complete() -> None:
    """All forty-three are listed, but for those about surfaces that the desk hasn't."""
    assert set(STATEMENTS) == set(range(1, 44)) - LEFT_OUT


@pytest.mark.parametrize("number", STATEMENTS)
def test_held(number: int) -> None:
    """Each test that a statement names is defined in the file named."""
    assert STATEMENTS[number]["held"]
    for name in STATEMENTS[number]["held"]:
        path, function = name.split()
        tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert function in defined, name
