"""Completion in bash, zsh and fish: what may stand at each place, and the script for a shell.

click writes the scripts and calls the command back to complete. What can't be read completes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from bot.config import COMPLETION
from bot.console.session import AUTO, Session
from bot.errors import FaultbookError

SHELLS = ("bash", "zsh", "fish")

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def build_script(shell: str, commands: click.Command, name: str) -> str:
    """Return the script that a shell has to evaluate."""
    found = get_completion_class(shell)
    if found is None:
        raise ValueError(shell)
    script = found(commands, {}, name, COMPLETION).source()
    return script.replace('string split ","', 'string split --max 1 ","')  # fish: a help may hold commas


def answer_shell(instruction: str, commands: click.Command, session: Session, name: str) -> int:
    """Print what a shell asked for, and return the exit code."""
    return shell_complete(commands, {"obj": session}, name, COMPLETION, instruction)


def complete_codes(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the documented codes, with their titles."""
    session: Session = context.obj
    return _list_items(
        incomplete,
        lambda: (
            CompletionItem(entry.code, help=entry.title.get(session.settings.language, ""))
            for entry in session.knowledge.entries
            if entry.code.startswith(incomplete)
        ),
    )


def complete_packs(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the packs."""
    session: Session = context.obj
    return _list_items(incomplete, lambda: map(CompletionItem, session.knowledge.packs))


def complete_languages(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the languages."""
    session: Session = context.obj
    return _list_items(incomplete, lambda: map(CompletionItem, session.knowledge.languages))


def complete_answer_languages(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the languages, and what leaves the choice to the question."""
    auto = [CompletionItem(AUTO)] if AUTO.startswith(incomplete) else []
    return [*auto, *complete_languages(context, param, incomplete)]


def complete_files(_context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Have the shell complete files."""
    return [CompletionItem(incomplete, type="file")]


def complete_folders(
    _context: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Have the shell complete folders."""
    return [CompletionItem(incomplete, type="dir")]


def _list_items(incomplete: str, find: Callable[[], Iterable[CompletionItem]]) -> list[CompletionItem]:
    try:
        return [item for item in find() if str(item.value).startswith(incomplete)]
    except FaultbookError:
        return []
