"""`faultbook serve` and `faultbook doctor`: what the settings say becomes a desk that serves, or is examined.

Called by cli.py, for these two alone: what is imported here takes its time.
"""

from __future__ import annotations

import click

from bot.app import Service, build_service, open_migrated, read_options
from bot.authoring.check import check
from bot.console.session import AUTO, Session
from bot.doctor.doctor import Doctor
from bot.doctor.outside import ask_running, open_existing
from bot.logs import start_logging
from bot.reload import Reloader
from bot.replies.findings import Finding
from bot.replies.sentences import Sentence
from bot.server import serve as serve_slack


def serve(session: Session, by_socket: bool | None) -> None:
    """Answer in Slack until a signal ends it; `by_socket` is the way in that was asked for, if any.

    Raises SettingError naming what is missing, wrong or contradicts.
    """
    settings = session.settings.get_slack(by_socket)
    level = session.settings.get_log_level()
    language = session.choose_language(AUTO, "")
    options = read_options(session.settings, session.knowledge.languages, language)
    start_logging(level)
    key = Sentence.SERVING_SOCKET if settings.by_socket else Sentence.SERVING_HTTP
    told = session.say(key, host=settings.host, port=settings.port)
    database = open_migrated(session.settings.get_database_url())
    doctor = _build_doctor(session)

    def examine_service(service: Service) -> list[Finding]:
        return doctor.examine(lambda: service.database, service.sessions.are_live)

    service = build_service(settings, session.desk, database, options, examine=examine_service)
    reloader = Reloader(session.desk, session.reload, session.root)
    serve_slack(service, settings, reloader, lambda: click.echo(told, err=True))


def examine(session: Session) -> list[Finding]:
    """Return what is to be found about the desk from outside, whether it serves or not."""
    settings = session.settings
    return _build_doctor(session).examine(
        lambda: open_existing(settings.get_database_url()), lambda: ask_running(settings)
    )


def _build_doctor(session: Session) -> Doctor:
    return Doctor(session.settings, session.load, lambda: check(session.root))
