"""`faultbook report` and `faultbook gaps`: what the database of the desk tells, as text, JSON or CSV."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain

from bot.authoring.render import align
from bot.console.session import Session
from bot.doctor.outside import open_existing
from bot.errors import InputError, SettingError
from bot.importing.export import write_csv
from bot.outbox.slack_client import SlackClient
from bot.posts.links import build_link
from bot.replies.sentences import DoctorSentence, ReportSentence
from bot.reports.figures import Report, Tally
from bot.reports.gap_list import OpenGap
from bot.reports.gap_store import GapStore
from bot.reports.periods import DAY, Period, read_since
from bot.reports.report_store import ReportStore
from bot.reports.report_words import COLUMNS, ReportWords
from bot.stores.address import describe, read_address
from bot.stores.database import Database
from bot.stores.teams import list_teams

MOST_CHANNELS = 1_000  # in a list, which a terminal scrolls
PATIENCE = 3.0  # seconds for the address of the workspace, which only links need
GAP_COLUMNS = (
    *("kind", "code", "words", "people", "days", "first", "latest", "links", "nearest", "owners", "command"),
)


def print_report(session: Session, since: str, team: str, shape: str) -> str:
    """Return the report of a time in a shape. Raises InputError, SettingError, StoreError."""
    period = _read_period(since)
    with _open(session) as database:
        report = ReportStore(database).build_report(_choose_team(database, team), period, session.knowledge)
    if shape == "text":
        return _write_report(session, report)
    rows = list(_list_report_rows(report))
    if shape == "csv":
        return write_csv(("section", "name", "measure", "value", "before"), rows)
    return json.dumps(_shape_report(report), ensure_ascii=False, indent=2) + "\n"


def print_gaps(session: Session, since: str, team: str, ignored: bool, shape: str) -> str:
    """Return the open gaps of a time, or those that are ignored, in a shape. Raises as print_report()."""
    period = _read_period(since)
    with _open(session) as database:
        gaps, _ = GapStore(database, time.time).find_open(
            _choose_team(database, team),
            period.since,
            session.knowledge,
            lambda text: session.desk.ask(text).kind != "abstained",
            ignored=ignored,
        )
    workspace = _find_workspace(session) if gaps else ""
    rows = [_list_cells(gap, workspace) for gap in gaps]
    if shape == "csv":
        flat = [[" ".join(cell) if isinstance(cell, list) else str(cell) for cell in row] for row in rows]
        return write_csv(GAP_COLUMNS, flat)
    if shape == "json":
        listed = [dict(zip(GAP_COLUMNS, row, strict=True)) for row in rows]
        return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
    if not gaps:
        return session.say(ReportSentence.GAPS_NONE, days=math.ceil(period.length / DAY)) + "\n"
    return "\n\n".join("\n".join(_word_gap(session, gap, workspace)) for gap in gaps) + "\n"


def _read_period(since: str) -> Period:
    period = read_since(since, time.time())
    if period is None:
        raise InputError(ReportSentence.SINCE_UNKNOWN, value=since)
    return period


@contextmanager
def _open(session: Session) -> Iterator[Database]:
    """Open the database of the desk. Raises SettingError where there is none, or one to be migrated."""
    database = open_existing(session.settings.database_url.reveal())
    if database is None:
        url = describe(read_address(session.settings.database_url.reveal()))
        raise SettingError(DoctorSentence.DOCTOR_DATABASE_NONE, database=url)
    try:
        database.require_compatible()
        yield database
    finally:
        database.close()


def _choose_team(database: Database, wanted: str) -> str:
    """Return the workspace to report on: the one that was named, or the only one. Raises InputError."""
    with database.read() as connection:
        known = list_teams(connection)
    if (wanted and wanted not in known) or (not wanted and len(known) > 1):
        raise InputError(ReportSentence.TEAM_UNKNOWN, known=", ".join(known) or "-")
    return wanted or next(iter(known), "")


def _find_workspace(session: Session) -> str:
    """Return the address of the workspace, which Slack tells, or "" where it doesn't."""
    token = session.settings.bot_token.reveal()
    if not token:
        return ""
    try:
        answer = SlackClient(token, session.settings.api_url, patience=PATIENCE).auth_test()
    except Exception:  # noqa: BLE001 - without Slack the list is without links
        return ""
    return str(answer.get("url") or "")


def _write_report(session: Session, report: Report) -> str:
    language = session.choose_language("auto", "")
    words = ReportWords(report, session.knowledge, language)
    span = {"since": _name_day(report.period.since), "until": _name_day(report.period.until)}
    lines = [words.say_headline(), words.say(ReportSentence.REPORT_PERIOD, **span)]
    if report.is_empty:
        return "\n".join(lines) + "\n"
    head = [words.say(name) for name in COLUMNS]
    rows = [
        [row.name or row.channel, *map(str, row.counts.values())] for row in words.list_rows(MOST_CHANNELS)
    ]
    parts = [lines, [align([head, *rows])], words.list_feedback(), words.list_codes(), words.list_missed()]
    return "\n\n".join("\n".join(map(_drop_marks, part)) for part in parts if part) + "\n"


def _drop_marks(line: str) -> str:
    """Return a line without the marks that make a heading bold in Slack."""
    return line.replace("*", "") if line.startswith("*") else line


def _list_report_rows(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each figure of a report: its section and name, what is counted, how much, and how much before."""
    now, before = report.figures, report.before
    places = chain(
        (("total", "", now.total, before.total),),
        (
            ("surface", name, tally, before.surfaces.get(name, Tally()))
            for name, tally in now.surfaces.items()
        ),
        (("channel", name, tally, None) for name, tally in now.channels.items()),
    )
    for section, name, tally, earlier in places:
        for measure, value in {"asked": tally.asked, **asdict(tally)}.items():
            yield section, name, measure, str(value), str(getattr(earlier, measure)) if earlier else ""
    said_before = asdict(report.feedback_before)
    for measure, value in asdict(report.feedback).items():
        yield "feedback", "", measure, str(value), str(said_before[measure])
    for name, count in report.codes:
        yield "code", name, "answered", str(count), ""
    for topic in report.missed:
        yield "missed", topic.code, "people", str(topic.people), ""


def _shape_report(report: Report) -> dict[str, object]:
    """Return a report as JSON takes it."""
    shaped = asdict(report)
    for key in ("figures", "before"):
        figures = getattr(report, key)
        shaped[key]["total"]["asked"] = figures.total.asked
    shaped["period"] = {name: _name_moment(at) for name, at in asdict(report.period).items()}
    shaped["parts"] = [
        {"since": _name_moment(part.since), **asdict(tally), "asked": tally.asked}
        for part, tally in report.parts
    ]
    return shaped


def _list_cells(gap: OpenGap, workspace: str) -> list[object]:
    """Return a gap's values in the order of GAP_COLUMNS."""
    group = gap.group
    span = [_name_moment(group.first_at), _name_moment(group.latest_at)]
    values = [group.kind, group.code or group.key.rpartition("/")[2] if not gap.text else "", gap.text]
    links = _list_links(gap, workspace)
    return [*values, group.people, group.days, *span, links, [*gap.nearest], [*gap.owners], gap.command]


def _word_gap(session: Session, gap: OpenGap, workspace: str) -> list[str]:
    """Return what is known of a gap, in lines."""
    group = gap.group
    code = group.code or group.key.rpartition("/")[2]
    keys = {
        "not-it": ReportSentence.GAP_NOT_IT,
        "near-miss": ReportSentence.GAP_NEAR_MISS,
        "code": ReportSentence.GAP_CODE,
    }
    name = gap.text or _drop_marks(
        session.say(keys.get(group.kind, ReportSentence.GAP_WORDS_GONE), code=code)
    )
    span = {"first": _name_day(group.first_at), "latest": _name_day(group.latest_at)}
    lines = [name, session.say(ReportSentence.GAP_COUNTS, people=group.people, days=group.days, **span)]
    links = _list_links(gap, workspace)
    lines += [session.say(ReportSentence.GAP_PLACES, links=" ".join(links))] if links else []
    lines += [session.say(ReportSentence.GAP_NEAREST, entries=", ".join(gap.nearest))] if gap.nearest else []
    return [lines[0], *(f"  {line}" for line in (*lines[1:], gap.command) if line)]


def _list_links(gap: OpenGap, workspace: str) -> list[str]:
    """Return the addresses of the newest threads, as far as they stand in a channel."""
    return [link for row in gap.shared_rows if (link := build_link(workspace, row.channel, row.ts, row.root))]


def _name_day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


def _name_moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
