"""Docstrings: each file that they name exists, and they leave out who calls, which would soon be untrue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("bot", "demo", "docs", "bench", "tests", ".ci")
SKIPPED = {"node_modules", "__pycache__", ".venv", "_knowledge"}
ENDINGS = "py|md|yaml|json|jsonl|txt|toml|lock|js"
NAME = re.compile(rf"(?<![\w./*-])((?:[\w*.-]+/)*[\w*.-]+\.(?:{ENDINGS}))(?![\w/])")
CALLERS = re.compile(r"\b(?:Called|Built|Used|Run|Made|Opened|Watched|Sent)\s+by\b")
# Names that stand for a file of the reader's, not of ours.
EXAMPLES = {"a.yaml", "messages/xx.yaml", "questions/xx.yaml", "q.yaml", "bench/out/NAME.json"}


def list_files() -> Iterator[PurePosixPath]:
    """Yield all files of the tree, hidden folders but .ci left out."""
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        if not SKIPPED & set(inside.parts) and (inside.parts[0][0] != "." or inside.parts[0] in FOLDERS):
            yield PurePosixPath(inside.as_posix())


FILES = tuple(str(path) for path in list_files())
SOURCES = tuple(path for path in FILES if path.endswith(".py") and path.partition("/")[0] in FOLDERS)


def list_docstrings(path: str) -> Iterator[str]:
    """Yield the docstrings of a module, its classes and functions, and those below constants."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        body = getattr(node, "body", None)
        for each in body if isinstance(body, list) else ():
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                yield str(each.value.value)


def exists(name: str) -> bool:
    """Say whether a file ends in this path."""
    return any(fnmatch(path, name) or fnmatch(path, f"*/{name}") for path in FILES)


def test_named_files_exist() -> None:
    """Each file that a docstring names is in this tree."""
    named = {
        (path, name) for path in SOURCES for told in list_docstrings(path) for name in NAME.findall(told)
    }
    assert [(path, name) for path, name in sorted(named) if name not in EXAMPLES and not exists(name)] == []


def test_no_callers() -> None:
    """A docstring says what a thing is, not who calls it."""
    told = [(path, each) for path in SOURCES if path.startswith("bot/") for each in list_docstrings(path)]
    assert [(path, each) for path, each in told if CALLERS.search(each)] == []
