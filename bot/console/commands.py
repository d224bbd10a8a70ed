"""The table of commands. Each has its summary, its options and its handler in one of the modules beside this.

Help, completion and docs/cli.md are made from it.
"""

from __future__ import annotations

import click

from bot.console.commands_asking import ask, preview, show
from bot.console.commands_authoring import check, evaluate, init, new, schema, tune
from bot.console.commands_operating import doctor, manifest, migrate, serve
from bot.console.commands_people import export_user, forget
from bot.console.commands_reporting import gaps, report
from bot.console.commands_tables import diff, export, import_table, list_codes, publish, search
from bot.console.completion import SHELLS, build_script
from bot.console.exit_codes import DONE
from bot.console.usage import Command, CommandGroup, OneOf

NAME = "faultbook"


@click.group(
    cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True
)
@click.version_option(package_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> int:
    """The error-code desk: what an error means, its likely cause, and what to do."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return DONE


@click.command(cls=Command)
@click.argument("shell", type=OneOf(SHELLS), metavar="|".join(SHELLS))
def completion(shell: str) -> int:
    """Print the script that completes commands, options and codes in a shell.

    bash 4.4 or newer, in ~/.bashrc: eval "$(faultbook completion bash)"

    zsh, in ~/.zshrc after compinit: eval "$(faultbook completion zsh)"

    fish, once: faultbook completion fish > ~/.config/fish/completions/faultbook.fish
    """
    click.echo(build_script(shell, commands, NAME))
    return DONE


for _each in (
    ask, show, preview,
    check, init, new, schema, evaluate, tune,
    import_table, publish, list_codes, search, export, diff,
    report, gaps,
    serve, doctor, migrate, manifest, forget, export_user,
    completion,
):  # fmt: skip
    commands.add_command(_each)
