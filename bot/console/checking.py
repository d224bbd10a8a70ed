"""`faultbook check`: a knowledge folder, or a pack, folder or file in one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.check import FORM_RULES, check_drafts, split_to_do
from bot.console.intake import find_path
from bot.console.paths import show_from_here
from bot.console.session import Session
from bot.errors import InputError, Problem
from bot.knowledge.load import LANGUAGES
from bot.replies.sentences import AuthoringSentence


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of what was checked, those of the rest of its folder, and what is still to be written: in
    any case, and before the drafts can be published.

    Unless it `is_complete`, files could not be read, and their contents were not checked.
    """

    root: Path
    problems: Sequence[Problem]
    elsewhere: Sequence[Problem]
    is_complete: bool
    to_do: Sequence[Problem] = ()
    drafts: Sequence[Problem] = ()


def check_target(session: Session, name: str | None, complete: bool = False) -> Checked:
    """Check a knowledge folder, or a pack, folder or file in one; the desk's own where nothing is named.

    With `complete`, what is still to be written is a problem, too. Raises InputError where there is no such
    thing.
    """
    if name is None:
        target = root = session.root
    else:
        target = find_path(name)
        if not target.exists():
            raise InputError(AuthoringSentence.CHECK_MISSING, path=name)
        root = _find_root(target)
        if not root.is_dir():
            raise InputError(AuthoringSentence.CHECK_NO_FOLDER, path=name, file=LANGUAGES)
    inside = os.path.relpath(os.path.realpath(target), os.path.realpath(root))

    def is_own(problem: Problem) -> bool:
        path = problem.path.partition("/")[2]
        return inside == "." or path == inside or path.startswith(f"{inside}/")

    found, lacking = check_drafts(root, session.settings.file_limit, session.track)
    drafts = [show_from_here(each, root) for each in lacking if is_own(each)]
    own = [show_from_here(each, root) for each in found if is_own(each)]
    others = [show_from_here(each, root) for each in found if not is_own(each)]
    is_complete = not any(each.rule in FORM_RULES for each in found)  # a draft that lacks a field was read
    if complete:
        return Checked(root, sorted([*own, *drafts]), others, is_complete)
    (own, to_do), (others, _) = split_to_do(own), split_to_do(others)
    return Checked(root, own, others, is_complete, to_do, drafts)


def _find_root(target: Path) -> Path:
    """Return the knowledge folder that a path is, or is in; the path itself where there is none."""
    whole = Path(os.path.normpath(target.absolute()))
    found = next((place for place in (whole, *whole.parents) if (place / LANGUAGES).exists()), None)
    return target if found in (None, whole) else Path(os.path.relpath(found))
