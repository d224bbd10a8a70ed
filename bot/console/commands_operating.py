"""The commands of who runs the desk: serve, doctor, migrate, manifest."""

from __future__ import annotations

import click

from bot.console.exit_codes import DONE, FAULTS
from bot.console.session import Session
from bot.console.usage import Command, refuse_together
from bot.replies.sentences import SettingSentence


@click.command(cls=Command)
@click.option("--http", is_flag=True, help="Serve by HTTP only; SLACK_APP_TOKEN mustn't be set.")
@click.option("--socket", is_flag=True, help="Serve by Socket Mode only; SLACK_APP_TOKEN must be set.")
@click.pass_obj
def serve(session: Session, http: bool, socket: bool) -> int:
    """Answer in Slack, until Ctrl-C: by Socket Mode if SLACK_APP_TOKEN is set, else by HTTP."""
    if http:
        refuse_together("--http", ("--socket", socket))
    from bot.console.serving import serve as serve_slack

    serve_slack(session, True if socket else False if http else None)
    return DONE


@click.command(cls=Command)
@click.pass_obj
def doctor(session: Session) -> int:
    """Examine settings, knowledge, database and Slack, and say what to do about what is wrong."""
    from bot.console.serving import examine
    from bot.replies.findings import list_findings

    found = examine(session)
    click.echo("\n".join(list_findings(found, session.say)))
    return FAULTS if any(finding.state == "wrong" for finding in found) else DONE


@click.command(cls=Command)
@click.pass_obj
def migrate(session: Session) -> int:
    """Create or update the tables of the database that DATABASE_URL names."""
    from bot.stores.database import open_database

    database = open_database(session.settings.database_url.reveal())
    revisions = database.migrate()
    key = SettingSentence.MIGRATED if revisions else SettingSentence.MIGRATED_ALREADY
    click.echo(session.say(key, database=database, revisions=", ".join(revisions)))
    database.close()
    return DONE


@click.command(cls=Command)
@click.option("--http", metavar="URL", help="For HTTP, with the address at which Slack reaches the desk.")
@click.option("--socket", is_flag=True, help="For Socket Mode (default).")
def manifest(http: str | None, socket: bool) -> int:
    """Print the manifest to create the Slack app from."""
    import json

    from bot.manifest import build_manifest

    if http is not None:
        refuse_together("--http", ("--socket", socket))
    click.echo(json.dumps(build_manifest(http), ensure_ascii=False, indent=2))
    return DONE
