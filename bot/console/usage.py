"""The command line's grammar where click's won't do: codes with a minus sign, faults in fixed sentences.

Called by cli.py; batch.py and session.py raise their own errors.
"""

from __future__ import annotations

import re
from typing import Any

import click

from bot.errors import InputError
from bot.replies.sentences import Sentence

_MASK = "\0"  # can't stand in an argument, so nothing a person types is mistaken for it
_TEXT = re.compile(r"-\d|--?\s|-\S*\s", re.ASCII)


class Command(click.Command):
    """A command that takes `-6100` or "- device offline" as text, not as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises InputError naming those that the command doesn't take."""
        ctx.allow_extra_args = True
        try:
            super().parse_args(ctx, [_MASK + each if _TEXT.match(each) else each for each in args])
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise InputError(Sentence.USAGE_ARGUMENT_EXTRA, extra=unmask(ctx.args))
        return ctx.args


class OneOf(click.Choice[str]):
    """A value out of a fixed list."""

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - click passes it
    ) -> str:
        """Return the value. Raises InputError with the list if it isn't on it."""
        if value in self.choices:
            return str(value)
        name = param.opts[0] if param else ""
        raise InputError(
            Sentence.USAGE_VALUE_WRONG, name=name, value=unmask([value]), known=", ".join(self.choices)
        )


def unmask(words: tuple[str, ...] | list[str]) -> str:
    """Return words of the command line as one text, as they were typed."""
    return " ".join(words).replace(_MASK, "")


def read_usage_error(error: click.UsageError) -> InputError:
    """Return what click found wrong as an error that carries a sentence's key."""
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            alike = ", ".join(error.possibilities)
            return InputError(Sentence.USAGE_OPTION_ALIKE, option=error.option_name, alike=alike)
        return InputError(Sentence.USAGE_OPTION_UNKNOWN, option=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return InputError(
            Sentence.USAGE_COMMAND_UNKNOWN, command=error.command_name, known=_list_commands(error)
        )
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return InputError(Sentence.USAGE_ARGUMENT_MISSING, name=name)
    if isinstance(error, click.BadOptionUsage):  # too much for a flag, too little for any other option
        flag = _is_flag(error)
        key = Sentence.USAGE_OPTION_TAKES_NO_VALUE if flag else Sentence.USAGE_OPTION_NEEDS_VALUE
        return InputError(key, option=error.option_name)
    return InputError(Sentence.USAGE_WRONG, why=error.format_message())


def _list_commands(error: click.UsageError) -> str:
    group = error.ctx.command if error.ctx else None
    return ", ".join(group.list_commands(error.ctx)) if isinstance(group, click.Group) and error.ctx else ""


def _is_flag(error: click.BadOptionUsage) -> bool:
    options = error.ctx.command.params if error.ctx else []
    named = (option for option in options if error.option_name in option.opts)
    return any(isinstance(option, click.Option) and option.is_flag for option in named)
