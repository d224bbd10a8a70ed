"""Examines the desk: settings, knowledge, database, Slack. Each finding is a sentence that says what to do.

Nothing is created, changed or posted. What Slack answers stands in workspace.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.config import TABLE, Settings
from bot.doctor.workspace import (
    Workspace,
    examine_channels,
    examine_clock,
    examine_scopes,
    open_workspace,
)
from bot.errors import FaultbookError, KnowledgeError, Problem, StoreError
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.version import compute_version
from bot.replies.findings import Finding, format_span
from bot.replies.sentences import DoctorSentence, SlackSentence
from bot.stores import channels, ledger, outbox
from bot.stores.address import describe, read_address
from bot.stores.database import Database

MOST_LISTED = 10  # problems that are told one by one; `faultbook check` tells all
SLACK = ("bot_token", "app_token", "signing_secret", "api_url", "host", "port")  # what Slack is asked by
DAY = 86_400.0  # seconds
STUCK = 300.0  # seconds that a message waits at most, unless something is wrong


class Doctor:
    """Examines one desk by its settings."""

    def __init__(
        self,
        settings: Settings,
        load: Callable[[], Knowledge],
        find_problems: Callable[[Path], Sequence[Problem]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`load` reads the knowledge, or raises FaultbookError; `find_problems` is the linter of a folder.

        `clock` tells epoch seconds.
        """
        self._settings = settings
        self._load = load
        self._find_problems = find_problems
        self._clock = clock

    def examine(
        self, find_database: Callable[[], Database | None], are_sessions_live: Callable[[], bool | None]
    ) -> list[Finding]:
        """Return what was found.

        `find_database` returns None where there is no file yet, or raises FaultbookError;
        `are_sessions_live` says whether Socket Mode has a session, None where nobody can tell.
        """
        settings, found = self._settings, list(self._list_settings())
        slack_faults = [*settings.find_slack_faults()]
        slack_faults += [settings.faults[name] for name in SLACK if name in settings.faults]
        other_faults = [fault for name, fault in settings.faults.items() if name not in SLACK]
        found += map(_tell, (*slack_faults, *other_faults))
        found += (
            Finding("wrong", DoctorSentence.DOCTOR_SETTING_MISSPELT, {"name": name, "near": near})
            for name, near in settings.misspelt.items()
        )
        presets = self._examine_knowledge(found)
        database = self._examine_database(found, find_database)
        if slack_faults:
            return found
        workspace = open_workspace(settings)
        if isinstance(workspace, Workspace):
            found += [workspace.identity, examine_scopes(workspace.headers)]
            found.append(examine_clock(workspace.headers, self._clock()))
            if presets is not None:
                watched = presets | _read_channels(database, workspace.team)
                names = sorted(channel for channel, is_on in watched.items() if is_on)
                found += examine_channels(workspace.client, names)
        else:
            found.append(workspace)
        found.append(_examine_sessions(settings, are_sessions_live))
        return found

    def _list_settings(self) -> Iterator[Finding]:
        for name, row in TABLE.items():
            if written := self._settings.written.get(name):
                values = {"name": row.variable, "value": written}
                yield Finding("neutral", DoctorSentence.DOCTOR_SETTING_SET, values)
            elif row.default:
                values = {"name": row.variable, "value": row.default}
                yield Finding("neutral", DoctorSentence.DOCTOR_SETTING_DEFAULT, values)
            else:
                yield Finding("neutral", DoctorSentence.DOCTOR_SETTING_UNSET, {"name": row.variable})

    def _examine_knowledge(self, found: list[Finding]) -> dict[str, bool] | None:
        """Look at the knowledge, and at the settings that name its languages.

        Return the channels that are preset, and whether the desk watches there; None if that can't be read.
        """
        try:
            knowledge = self._load()
            problems = self._find_problems(Path(knowledge.root))
        except KnowledgeError as error:
            found += _list_problems(error.problems)
            return None
        except FaultbookError as error:
            found.append(_tell(error))
            return None
        languages = tuple(knowledge.languages)
        found += map(_tell, self._settings.find_language_faults(languages))
        values = {"path": knowledge.root, "count": knowledge.count, "hash": compute_version(knowledge)}
        found.append(Finding("good", DoctorSentence.DOCTOR_KNOWLEDGE, values))
        found += _list_problems(problems)
        if "watch" in self._settings.faults:
            return None
        return {channel: preset.mode != "off" for channel, preset in self._settings.watch.items()}

    def _examine_database(
        self, found: list[Finding], find_database: Callable[[], Database | None]
    ) -> Database | None:
        """Look at the database and what waits in it; return it, if it can be read."""
        try:
            database = find_database()
            if database is None:
                url = describe(read_address(self._settings.database_url.reveal()))
                found.append(Finding("good", DoctorSentence.DOCTOR_DATABASE_NONE, {"database": url}))
                return None
            database.require_compatible()
            with database.read() as connection:
                depth, oldest = outbox.count_waiting(connection), outbox.find_oldest_waiting(connection)
                newest = ledger.find_latest_time(connection)
        except FaultbookError as error:
            is_silent = error.key in (SlackSentence.STORE_FAILED, SlackSentence.STORE_UNREACHABLE)
            found.append(
                Finding("wrong", DoctorSentence.DOCTOR_DATABASE_FAILED) if is_silent else _tell(error)
            )
            return None
        found.append(Finding("good", DoctorSentence.DOCTOR_DATABASE, {"database": database}))
        found += [self._tell_outbox(depth, oldest), self._tell_newest(newest)]
        return database

    def _tell_outbox(self, depth: int, oldest: float | None) -> Finding:
        if oldest is None:
            return Finding("good", DoctorSentence.DOCTOR_OUTBOX_EMPTY)
        age = self._clock() - oldest
        values = {"count": depth, "span": format_span(age)}
        if age > STUCK:
            return Finding("wrong", DoctorSentence.DOCTOR_OUTBOX_STUCK, values)
        return Finding("good", DoctorSentence.DOCTOR_OUTBOX, values)

    def _tell_newest(self, newest: float | None) -> Finding:
        if newest is None:
            return Finding("unknown", DoctorSentence.DOCTOR_EVENT_NONE)
        age = self._clock() - newest
        return Finding(
            "unknown" if age > DAY else "good", DoctorSentence.DOCTOR_EVENT, {"span": format_span(age)}
        )


def _tell(error: FaultbookError) -> Finding:
    return Finding("wrong", error.key, error.values)


def _list_problems(problems: Sequence[Problem]) -> list[Finding]:
    listed = problems[:MOST_LISTED]
    found = [Finding("wrong", DoctorSentence.DOCTOR_PROBLEM, {"problem": str(problem)}) for problem in listed]
    if len(problems) > MOST_LISTED:
        found.append(
            Finding("wrong", DoctorSentence.DOCTOR_PROBLEMS_MORE, {"count": len(problems) - MOST_LISTED})
        )
    return found


def _read_channels(database: Database | None, team: str) -> dict[str, bool]:
    """Return which channels their members have set, and whether the desk watches there."""
    if database is None:
        return {}
    try:
        with database.read() as connection:
            rows = channels.list_channels(connection, team)
    except StoreError:  # it answered a moment ago; the next examination tells
        return {}
    return {row.channel: row.mode != "off" for row in rows if row.changed_by}


def _examine_sessions(settings: Settings, are_live: Callable[[], bool | None]) -> Finding:
    if not settings.by_socket:
        return Finding("good", DoctorSentence.DOCTOR_BY_HTTP)
    live = are_live()
    if live is None:
        values = {"host": settings.host, "port": settings.port}
        return Finding("unknown", DoctorSentence.DOCTOR_SESSIONS_UNTOLD, values)
    if not live:
        return Finding("wrong", DoctorSentence.DOCTOR_SESSIONS_NONE)
    return Finding("good", DoctorSentence.DOCTOR_SESSIONS)
