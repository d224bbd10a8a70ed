"""Writes the pages of docs/ that come from the code: settings, commands, rules. `make docs` runs this.

Their texts stand in the tables of bot/config.py and bot/console, and in the rules' docstrings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from bot.authoring.check import describe_rules
from bot.config import TABLE, Setting
from bot.console.commands import NAME, commands
from bot.console.exit_codes import EXIT_CODES
from bot.console.usage import find_summary

FOLDER = Path(__file__).resolve().parent
NOTE = "<!-- `make docs` writes this page; edit {source} instead. -->"

SETTINGS = """\
# Settings

For whoever runs the desk. All settings are environment variables; an empty one counts as absent.
`faultbook serve` checks all of them before it starts, and reports every wrong one at once. `faultbook doctor`
shows what is set, with stars for secrets, and names variables that look like a setting and are none.

| variable | takes | default | |
|---|---|---|---|
{rows}

`NO_COLOR`, set to anything, removes the colours.
"""

CLI = """\
# The command line

For everybody who uses `faultbook` in a terminal. `faultbook --help` and `faultbook COMMAND --help` show the
same.

| command | |
|---|---|
{rows}

{sections}
## Exit codes

| code | |
|---|---|
{codes}
"""

RULES = """\
# The rules of `faultbook check`

For authors of knowledge files. `faultbook check` prints each problem as `path:line: rule: message`. A rule is
named for the fault.

| rule | the fault, and what to do |
|---|---|
{rows}
"""


def build_settings_page() -> str:
    """Return the page of settings."""
    rows = "\n".join(_write_setting(row) for row in TABLE.values())
    return _write_page("bot/config.py", SETTINGS.format(rows=rows))


def _write_setting(row: Setting) -> str:
    default = f"`{row.default}`" if row.default else row.unset
    meaning = f"{row.meaning} A secret." if row.is_secret else row.meaning
    return f"| `{row.variable}` | {row.takes} | {default} | {meaning} |"


def build_cli_page() -> str:
    """Return the page of commands."""
    table = commands.commands
    rows = "\n".join(f"| [`{name}`](#{NAME}-{name}) | {find_summary(each)} |" for name, each in table.items())
    sections = "\n".join(_write_command(name, each) for name, each in table.items())
    codes = "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items())
    return _write_page("bot/console/commands_*.py", CLI.format(rows=rows, sections=sections, codes=codes))


def _write_command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"{NAME} {name}")
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = [f"## `{NAME} {name}`", "", "```", usage, "```", ""]
    text += [" ".join(each.split()) + "\n" for each in (command.help or "").split("\n\n")]
    options = list(_list_options(command, context))
    if options:
        text += ["| option | |", "|---|---|", *options, ""]
    return "\n".join(text)


def _list_options(command: click.Command, context: click.Context) -> Iterator[str]:
    for param in command.params:
        if isinstance(param, click.Option) and (record := param.get_help_record(context)):
            spelling, meaning = (part.replace("|", "\\|") for part in record)
            yield f"| `{spelling}` | {meaning} |"


def build_rules_page() -> str:
    """Return the page of the linter's rules."""
    rows = "\n".join(
        f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |" for name, meaning in describe_rules().items()
    )
    return _write_page("the docstrings in bot/authoring/rules_*.py", RULES.format(rows=rows))


def _write_page(source: str, text: str) -> str:
    return f"{NOTE.format(source=source)}\n{text}"


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": build_settings_page,
    "cli.md": build_cli_page,
    "rules.md": build_rules_page,
}


def main() -> int:
    """Write all pages."""
    for name, build in PAGES.items():
        (FOLDER / name).write_text(build(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
