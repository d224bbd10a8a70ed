"""The numbers that somebody set by hand in the code that matches: how many, and that each has its reason.

A number set by hand is a literal in bot/matching/*.py that takes part in the verdict on a text: a threshold,
a weight, a reach, a length. Not counted are -1, 0, 1, 2 and 100 (plain arithmetic, a scale of 100), places
within a sequence (`item[5:7]`), and the constants named in BOUNDS: they bound work or memory on texts that
nobody writes, or are facts from outside. Fitted weights stand in weights.json, those of cues in YAML beside
their reasons; what an expression matches is no number.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "bot" / "matching"
FILES = sorted(FOLDER.rglob("*.py"))
ARITHMETIC = {0, 1, 2, 100}
BOUNDS = {
    # work on a long or strange text
    "ANCHORS", "DEEPEST", "LONGEST", "LONGEST_NUMBER", "LONGEST_RUN", "LONGEST_SENTENCE", "LONGEST_TYPED",
    "LONGEST_WHOLE", "LONGEST_WORD", "MOST_CLAIMS", "MOST_FIELDS", "MOST_JUDGED",
    "MOST_STATEMENTS", "PLACES", "ROUNDS",
    # strings that one look into the index brings
    "LIKELY", "MOST_SOUNDED", "NEAREST", "OVERLAP", "RAREST", "SPELT", "WEIGHED", "WINDOW",
    # memory
    "HEAP", "REMEMBERED", "SMALL_HEAP",
    # facts: Unicode, pinyin, the scale of scores
    "CERTAIN", "MIDDLE", "MOST_FOLDED", "POINTS",
}  # fmt: skip
MOST = 55
"""As many as there were when this was written; 40 would do. One that is added replaces another."""


def list_names(statement: ast.stmt) -> list[str]:
    """Return the names that a statement gives values."""
    targets = statement.targets if isinstance(statement, ast.Assign) else ()
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]


def list_numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the numbers of a tree that have a part in a verdict."""
    if isinstance(node, ast.Subscript):
        yield from list_numbers(node.value)
        return
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    if isinstance(node, ast.Constant) and is_number and node.value not in ARITHMETIC:
        yield node
    if isinstance(node, ast.Assign):
        names = list_names(node)
        if BOUNDS.intersection(names):
            several = isinstance(node.value, ast.Tuple) and len(names) == len(node.value.elts)
            values = node.value.elts if isinstance(node.value, ast.Tuple) and several else [node.value]
            for name, value in zip(names, values, strict=True):
                yield from list_numbers(value) if name not in BOUNDS else ()
            return
    for child in ast.iter_child_nodes(node):
        yield from list_numbers(child)


def test_few() -> None:
    """There are no more numbers set by hand than there were."""
    found = [
        f"{path.relative_to(FOLDER)}:{number.lineno}: {ast.unparse(number)}"
        for path in FILES
        for number in list_numbers(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert len(found) <= MOST, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_reasons(path: Path) -> None:
    """Each number that a module names has a comment on its line, or a docstring below it."""
    source = path.read_text(encoding="utf-8")
    lines, body = source.splitlines(), ast.parse(source).body
    for statement, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.Assign) and any(list_numbers(statement)):
            is_told = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            assert is_told or "#" in lines[statement.lineno - 1], f"{path}:{statement.lineno}"


def test_bounds_are_there() -> None:
    """Each bound that is left out of the count is a constant of a module."""
    named = {
        name
        for path in FILES
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        for name in list_names(statement)
    }
    assert named >= BOUNDS
