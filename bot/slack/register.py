"""All listeners, attached. What each does stands in the file of its surface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from slack_bolt import App

from bot.outbox.jobs import Job
from bot.replies import ids
from bot.slack.actions.choice import handle_choice_show
from bot.slack.actions.customer import handle_customer_show
from bot.slack.actions.gap import handle_gap_ignore, handle_gap_restore, handle_owner_ask
from bot.slack.actions.language import handle_language_switch
from bot.slack.actions.rate import handle_answer_rate
from bot.slack.actions.rate_more import handle_reason_tell, handle_step_tell
from bot.slack.actions.share import handle_answer_share
from bot.slack.actions.thread_mute import handle_thread_mute
from bot.slack.actions.unknown import handle_unknown
from bot.slack.commands.fault import handle_fault
from bot.slack.error_handler import ErrorHandler
from bot.slack.events.channel_id_changed import handle_channel_id_changed
from bot.slack.events.mention import handle_app_mention
from bot.slack.events.message import handle_message
from bot.slack.events.uninstall import handle_app_uninstalled, handle_tokens_revoked
from bot.slack.services import Services
from bot.slack.shortcuts.explain import handle_answer_post, handle_explain_error
from bot.slack.thread_job import READ_THREAD, read_thread


def register(app: App, services: Services) -> None:
    """Attach every listener. Bolt calls the first that fits: the catch-all stands last.

    It asks them one after the other, so what comes most often stands first. Each has as its arguments
    `services` and `received` (payload.py), besides Bolt's own.
    """
    app.event("message")(handle_message)
    app.command(ids.COMMAND)(handle_fault)

    app.event("app_mention")(handle_app_mention)
    app.event("channel_id_changed")(handle_channel_id_changed)
    app.event("app_uninstalled")(handle_app_uninstalled)
    app.event("tokens_revoked")(handle_tokens_revoked)

    app.message_shortcut(ids.ERROR_EXPLAIN)(handle_explain_error)
    app.view(ids.ANSWER_POST)(handle_answer_post)

    app.action(ids.CHOICE_SHOW)(handle_choice_show)
    app.action(re.compile(f"^{ids.LANGUAGE_SWITCH}_"))(handle_language_switch)
    app.action(ids.ANSWER_SHARE)(handle_answer_share)
    app.action(ids.CUSTOMER_SHOW)(handle_customer_show)
    app.action(ids.THREAD_MUTE)(handle_thread_mute)
    app.action(ids.GAP_IGNORE)(handle_gap_ignore)
    app.action(ids.GAP_RESTORE)(handle_gap_restore)
    app.action(ids.OWNER_ASK)(handle_owner_ask)
    app.action(re.compile(f"^{ids.ANSWER_RATE}(_yes|_no)?$"))(handle_answer_rate)
    app.action(ids.REASON_TELL)(handle_reason_tell)
    app.action(ids.STEP_TELL)(handle_step_tell)
    app.action(re.compile(".*"))(handle_unknown)

    app.error(ErrorHandler(services).handle_error)


def list_jobs(services: Services) -> Mapping[str, Job]:
    """Return the jobs that listeners put into the outbox, by name."""
    return {READ_THREAD: partial(read_thread, services)}
