"""Paths as somebody would type them from the working directory."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from bot.errors import Problem


def show_from_here(problem: Problem, root: Path) -> Problem:
    """Return a problem whose paths lead to its files from the working directory."""
    name = root.resolve().name
    path = show_path(root / problem.path.removeprefix(name).removeprefix("/"))
    shown = (
        show_path(root / word.removeprefix(f"{name}/")) if word.startswith(f"{name}/") else word
        for word in problem.message.split(" ")
    )
    return replace(problem, path=path, message=" ".join(shown))


def show_path(path: Path) -> str:
    """Return a path as it is typed from the working directory; whole where that is shorter."""
    try:
        whole, relative = os.path.normpath(path.absolute()), os.path.relpath(path)
    except OSError:  # the working directory is gone
        return str(path)
    return relative if len(relative) < len(whole) else whole
