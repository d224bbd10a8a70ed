"""The message shortcut "Explain this error": any post, its answer in a modal, from there to the thread.

Slack sends the whole post along, so that no scope for reading channels is needed.
"""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import Ack

from bot.outbox.decision_store import PostKey
from bot.outbox.message import ChannelMessage, OpenModal, ResponseUrlMessage
from bot.replies.sentences import SlackSentence
from bot.slack.fallbacks import send_instead
from bot.slack.message import Message
from bot.slack.notes import find_due_notes
from bot.slack.payload import Shortcut, Submission
from bot.slack.private_answer import note_private_answer, refuse_over_limit
from bot.slack.services import Services
from bot.slack.target import Target, read_target
from bot.slack.thread_poster import post_to_thread


def handle_explain_error(ack: Ack, services: Services, received: Shortcut) -> None:
    """Open the modal; it notes where the post stands and what its buttons recall."""
    ack()
    desk, user = services.contexts.open_context(), received.user.id
    team, channel, url = received.team_id, received.channel_id, received.response_url
    post = (received.message or Message()).read(team=team, channel=channel)
    refusal = refuse_over_limit(services, desk, "shortcut", team, channel, user, post.text)
    if refusal:
        services.send(ResponseUrlMessage(refusal, url))
        return
    limited = services.channels.limit_packs_as_known(desk, team, channel)
    recall = limited.answer_question(post.text, "shortcut", user)
    note_private_answer(services, desk, "shortcut", recall, team, channel, post.said)
    target = Target(channel, post.root, recall.write_value())
    notes = find_due_notes(services, team, channel, recall.verdict)
    remark = desk.say_read_part(post.text, recall.language)
    view = desk.replies.build_modal(recall, target.write(), remark, notes)
    reply = desk.replies.build_reply(recall, shareable=True, remark=remark, notes=notes)
    answer = ResponseUrlMessage(reply, url)
    services.send(OpenModal(view, received.trigger_id), send_instead(answer))


def handle_answer_post(ack: Ack, services: Services, received: Submission) -> None:
    """Post what the modal showed to the post's thread; where that can't be, tell the person why."""
    ack()
    desk, user, target = services.contexts.open_context(), received.user.id, read_target(received.metadata)
    recall = desk.read_recall(target.value)
    if recall is None:
        notice = desk.replies.build_notice(SlackSentence.BUTTON_STALE, desk.language)
        services.send(ChannelMessage(notice, user))
        return
    audience = services.channels.find_audience(received.team_id, target.channel)
    recall = replace(recall, asker=user, audience=audience)
    post = PostKey(received.team_id, target.channel, received.view_id, target.root)
    again = post_to_thread(services, desk, post, "shortcut", recall, user)
    if again:
        services.send(ChannelMessage(again, user))
