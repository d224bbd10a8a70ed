"""All listeners, put together and attached. What each does stands in the file of its surface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt import App

from bot.answer_context import AnswerContexts
from bot.channels.decisions import DecisionBuilder
from bot.channels.settings import ChannelSettings
from bot.outbox.decision_store import DecisionStore
from bot.outbox.direct_sender import DirectSender
from bot.outbox.jobs import Job
from bot.replies import ids
from bot.slack.actions.buttons import Buttons
from bot.slack.commands.channel import ChannelCommand
from bot.slack.commands.doctor import DoctorCommand, Examine
from bot.slack.commands.fault import Command
from bot.slack.commands.packs import PacksCommand
from bot.slack.error_handler import ErrorHandler
from bot.slack.events.channel_posts import ChannelPosts
from bot.slack.events.mentions import READ_THREAD, Mentions
from bot.slack.events.message import Messages
from bot.slack.events.uninstall import Uninstall
from bot.slack.shortcuts.explain import Shortcut
from bot.slack.thread_job import ThreadJob
from bot.slack.thread_poster import ThreadPoster
from bot.slack.unanswered import Unanswered


@dataclass(frozen=True, slots=True)
class Services:
    """What listeners work with."""

    contexts: AnswerContexts
    decisions: DecisionStore
    direct: DirectSender
    channels: ChannelSettings
    admins: frozenset[str]
    examine: Examine


def register(app: App, services: Services) -> None:
    """Attach every listener. Bolt calls the first that fits: the catch-all stands last.

    It asks them one after the other, so what comes most often stands first.
    """
    contexts, decisions, direct, channels = (
        services.contexts,
        services.decisions,
        services.direct,
        services.channels,
    )
    outcomes = DecisionBuilder()
    unanswered = Unanswered(contexts, decisions, outcomes)
    poster = ThreadPoster(contexts, decisions, outcomes)
    addressed = Mentions(contexts, decisions, direct, channels, outcomes)
    messages = Messages(addressed, ChannelPosts(contexts, decisions, channels, outcomes), channels)
    channel_command = ChannelCommand(contexts, decisions, direct, channels, services.admins)
    packs_command = PacksCommand(direct, channels, services.admins)
    doctor_command = DoctorCommand(direct, services.admins, services.examine)
    command = Command(contexts, channel_command, packs_command, doctor_command, channels, unanswered)
    clicks = Buttons(contexts, direct, decisions, channels, poster)
    uninstalled = Uninstall(channels)
    shortcut = Shortcut(contexts, channels, direct, poster, unanswered)

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

    app.error(ErrorHandler(app, contexts, direct).handle)


def list_jobs(contexts: AnswerContexts, decisions: DecisionStore) -> Mapping[str, Job]:
    """Return the jobs that listeners put into the outbox, by name."""
    return {READ_THREAD: ThreadJob(contexts, decisions, DecisionBuilder()).run}
