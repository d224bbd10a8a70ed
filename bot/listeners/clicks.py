"""Buttons of the desk's messages, whenever they are clicked: months later they still say something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import InOrder, Responded, Updated, Whispered
from bot.delivery.record import PostKey, Record
from bot.listeners.apology import say_instead, tell_person
from bot.listeners.channels import Channels
from bot.listeners.place import Place, read_place, read_target
from bot.listeners.poster import Poster
from bot.listeners.reception import Reception, Sitting
from bot.replies.recall import Recall
from bot.replies.sentences import Sentence


class Clicks:
    """The buttons."""

    def __init__(
        self, reception: Reception, courier: Courier, record: Record, channels: Channels, poster: Poster
    ) -> None:
        self._reception = reception
        self._courier = courier
        self._record = record
        self._channels = channels
        self._poster = poster

    def handle_choice_show(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show one entry: in the thread to whoever asked the question, to anybody else alone."""
        ack()
        sitting, place = self._reception.open(), read_place(body)
        recall = sitting.recall(str(action.get("value") or ""))
        if recall and recall.asker == place.user and not (place.is_private or place.view_id):
            click = PostKey(place.team, place.channel, str(action.get("action_ts") or ""), place.thread_ts)
            again = self._poster.post(sitting, click, "choice", recall)
            if again:
                self._courier.post(client, Whispered(again, place.channel, place.user, place.thread_ts))
        else:
            self._show(sitting, client, place, recall)

    def handle_language_switch(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show the answer in another language, to whoever clicked alone."""
        ack()
        sitting, place = self._reception.open(), read_place(body)
        recall = sitting.recall(str(action.get("value") or ""))
        self._show(sitting, client, place, recall, in_place=True)

    def handle_answer_share(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show everybody the answer that one person saw, and who shares it."""
        ack()
        sitting, place = self._reception.open(), read_place(body)
        recall = sitting.recall(str(action.get("value") or ""))
        if recall is None:
            self._show(sitting, client, place, None)
            return
        build = sitting.replies.build_reply
        # Nobody is the asker of what is shared: where the desk is no member, it could post nothing below.
        audience = self._channels.find_audience(place.team, place.channel)
        shown = build(replace(recall, asker="", audience=audience), sharer=place.user)
        shared = Responded(shown, place.response_url, in_channel=True, thread_ts=place.thread_ts)
        kept = Responded(build(recall), place.response_url, replace=True)
        apology = tell_person(sitting.replies, place.user, recall.language)
        self._courier.post(client, InOrder((shared, kept)), apology=apology)

    def handle_thread_mute(self, ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        """Let the desk be silent in the thread from now on."""
        ack()
        sitting, place = self._reception.open(), read_place(body)
        self._record.mute_thread(place.team, place.channel, place.thread_ts)
        notice = sitting.replies.build_notice(Sentence.THREAD_MUTED, sitting.language)
        alone = Responded(notice, place.response_url)
        message = Whispered(notice, place.channel, place.user, place.thread_ts)
        self._courier.post(client, message, apology=say_instead(alone))

    def handle_unknown(self, ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        """Explain a button that no version of the desk that is running knows."""
        ack()
        self._show(self._reception.open(), client, read_place(body), None)

    def _show(
        self,
        sitting: Sitting,
        client: WebClient,
        place: Place,
        recall: Recall | None,
        in_place: bool = False,
    ) -> None:
        """Show one person an answer, or that there is none any more."""
        replies, language = sitting.replies, sitting.language
        if place.view_id and recall:
            target = replace(read_target(place.metadata), value=recall.write())
            self._courier.post(client, Updated(replies.build_modal(recall, target.write()), place.view_id))
            return
        if place.view_id:
            view = replies.build_notice_modal(Sentence.BUTTON_STALE, language)
            self._courier.post(client, Updated(view, place.view_id))
            return
        reply = (
            replies.build_reply(recall, shareable=place.is_private)
            if recall
            else replies.build_notice(Sentence.BUTTON_STALE, language)
        )
        alone = Responded(reply, place.response_url, replace=in_place and place.is_private)
        if place.is_private or not place.channel:
            self._courier.post(client, alone)
        else:
            message = Whispered(reply, place.channel, place.user, place.thread_ts)
            self._courier.post(client, message, apology=say_instead(alone))
