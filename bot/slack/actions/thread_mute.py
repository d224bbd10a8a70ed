"""*Mute in this thread*: the desk is silent in the thread from now on."""

from __future__ import annotations

from slack_bolt import Ack

from bot.outbox.message import Ephemeral, ResponseUrlMessage
from bot.replies.sentences import SlackSentence
from bot.slack.fallbacks import send_instead
from bot.slack.payload import Click
from bot.slack.services import Services


def handle_thread_mute(ack: Ack, services: Services, received: Click) -> None:
    """Mute the thread, and tell whoever clicked."""
    ack()
    desk, channel, root = services.contexts.open_context(), received.channel_id, received.thread_ts
    services.decisions.mute_thread(received.team_id, channel, root)
    notice = desk.replies.build_notice(SlackSentence.THREAD_MUTED, desk.language)
    alone = ResponseUrlMessage(notice, received.response_url)
    services.send(Ephemeral(notice, channel, received.user.id, root), send_instead(alone))
