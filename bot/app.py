"""The composition root: settings and a desk become the Slack app, its outbox, reloader, doctor and HTTP app.

Nothing is decided here. server.py serves what is built here.
"""

from __future__ import annotations

import logging
import math
import os
import platform
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from wsgiref.types import WSGIApplication

from slack_bolt import App
from slack_sdk.signature import Clock
from werkzeug import Request, Response

from bot.answer_context import AnswerContextFactory
from bot.authoring.check import check
from bot.background import Background
from bot.channels.decisions import DecisionBuilder
from bot.channels.fixes import FixCounts
from bot.channels.notes import ChannelNotes
from bot.channels.outage import Outage
from bot.channels.settings import ChannelSettings
from bot.config import Settings
from bot.desk import Desk, Snapshot
from bot.doctor.doctor import Doctor
from bot.errors import SettingError, StoreError
from bot.knowledge.snapshot import Knowledge
from bot.metrics import Metrics
from bot.outbox.decision_store import DecisionStore
from bot.outbox.direct_sender import SENDERS, DirectSender
from bot.outbox.identity import IdentityKeeper
from bot.outbox.ledger_queue import LedgerQueue
from bot.outbox.note_store import NoteStore
from bot.outbox.slack_client import SlackClient
from bot.outbox.steady_clock import SteadyClock, count_seconds
from bot.outbox.vote_store import VoteStore
from bot.outbox.worker import OutboxWorker
from bot.reload import Reloader
from bot.replies.findings import Finding
from bot.reports.digest import Digest
from bot.reports.gap_store import GapStore
from bot.reports.late_answers import LateAnswers
from bot.reports.report_store import ReportStore
from bot.sessions import Sessions
from bot.slack.authorize import build_authorize
from bot.slack.entry import Entry
from bot.slack.fallbacks import tell_asker
from bot.slack.permissions import Permissions
from bot.slack.rate_limiter import RateLimiter
from bot.slack.register import list_jobs, register
from bot.slack.services import Services
from bot.stores import ledger
from bot.stores.database import Database, open_database
from bot.stores.outbox import count_waiting
from bot.web.pages import Notes, Readiness, build_pages
from bot.web.signature import Signature

_log = logging.getLogger(__name__)

LATE_AGAIN, DIGEST_AGAIN = 60.0, 30.0  # seconds between two looks for what nobody asks for
STOPPING = 5.0  # seconds that messages in flight may take at the end; the rest waits in the outbox


def open_migrated(url: str) -> Database:
    """Return the database at a URL, its tables up to date: a file is brought up to date here.

    Raises SettingError where a server's tables are not; StoreError where the database can't be reached, or a
    newer version made its tables.
    """
    database = open_database(url)
    if database.is_sqlite:
        database.migrate()
    else:
        database.require_compatible()
    return database


@dataclass(frozen=True, slots=True)
class Service:
    """The Slack app, ready to be served: `start` it to send what the outbox holds, `close` it at the end."""

    app: App
    entry: Entry
    builder: DecisionBuilder
    ledger_queue: LedgerQueue
    database: Database
    decisions: DecisionStore
    sender: OutboxWorker
    direct: DirectSender
    identity: IdentityKeeper
    sessions: Sessions
    metrics: Metrics
    late_answers: Background
    digest: Background

    def has_database(self) -> bool:
        """Say whether the database answers, with the tables that are needed, and has room for a line."""
        try:
            if not self.database.is_compatible():
                return False
            with self.database.write() as connection:
                ledger.try_to_write(connection)
            return True
        except StoreError as error:
            _log.warning("the database takes nothing", extra={"error": str(error)})
            return False

    def start(self) -> None:
        """Send from the outbox from now on, learn whose token it is, and do what nobody asks for."""
        self.sender.start()
        self.identity.start()
        self.late_answers.start()
        self.digest.start()

    def close(self) -> None:
        """Finish what is being sent; what isn't stays in the outbox."""
        self.identity.stop()
        self.late_answers.stop()
        self.digest.stop()
        self.direct.close()
        self.ledger_queue.close()
        self.sender.stop(STOPPING)
        self.database.close()


def build_served(
    settings: Settings, desk: Desk, root: Path, load: Callable[[], Knowledge], reload: Callable[[], Snapshot]
) -> tuple[Service, Reloader]:
    """Return the Slack app over the database that the settings name, and what reads the knowledge anew.

    The desk is warm then: it has loaded what questions are read with.
    `root` is the knowledge folder; `load` reads it, `reload` makes what serves of it. Raises SettingError or
    StoreError where the database can't serve.
    """
    database = open_migrated(settings.database_url.reveal())
    doctor = build_doctor(settings, load)

    def examine(service: Service) -> Sequence[Finding]:
        return doctor.examine(lambda: service.database, service.sessions.are_live)

    service = build_service(settings, desk, database, examine=examine)
    desk.snapshot.warm()
    return service, Reloader(desk, reload, root, on_swap=service.late_answers.request)


def build_doctor(settings: Settings, load: Callable[[], Knowledge]) -> Doctor:
    """Return what examines the desk; `load` reads the knowledge."""
    return Doctor(settings, load, partial(check, largest=settings.file_limit))


def build_service(
    settings: Settings,
    desk: Desk,
    database: Database,
    wall: Callable[[], float] = time.time,
    timer: Callable[[], float] = count_seconds,
    *,
    senders: int = SENDERS,
    examine: Callable[[Service], Sequence[Finding]] = lambda _service: (),
) -> Service:
    """Return the Slack app over a desk and a database that is migrated.

    `wall` tells epoch seconds; `timer` counts seconds, evenly; `senders` is how many threads of the direct
    sender there are, one of which sends in order; `examine` is what `/fault doctor` calls.
    Raises SettingError where the environment asks Bolt for another way to get tokens.
    """
    client = SlackClient(settings.bot_token.reveal(), settings.api_url)
    identity = IdentityKeeper(client)
    app = App(
        name="faultbook",
        client=SlackClient(None, settings.api_url),  # Bolt warns of a token beside authorize
        authorize=build_authorize(identity, client.token or ""),  # Bolt asks Slack by itself otherwise
        logger=logging.getLogger("slack_bolt"),  # else Bolt takes the root's level, and logs bodies at DEBUG
        process_before_response=True,  # the answer is in the acknowledgement, or its failure is
        request_verification_enabled=False,  # web/signature.py stands before it; Socket Mode needs none
        url_verification_enabled=False,  # slack/entry.py answers it
        ssl_check_enabled=False,  # no such request is of a shape that slack/entry.py hands on
        attaching_function_token_enabled=False,  # the desk is no step of a workflow
        raise_error_for_unhandled_request=True,  # so that those are acknowledged too
        attaching_conversation_kwargs_enabled=False,
    )
    if app.oauth_flow is not None:  # Bolt reads those two from the environment by itself
        raise SettingError("setting_oauth")
    clock = SteadyClock(wall, timer)
    clock.compare(database)
    metrics = Metrics(lambda: _count_waiting(database), lambda: desk.snapshot.version)
    direct = DirectSender(senders, partial(metrics.note_delivery, "direct"))
    decisions = DecisionStore(database, clock, lambda: sender.wake())
    builder = DecisionBuilder(clock, lambda: identity.known.url if identity.known else "")
    outage = Outage(timer)
    ledger_queue = LedgerQueue(database, metrics.note_lost_lines)
    services = Services(
        contexts=AnswerContextFactory(desk, settings.language, metrics.note_verdict),
        limiter=RateLimiter(timer, metrics.note_over_limit),
        channels=ChannelSettings(decisions, settings.watch, timer, outage),
        decisions=decisions,
        builder=builder,
        ledger_queue=ledger_queue,
        notes=ChannelNotes(NoteStore(database, clock), outage, clock, timer),
        votes=VoteStore(database),
        fixes=FixCounts(VoteStore(database), outage, timer),
        direct=direct,
        client=client,
        clock=clock,
        permissions=Permissions(settings.admins, settings.authors),
        examine=lambda: examine(service),
        reports=ReportStore(database),
        gaps=GapStore(database, clock),
        keeps_questions=settings.keep_questions,
    )
    sender = OutboxWorker(
        database,
        lambda _team: client,
        clock,
        owner=f"{platform.node()}/{os.getpid()}/{secrets.token_hex(4)}",
        jobs=list_jobs(services),
        on_failure=partial(tell_asker, services),
        retention=settings.retention,
        observe=partial(metrics.note_delivery, "outbox"),
        compare_clock=lambda: clock.compare(database),
    )
    reports, channels, contexts = services.reports, services.channels, services.contexts
    late = LateAnswers(database, contexts, channels, decisions, builder, clock)
    digest = Digest(
        settings.digest,
        lambda: identity.known.team if identity.known else "",
        reports,
        contexts,
        channels,
        decisions,
        clock,
    )
    register(app, services)
    entry = Entry(app, services, metrics.note_acknowledgement)
    service = Service(
        app,
        entry,
        builder,
        ledger_queue,
        database,
        decisions,
        sender,
        direct,
        identity,
        Sessions(timer),
        metrics,
        Background("late answers", late.tell_threads, LATE_AGAIN),
        Background("digest", digest.post_due, DIGEST_AGAIN),
    )
    return service


def build_http_app(
    service: Service,
    settings: Settings,
    readiness: Readiness,
    clock: Clock | None = None,
    *,
    notes: Notes = dict,
) -> WSGIApplication:
    """Return the HTTP app: Slack's requests, unless they come by Socket Mode, health pages and numbers."""
    if settings.by_socket:
        return build_pages(readiness, notes=notes, metrics=service.metrics.render)

    def take(request: Request) -> Response:
        body = request.get_data(as_text=True)
        answer = service.entry.take_http(body, request.content_type or "")
        return Response(answer.body, answer.status, answer.first_headers())

    signature = Signature(settings.signing_secret.reveal(), clock)
    return build_pages(readiness, take, signature, notes=notes, metrics=service.metrics.render)


def _count_waiting(database: Database) -> float:
    """Return how many rows of the outbox wait; NaN, which a graph leaves out, where nobody can tell."""
    try:
        with database.read() as connection:
            return float(count_waiting(connection))
    except StoreError:
        return math.nan
