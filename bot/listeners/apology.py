"""What is sent when Slack didn't take a message: the same by another way, or why not, to whoever asked."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.jobs import OutboxRow
from bot.delivery.message import Apology, Message, Posted
from bot.delivery.record import Record
from bot.listeners.reception import Reception
from bot.replies.sentences import Sentence
from bot.replies.slack import SlackReplies

NO_MEMBER = {"not_in_channel", "channel_not_found"}  # what Slack says of a private channel the bot isn't in


def say_instead(message: Message) -> Apology:
    """Return the apology that sends another message."""
    return lambda _error, _reference: message


def tell_asker(
    reception: Reception, record: Record, courier: Courier, client: WebClient
) -> Callable[[OutboxRow, str], None]:
    """Return what tells whoever asked that the answer couldn't be posted, and why."""

    def tell(row: OutboxRow, error: str) -> None:
        reply = record.get_reply(row.reply_key) if row.reply_key else None
        sitting = reception.open()
        recall = sitting.recall(reply.recall) if reply else None
        if recall and recall.asker:
            apology = tell_person(sitting.replies, recall.asker, recall.language)
            message = apology(error, f"outbox/{row.id}")
            if message:
                courier.post(client, message)

    return tell


def tell_person(replies: SlackReplies, user: str, language: str) -> Apology:
    """Return the apology that tells a person why nothing was posted, in a direct message."""

    def tell(error: str, reference: str) -> Message | None:
        if not user:
            return None
        if error in NO_MEMBER:
            notice = replies.build_notice(Sentence.NOT_A_MEMBER, language)
        else:
            notice = replies.build_notice(Sentence.CANNOT_POST, language, error=error, reference=reference)
        return Posted(notice, user)  # a person's id in the place of a channel's opens the conversation

    return tell
