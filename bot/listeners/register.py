"""All listeners, put together and attached. What each does stands in the file of its surface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt import App

from bot.delivery.courier import Courier
from bot.delivery.jobs import Job
from bot.delivery.record import Record
from bot.listeners.addressed import READ_THREAD, Addressed
from bot.listeners.channel_command import ChannelCommand
from bot.listeners.channels import Channels
from bot.listeners.clicks import Clicks
from bot.listeners.command import Command
from bot.listeners.doctor_command import DoctorCommand, Examine
from bot.listeners.failures import Failures
from bot.listeners.messages import Messages
from bot.listeners.outcome import Outcomes
from bot.listeners.packs_command import PacksCommand
from bot.listeners.poster import Poster
from bot.listeners.reception import Reception
from bot.listeners.shortcut import Shortcut
from bot.listeners.thread_job import ThreadJob
from bot.listeners.unanswered import Unanswered
from bot.listeners.uninstalled import Uninstalled
from bot.listeners.watched import Watched
from bot.replies import ids


@dataclass(frozen=True, slots=True)
class Desks:
    """What listeners work with."""

    reception: Reception
    record: Record
    courier: Courier
    channels: Channels
    admins: frozenset[str]
    examine: Examine


def register(app: App, desks: Desks) -> None:
    """Attach every listener. Bolt calls the first that fits: the catch-all stands last.

    It asks them one after the other, so what comes most often stands first.
    """
    reception, record, courier, channels = desks.reception, desks.record, desks.courier, desks.channels
    outcomes = Outcomes()
    unanswered = Unanswered(reception, record, outcomes)
    poster = Poster(reception, record, outcomes)
    addressed = Addressed(reception, record, courier, channels, outcomes)
    messages = Messages(addressed, Watched(reception, record, channels, outcomes), channels)
    channel_command = ChannelCommand(reception, record, courier, channels, desks.admins)
    packs_command = PacksCommand(courier, channels, desks.admins)
    doctor_command = DoctorCommand(courier, desks.admins, desks.examine)
    command = Command(reception, channel_command, packs_command, doctor_command, channels, unanswered)
    clicks = Clicks(reception, courier, record, channels, poster)
    uninstalled = Uninstalled(channels)
    shortcut = Shortcut(reception, channels, courier, poster, unanswered)

    app.event("message")(messages.handle_message)
    app.command(ids.COMMAND)(command.handle)

    app.event("app_mention")(addressed.handle_app_mention)
    app.event("channel_id_changed")(messages.handle_channel_id_changed)
    app.event("app_uninstalled")(uninstalled.handle_app_uninstalled)
    app.event("tokens_revoked")(uninstalled.handle_tokens_revoked)

    app.message_shortcut(ids.ERROR_EXPLAIN)(shortcut.handle_explain)
    app.view(ids.ANSWER_POST)(shortcut.handle_post)

    app.action(ids.CHOICE_SHOW)(clicks.handle_choice_show)
    app.action(re.compile(f"^{ids.LANGUAGE_SWITCH}_"))(clicks.handle_language_switch)
    app.action(ids.ANSWER_SHARE)(clicks.handle_answer_share)
    app.action(ids.THREAD_MUTE)(clicks.handle_thread_mute)
    app.action(re.compile(".*"))(clicks.handle_unknown)

    app.error(Failures(app, reception, courier).handle)


def list_jobs(reception: Reception, record: Record) -> Mapping[str, Job]:
    """Return the jobs that listeners put into the outbox, by name."""
    return {READ_THREAD: ThreadJob(reception, record, Outcomes()).run}
