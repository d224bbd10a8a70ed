"""`faultbook serve` and `faultbook doctor`: the settings are checked, and app.py builds the rest."""

from __future__ import annotations

import logging

import click

from bot.app import build_doctor, build_served
from bot.config import refuse
from bot.console.session import Session
from bot.doctor.outside import ask_running, open_existing
from bot.errors import KnowledgeError, SettingError
from bot.logs import start_logging
from bot.replies.findings import Finding
from bot.replies.sentences import SettingSentence
from bot.server import serve as serve_slack
from bot.stores.address import read_address
from bot.track import track_silently


def serve(session: Session, by_socket: bool | None) -> None:
    """Answer in Slack until a signal ends it; `by_socket` is the way in that was asked for, if any.

    Raises SettingError or SettingsError naming every setting that is missing, wrong or contradicts another.
    """
    settings = session.settings
    refuse(_find_faults(session, by_socket))
    start_logging(settings.log_level)
    for name, near in settings.misspelt.items():
        logging.getLogger(__name__).warning("%s isn't a setting; did you mean %s?", name, near)
    session.track = track_silently  # the log has the terminal from now on
    key = SettingSentence.SERVING_SOCKET if settings.by_socket else SettingSentence.SERVING_HTTP
    text = session.say(key, host=settings.host, port=settings.port)
    service, reloader = build_served(settings, session.desk, session.root, session.load, session.reload)
    serve_slack(service, settings, reloader, lambda: click.echo(text, err=True))


def examine(session: Session) -> list[Finding]:
    """Return what is to be found about the desk from outside, whether it serves or not."""
    settings = session.settings
    return build_doctor(settings, session.load).examine(
        lambda: open_existing(settings.database_url.reveal()), lambda: ask_running(settings)
    )


def _find_faults(session: Session, by_socket: bool | None) -> list[SettingError]:
    """Return what is wrong with all settings together. Raises KnowledgeError where only the knowledge is."""
    settings = session.settings
    faults = [*settings.faults.values(), *settings.find_slack_faults(by_socket)]
    try:
        read_address(settings.database_url.reveal())
    except SettingError as fault:
        faults.append(fault)
    try:
        faults += settings.find_language_faults(tuple(session.knowledge.languages))
    except SettingError as fault:
        faults.append(fault)
    except KnowledgeError:
        if not faults:
            raise
    return faults
