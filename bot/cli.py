"""The command `faultbook`: runs it, and tells people what went wrong. console/commands.py has the commands.

What is said and how it looks stand in bot/replies.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

import click

from bot.config import read_completion, read_settings
from bot.console.commands import NAME, commands
from bot.console.completion import answer_shell
from bot.console.exit_codes import INTERRUPTED, PIPE_CLOSED, WRONG
from bot.console.intake import decode_word
from bot.console.progress import ProgressBars
from bot.console.session import Session
from bot.console.usage import read_usage_error
from bot.errors import FaultbookError, InputError
from bot.replies.sentences import ConsoleSentence


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code; no input, however bad, ends in a traceback."""
    _prepare_streams()
    bars = ProgressBars(sys.stderr, lambda key: session.say(key))
    session = Session(read_settings(), bars)
    try:
        if instruction := read_completion():
            return answer_shell(instruction, commands, session, NAME)
        # Not commands.main(): that turns a closed pipe into exit code 1, which here means faults found.
        words = [decode_word(word) for word in sys.argv[1:]] if arguments is None else arguments
        with commands.make_context(NAME, words, obj=session) as context, bars:
            code = commands.invoke(context)
        sys.stdout.flush()
        return int(code)
    except click.exceptions.Exit as done:  # after --help and --version
        return done.exit_code
    except click.UsageError as error:
        _print_error(session, read_usage_error(error))
        path = error.ctx.command_path if error.ctx else NAME
        click.echo(session.say(ConsoleSentence.USAGE_HINT, command=path), err=True)
        return WRONG
    except FaultbookError as error:
        _print_error(session, error)
        return WRONG
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n" + session.say(ConsoleSentence.INTERRUPTED), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return PIPE_CLOSED
    except (
        OSError
    ) as error:  # a full disk, mostly; files named by a person were dealt with where they're read
        _abandon_output()
        why = error.strerror or str(error)
        _print_error(
            session, InputError(ConsoleSentence.FILE_UNWRITABLE, path=error.filename or "stdout", why=why)
        )
        return WRONG


def _prepare_streams() -> None:
    """Put up with streams that are closed, and speak UTF-8 whatever the locale says."""
    null = Path(os.devnull)
    sys.stdin = sys.stdin or null.open()
    sys.stdout = sys.stdout or null.open("w")
    sys.stderr = sys.stderr or null.open("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")


def _abandon_output() -> None:
    """Give the interpreter another place to flush to, or it would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_error(session: Session, error: FaultbookError) -> None:
    text = f"{NAME}: {session.describe_error(error)}"
    # A path that the system's encoding can't spell comes as lone surrogates; they're UTF-8 all the same.
    with contextlib.suppress(UnicodeEncodeError):
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    click.echo(text, err=True)
