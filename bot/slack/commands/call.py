"""A slash command as it was given, with all that its answer is made of."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer_context import AnswerContext
from bot.outbox.message import ChannelMessage, Message, ResponseUrlMessage
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence, SlackSentence
from bot.slack.fallbacks import send_instead
from bot.slack.permissions import Act
from bot.slack.services import Services


@dataclass(frozen=True, slots=True)
class CommandCall:
    """A command; `language` is that of answers about the channel, which the channel shares.

    `words` are those behind the subcommand's, folded; `text` is all that was typed behind `/fault`.
    """

    services: Services
    desk: AnswerContext
    language: str
    team: str
    channel: str
    is_direct: bool
    user: str
    user_name: str
    response_url: str
    text: str
    words: tuple[str, ...]

    def may(self, act: Act) -> bool:
        """Say whether the person may do something."""
        return self.services.permissions.allows(act, self.user)

    def send_later(self, message: Message) -> None:
        """Send what takes time to make; the person is told where that fails."""

        def build_fallback(_error: str, reference: str) -> Message:
            return ResponseUrlMessage(
                self.build_notice(SlackSentence.FAILED, reference=reference), self.response_url
            )

        self.services.send(message, build_fallback)

    def is_question(self) -> bool:
        """Say whether the desk has something to answer to the text."""
        return self.desk.judge_text(self.text).kind != "abstained"

    def build_notice(self, key: Sentence, **values: object) -> Reply:
        """Return a message that says one fixed sentence; values that people wrote are escaped."""
        return self.desk.replies.build_notice(key, self.language, **values)

    def word(self, key: Sentence, **values: object) -> str:
        """Return one fixed sentence; its values are escaped already."""
        return self.desk.replies.say(key, self.language, **values)

    def announce(self, key: Sentence, **values: str) -> Reply:
        """Tell the channel who changed what; where the desk is no member, tell the person how to invite it.

        The values are escaped already.
        """
        line = self.desk.replies.build_ready(self.word(key, person=f"<@{self.user}>", **values))
        invite = ResponseUrlMessage(self.build_notice(SlackSentence.INVITE), self.response_url)
        self.services.send(ChannelMessage(line, self.channel), send_instead(invite))
        return line
