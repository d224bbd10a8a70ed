"""The commands of who looks after the knowledge that a desk serves: report, gaps."""

from __future__ import annotations

import click

from bot.console.exit_codes import DONE
from bot.console.session import Session
from bot.console.usage import Command, OneOf

SHAPES = ("text", "json", "csv")
SINCE = "Back to when: 12h, 7d, 4w, or a day such as 2026-11-23 (default: {default})."
TEAM = "The id of the workspace, where the database has several."


@click.command(cls=Command)
@click.option("--since", metavar="WHEN", default="7d", help=SINCE.format(default="7d"))
@click.option("--team", metavar="ID", default="", help=TEAM)
@click.option(
    "--format", "shape", type=OneOf(SHAPES), default="text", help="What is printed (default: text)."
)
@click.pass_obj
def report(session: Session, since: str, team: str, shape: str) -> int:
    """Show what was asked and what became of it, compared with the same time before."""
    from bot.console.reporting import print_report

    click.echo(print_report(session, since, team, shape), nl=False)
    return DONE


@click.command(cls=Command)
@click.option("--since", metavar="WHEN", default="30d", help=SINCE.format(default="30d"))
@click.option("--team", metavar="ID", default="", help=TEAM)
@click.option("--ignored", is_flag=True, help="Those that an author said to ignore, in place of the others.")
@click.option(
    "--format", "shape", type=OneOf(SHAPES), default="text", help="What is printed (default: text)."
)
@click.pass_obj
def gaps(session: Session, since: str, team: str, ignored: bool, shape: str) -> int:
    """List what people asked for in vain, the most wanted first, with the command that starts the remedy."""
    from bot.console.reporting import print_gaps

    click.echo(print_gaps(session, since, team, ignored, shape), nl=False)
    return DONE
