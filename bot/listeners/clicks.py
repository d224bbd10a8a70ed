"""Buttons of the desk's messages, whenever they are clicked: months later they still say something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import InOrder, Posted, Responded, Updated, Whispered
from bot.listeners.apology import say_instead, tell_person
from bot.listeners.place import Place, read_place, read_target
from bot.listeners.reception import Reception
from bot.replies.recall import Recall
from bot.replies.sentences import Sentence


class Clicks:
    """The buttons."""

    def __init__(self, reception: Reception, courier: Courier) -> None:
        self._reception = reception
        self._courier = courier

    def handle_choice_show(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show one entry: in the thread to whoever asked the question, to anybody else alone."""
        ack()
        place, recall = read_place(body), self._reception.recall(str(action.get("value") or ""))
        if recall and recall.asker == place.user and not (place.is_private or place.view_id):
            reply = self._reception.replies.build_reply(recall)
            instead = Responded(reply, place.response_url, in_channel=True, thread_ts=place.thread_ts)
            message = Posted(reply, place.channel, place.thread_ts)
            self._courier.post(client, message, apology=say_instead(instead))
        else:
            self._show(client, place, recall)

    def handle_language_switch(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show the answer in another language, to whoever clicked alone."""
        ack()
        place, recall = read_place(body), self._reception.recall(str(action.get("value") or ""))
        self._show(client, place, recall, in_place=True)

    def handle_answer_share(
        self, ack: Ack, client: WebClient, action: dict[str, Any], body: dict[str, Any]
    ) -> None:
        """Show everybody the answer that one person saw, and who shares it."""
        ack()
        place, recall = read_place(body), self._reception.recall(str(action.get("value") or ""))
        if recall is None:
            self._show(client, place, None)
            return
        build = self._reception.replies.build_reply
        shared = Responded(
            build(recall, sharer=place.user), place.response_url, in_channel=True, thread_ts=place.thread_ts
        )
        kept = Responded(build(recall), place.response_url, replace=True)
        apology = tell_person(self._reception.replies, place.user, recall.language)
        self._courier.post(client, InOrder((shared, kept)), apology=apology)

    def handle_unknown(self, ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        """Explain a button that no version of the desk that is running knows."""
        ack()
        self._show(client, read_place(body), None)

    def _show(self, client: WebClient, place: Place, recall: Recall | None, in_place: bool = False) -> None:
        """Show one person an answer, or that there is none any more."""
        replies, language = self._reception.replies, self._reception.language
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
