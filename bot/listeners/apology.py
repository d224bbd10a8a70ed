"""What is sent when Slack didn't take a message: the same by another way, or why not, to whoever asked."""

from __future__ import annotations

from bot.delivery.message import Apology, Message, Posted
from bot.replies.sentences import Sentence
from bot.replies.slack import SlackReplies

NO_MEMBER = {"not_in_channel", "channel_not_found"}  # what Slack says of a private channel the bot isn't in


def say_instead(message: Message) -> Apology:
    """Return the apology that sends another message."""
    return lambda _error, _reference: message


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
