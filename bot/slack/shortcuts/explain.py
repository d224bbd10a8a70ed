"""The message shortcut "Explain this error": any post, its answer in a modal, from there to the thread.

Slack sends the whole post along, so that no scope for reading channels is needed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answer_context import MOST_QUESTIONS, AnswerContexts
from bot.channels.settings import ChannelSettings
from bot.outbox.decision_store import PostKey
from bot.outbox.direct_sender import DirectSender
from bot.outbox.message import ChannelMessage, OpenModal, ResponseUrlMessage
from bot.posts.post import read_post
from bot.replies.sentences import Sentence
from bot.slack.fallbacks import say_instead
from bot.slack.interaction import Target, read_interaction, read_target
from bot.slack.thread_poster import ThreadPoster
from bot.slack.unanswered import Unanswered


class Shortcut:
    """The shortcut and the modal it opens."""

    def __init__(
        self,
        contexts: AnswerContexts,
        channels: ChannelSettings,
        direct: DirectSender,
        poster: ThreadPoster,
        unanswered: Unanswered,
    ) -> None:
        self._contexts = contexts
        self._channels = channels
        self._direct = direct
        self._poster = poster
        self._unanswered = unanswered

    def handle_explain(self, ack: Ack, client: WebClient, shortcut: dict[str, Any]) -> None:
        """Open the modal; it notes where the post stands and what its buttons recall."""
        ack()
        answers, place = self._contexts.open(), read_interaction(shortcut)
        team = str((shortcut.get("team") or {}).get("id") or "")
        post = read_post(shortcut.get("message") or {}, team=team, channel=place.channel)
        if self._contexts.count(f"{team}/{place.user}") > MOST_QUESTIONS:
            self._direct.post(client, ResponseUrlMessage(answers.refuse(post.text), place.response_url))
            return
        limited = self._channels.limit(answers, team, place.channel)
        recall = limited.ask(post.text, "shortcut", place.user)
        self._unanswered.note(answers, "shortcut", recall, team, place.channel, post.said)
        target = Target(place.channel, post.root, recall.write())
        view = answers.replies.build_modal(recall, target.write())
        trigger = str(shortcut.get("trigger_id") or "")
        answer = ResponseUrlMessage(answers.replies.build_reply(recall, shareable=True), place.response_url)
        self._direct.post(client, OpenModal(view, trigger), fallback=say_instead(answer))

    def handle_post(self, ack: Ack, client: WebClient, view: dict[str, Any], body: dict[str, Any]) -> None:
        """Post what the modal showed to the post's thread; where that can't be, tell the person why."""
        ack()
        answers, place = self._contexts.open(), read_interaction(body)
        user = place.user
        target = read_target(str(view.get("private_metadata") or ""))
        recall = answers.recall(target.value)
        if recall is None:
            notice = answers.replies.build_notice(Sentence.BUTTON_STALE, answers.language)
            self._direct.post(client, ChannelMessage(notice, user))
            return
        audience = self._channels.find_audience(place.team, target.channel)
        recall = replace(recall, asker=user, audience=audience)
        view_id = str(view.get("id") or "")
        post = PostKey(place.team, target.channel, view_id, target.root)
        again = self._poster.post(answers, post, "shortcut", recall, user)
        if again:
            self._direct.post(client, ChannelMessage(again, user))
