"""The command line's grammar where click's won't do: codes with a minus sign, faults in fixed sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click

from bot.errors import InputError
from bot.replies.sentences import ConsoleSentence

_MASK = "\0"  # can't stand in an argument, so nothing a person types is mistaken for it
_TEXT = re.compile(r"-\d|--?\s|-\S*\s", re.ASCII)


class CommandGroup(click.Group):
    """The commands, in the order of their table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names."""
        return list(self.commands)


def find_summary(command: click.Command) -> str:
    """Return the first paragraph of a command's help."""
    return " ".join((command.help or "").partition("\n\n")[0].split())


class Command(click.Command):
    """A command whose faults are told in fixed sentences, and whose summary is never cut short."""

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - click passes it
        """Return the summary, whole."""
        return find_summary(self)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises InputError naming those that the command doesn't take."""
        ctx.allow_extra_args = True
        try:
            super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise InputError(ConsoleSentence.USAGE_ARGUMENT_EXTRA, extra=_unmask(" ".join(ctx.args)))
        return ctx.args


class TextCommand(Command):
    """A command that takes `-6100` or "- device offline" as text, not as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; words that begin like a negative code or a list item are text."""
        rest = super().parse_args(ctx, list(self._mask(ctx, args)))
        for name, value in ctx.params.items():
            if isinstance(value, str):
                ctx.params[name] = _unmask(value)
            elif isinstance(value, tuple):
                ctx.params[name] = tuple(_unmask(each) for each in value)
        return rest

    def _mask(self, ctx: click.Context, args: list[str]) -> Iterator[str]:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        spellings = {spelling for option in options for spelling in option.opts}
        valued = {spelling for option in options if not option.is_flag for spelling in option.opts}
        before = ""
        for each in args:
            is_value = before in valued or each.partition("=")[0] in spellings
            yield each if is_value or not _TEXT.match(each) else _MASK + each
            before = "" if before in valued else each


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
            ConsoleSentence.USAGE_VALUE_WRONG, name=name, value=value, known=", ".join(self.choices)
        )

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click passes them
        """Return the values as the README writes them: ask|watch."""
        return "|".join(self.choices)


def _unmask(text: str) -> str:
    return text.replace(_MASK, "")


def read_usage_error(error: click.UsageError) -> InputError:
    """Return what click found wrong as an error that carries a sentence's key."""
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            alike = ", ".join(error.possibilities)
            return InputError(ConsoleSentence.USAGE_OPTION_ALIKE, option=error.option_name, alike=alike)
        return InputError(ConsoleSentence.USAGE_OPTION_UNKNOWN, option=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        if error.possibilities:
            alike = ", ".join(error.possibilities)
            return InputError(ConsoleSentence.USAGE_COMMAND_ALIKE, command=error.command_name, alike=alike)
        return InputError(
            ConsoleSentence.USAGE_COMMAND_UNKNOWN, command=error.command_name, known=_list_commands(error)
        )
    if isinstance(error, click.MissingParameter):
        param = error.param
        name = (
            param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""
        )
        return InputError(ConsoleSentence.USAGE_ARGUMENT_MISSING, name=name)
    if isinstance(error, click.BadOptionUsage):  # too much for a flag, too little for any other option
        flag = _is_flag(error)
        key = (
            ConsoleSentence.USAGE_OPTION_TAKES_NO_VALUE if flag else ConsoleSentence.USAGE_OPTION_NEEDS_VALUE
        )
        return InputError(key, option=error.option_name)
    return InputError(ConsoleSentence.USAGE_WRONG, why=error.format_message())


def refuse_together(first: str, *others: tuple[str, object]) -> None:
    """Raise InputError naming the first of the other options that was given beside one."""
    for second, given in others:
        if given:
            raise InputError(ConsoleSentence.USAGE_EXCLUSIVE, first=first, second=second)


def _list_commands(error: click.UsageError) -> str:
    group = error.ctx.command if error.ctx else None
    return ", ".join(group.list_commands(error.ctx)) if isinstance(group, click.Group) and error.ctx else ""


def _is_flag(error: click.BadOptionUsage) -> bool:
    options = error.ctx.command.params if error.ctx else []
    named = (option for option in options if error.option_name in option.opts)
    return any(isinstance(option, click.Option) and option.is_flag for option in named)
