"""What is sent when Slack didn't take a message: the same by another way, or why not, to whoever asked."""

from __future__ import annotations

from bot.outbox.jobs import OutboxRow
from bot.outbox.message import ChannelMessage, Fallback, Message
from bot.replies.sentences import SlackSentence
from bot.replies.slack import SlackReplies
from bot.slack.services import Services

NO_MEMBER = {"not_in_channel", "channel_not_found"}  # what Slack says of a private channel the bot isn't in


def send_instead(message: Message) -> Fallback:
    """Return the fallback that sends another message."""
    return lambda _error, _reference: message


def tell_asker(services: Services, row: OutboxRow, error: str) -> None:
    """Tell whoever asked that the answer of an outbox row couldn't be posted, and why."""
    reply = services.decisions.get_reply(row.reply_key) if row.reply_key else None
    desk = services.contexts.open_context()
    recall = desk.read_recall(reply.recall) if reply else None
    if recall and recall.asker:
        message = tell_person(desk.replies, recall.asker, recall.language)(error, f"outbox/{row.id}")
        if message:
            services.send(message)


def tell_person(replies: SlackReplies, user: str, language: str) -> Fallback:
    """Return the fallback that tells a person why nothing was posted, in a direct message."""

    def build(error: str, reference: str) -> Message | None:
        if not user:
            return None
        if error in NO_MEMBER:
            notice = replies.build_notice(SlackSentence.NOT_A_MEMBER, language)
        else:
            notice = replies.build_notice(
                SlackSentence.CANNOT_POST, language, error=error, reference=reference
            )
        # A person's id in the place of a channel's opens the conversation.
        return ChannelMessage(notice, user)

    return build
