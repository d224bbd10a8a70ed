"""Paths as somebody would type them from the working directory."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from bot.errors import Problem


def show_from_here(problem: Problem, root: Path) -> Problem:
    """Return a problem whose paths lead to its files from the working directory."""
    name = re.escape(root.resolve().name)

    def show(found: re.Match[str]) -> str:
        return show_path(root / found[1])

    path = re.sub(rf"^{name}/?(.*)$", show, problem.path, flags=re.DOTALL)
    message = re.sub(rf"(?<![\w/.]){name}/([^\s:]+\.ya?ml)\b", show, problem.message)
    return replace(problem, path=path, message=message)


def show_path(path: Path) -> str:
    """Return a path as it is typed from the working directory; whole where that is shorter."""
    try:
        whole, relative = os.path.normpath(path.absolute()), os.path.relpath(path)
    except OSError:  # the working directory is gone
        return str(path)
    return relative if len(relative) < len(whole) else whole
