"""All listeners, attached. What each does stands in the file of its surface; ids stand in replies/ids.py."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.delivery.courier import Courier
from bot.listeners.addressed import Addressed
from bot.listeners.clicks import Clicks
from bot.listeners.command import Command
from bot.listeners.failures import Failures
from bot.listeners.reception import Reception
from bot.listeners.shortcut import Shortcut
from bot.replies import ids


def register(app: App, reception: Reception, courier: Courier) -> None:
    """Attach every listener. Bolt calls the first that fits, so the catch-all stands last."""
    addressed = Addressed(reception, courier)
    clicks = Clicks(reception, courier)
    shortcut = Shortcut(reception, courier)

    app.command(ids.COMMAND)(Command(reception).handle)

    app.event("app_mention")(addressed.handle_app_mention)
    app.event("message")(addressed.handle_message)

    app.message_shortcut(ids.ERROR_EXPLAIN)(shortcut.handle_explain)
    app.view(ids.ANSWER_POST)(shortcut.handle_post)

    app.action(ids.CHOICE_SHOW)(clicks.handle_choice_show)
    app.action(re.compile(f"^{ids.LANGUAGE_SWITCH}_"))(clicks.handle_language_switch)
    app.action(ids.ANSWER_SHARE)(clicks.handle_answer_share)
    app.action(re.compile(".*"))(clicks.handle_unknown)

    app.error(Failures(app, reception, courier).handle)
