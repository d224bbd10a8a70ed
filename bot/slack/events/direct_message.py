"""A direct message: answered where it was written, unless another bot wrote it."""

from __future__ import annotations

from bot.slack.addressed_post import answer_post, is_beyond_limit, note_thanks
from bot.slack.payload import EventCallback
from bot.slack.services import Services


def handle_direct_message(services: Services, received: EventCallback, own: tuple[str, ...]) -> None:
    """Answer in the conversation itself, or in its thread where the question stands in one."""
    post = received.event.read(own, received.team_id)
    services.channels.note_outsiders(post.team, post.channel, received.is_ext_shared_channel)
    if post.is_bot:
        return
    desk = services.channels.limit_packs(services.contexts.open_context(), post.team, post.channel)
    if desk.is_thanks(post.said):
        note_thanks(services, desk, post, post.thread_ts, "direct_message")
    elif not is_beyond_limit(services, desk, post, post.thread_ts, "direct_message"):
        answer_post(services, desk, post, post.thread_ts, "direct_message", received.audience)
