"""What is sent when Slack didn't take a message: the same by another way, or why not, to whoever asked."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk import WebClient

from bot.answer_context import AnswerContexts
from bot.outbox.decision_store import DecisionStore
from bot.outbox.direct_sender import DirectSender
from bot.outbox.jobs import OutboxRow
from bot.outbox.message import ChannelMessage, Fallback, Message
from bot.replies.sentences import Sentence
from bot.replies.slack import SlackReplies

NO_MEMBER = {"not_in_channel", "channel_not_found"}  # what Slack says of a private channel the bot isn't in


def say_instead(message: Message) -> Fallback:
    """Return the fallback that sends another message."""
    return lambda _error, _reference: message


def tell_asker(
    contexts: AnswerContexts, decisions: DecisionStore, direct: DirectSender, client: WebClient
) -> Callable[[OutboxRow, str], None]:
    """Return what tells whoever asked that the answer couldn't be posted, and why."""

    def tell(row: OutboxRow, error: str) -> None:
        reply = decisions.get_reply(row.reply_key) if row.reply_key else None
        answers = contexts.open()
        recall = answers.recall(reply.recall) if reply else None
        if recall and recall.asker:
            fallback = tell_person(answers.replies, recall.asker, recall.language)
            message = fallback(error, f"outbox/{row.id}")
            if message:
                direct.post(client, message)

    return tell


def tell_person(replies: SlackReplies, user: str, language: str) -> Fallback:
    """Return the fallback that tells a person why nothing was posted, in a direct message."""

    def tell(error: str, reference: str) -> Message | None:
        if not user:
            return None
        if error in NO_MEMBER:
            notice = replies.build_notice(Sentence.NOT_A_MEMBER, language)
        else:
            notice = replies.build_notice(Sentence.CANNOT_POST, language, error=error, reference=reference)
        return ChannelMessage(
            notice, user
        )  # a person's id in the place of a channel's opens the conversation

    return tell
