"""Buttons of the desk's messages, whenever they are clicked: months later they still say something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answer_context import AnswerContext, AnswerContexts
from bot.channels.settings import ChannelSettings
from bot.outbox.decision_store import DecisionStore, PostKey
from bot.outbox.direct_sender import DirectSender
from bot.outbox.message import Ephemeral, InOrder, ResponseUrlMessage, UpdatedMessage
from bot.replies.recall import Recall
from bot.replies.sentences import Sentence
from bot.slack.fallbacks import say_instead, tell_person
from bot.slack.interaction import Interaction, read_interaction, read_target
from bot.slack.thread_poster import ThreadPoster


class Buttons:
    """The buttons."""

    def __init__(
        self,
        contexts: AnswerContexts,
        direct: DirectSender,
        decisions: DecisionStore,
        channels: ChannelSettings,
        poster: ThreadPoster,
    ) -> None:
        self._contexts = contexts
        self._direct = direct
        self._decisions = decisions
        self._channels = channels
        self._poster = poster

    def handle_choice_show(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show one entry: in the thread to whoever asked the question, to anybody else alone."""
        ack()
        answers, place = self._contexts.open(), read_interaction(body)
        recall = answers.recall(str(action.get("value") or ""))
        if recall and recall.asker == place.user and not (place.is_private or place.view_id):
            click = PostKey(place.team, place.channel, str(action.get("action_ts") or ""), place.thread_ts)
            again = self._poster.post(answers, click, "choice", recall)
            if again:
                self._direct.post(client, Ephemeral(again, place.channel, place.user, place.thread_ts))
        else:
            self._show(answers, client, place, recall)

    def handle_language_switch(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show the answer in another language, to whoever clicked alone."""
        ack()
        answers, place = self._contexts.open(), read_interaction(body)
        recall = answers.recall(str(action.get("value") or ""))
        self._show(answers, client, place, recall, in_place=True)

    def handle_answer_share(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show everybody the answer that one person saw, and who shares it."""
        ack()
        answers, place = self._contexts.open(), read_interaction(body)
        recall = answers.recall(str(action.get("value") or ""))
        if recall is None:
            self._show(answers, client, place, None)
            return
        build = answers.replies.build_reply
        # Nobody is the asker of what is shared: where the desk is no member, it could post nothing below.
        audience = self._channels.find_audience(place.team, place.channel)
        shown = build(replace(recall, asker="", audience=audience), sharer=place.user)
        shared = ResponseUrlMessage(shown, place.response_url, in_channel=True, thread_ts=place.thread_ts)
        kept = ResponseUrlMessage(build(recall), place.response_url, replace=True)
        fallback = tell_person(answers.replies, place.user, recall.language)
        self._direct.post(client, InOrder((shared, kept)), fallback=fallback)

    def handle_thread_mute(self, ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        """Let the desk be silent in the thread from now on."""
        ack()
        answers, place = self._contexts.open(), read_interaction(body)
        self._decisions.mute_thread(place.team, place.channel, place.thread_ts)
        notice = answers.replies.build_notice(Sentence.THREAD_MUTED, answers.language)
        alone = ResponseUrlMessage(notice, place.response_url)
        message = Ephemeral(notice, place.channel, place.user, place.thread_ts)
        self._direct.post(client, message, fallback=say_instead(alone))

    def handle_unknown(self, ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        """Explain a button that no version of the desk that is running knows."""
        ack()
        self._show(self._contexts.open(), client, read_interaction(body), None)

    def _show(
        self,
        answers: AnswerContext,
        client: WebClient,
        place: Interaction,
        recall: Recall | None,
        in_place: bool = False,
    ) -> None:
        """Show one person an answer, or that there is none any more."""
        replies, language = answers.replies, answers.language
        if place.view_id and recall:
            target = replace(read_target(place.metadata), value=recall.write())
            self._direct.post(
                client, UpdatedMessage(replies.build_modal(recall, target.write()), place.view_id)
            )
            return
        if place.view_id:
            view = replies.build_notice_modal(Sentence.BUTTON_STALE, language)
            self._direct.post(client, UpdatedMessage(view, place.view_id))
            return
        reply = (
            replies.build_reply(recall, shareable=place.is_private)
            if recall
            else replies.build_notice(Sentence.BUTTON_STALE, language)
        )
        alone = ResponseUrlMessage(reply, place.response_url, replace=in_place and place.is_private)
        if place.is_private or not place.channel:
            self._direct.post(client, alone)
        else:
            message = Ephemeral(reply, place.channel, place.user, place.thread_ts)
            self._direct.post(client, message, fallback=say_instead(alone))
