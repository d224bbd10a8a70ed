"""The message shortcut "Explain this error": any post, its answer in a modal, from there to the thread.

Slack sends the whole post along, so that no scope for reading channels is needed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.delivery.message import Opened, Posted, Responded
from bot.delivery.record import PostKey
from bot.listeners.apology import say_instead
from bot.listeners.channels import Channels
from bot.listeners.place import Target, read_place, read_target
from bot.listeners.post import read_post
from bot.listeners.poster import Poster
from bot.listeners.reception import MOST_QUESTIONS, Reception
from bot.listeners.unanswered import Unanswered
from bot.replies.sentences import Sentence


class Shortcut:
    """The shortcut and the modal it opens."""

    def __init__(
        self,
        reception: Reception,
        channels: Channels,
        courier: Courier,
        poster: Poster,
        unanswered: Unanswered,
    ) -> None:
        self._reception = reception
        self._channels = channels
        self._courier = courier
        self._poster = poster
        self._unanswered = unanswered

    def handle_explain(self, ack: Ack, client: WebClient, shortcut: dict[str, Any]) -> None:
        """Open the modal; it notes where the post stands and what its buttons recall."""
        ack()
        sitting, place = self._reception.open(), read_place(shortcut)
        team = str((shortcut.get("team") or {}).get("id") or "")
        post = read_post(shortcut.get("message") or {}, team=team, channel=place.channel)
        if self._reception.count(f"{team}/{place.user}") > MOST_QUESTIONS:
            self._courier.post(client, Responded(sitting.refuse(post.text), place.response_url))
            return
        limited = self._channels.limit(sitting, team, place.channel)
        recall = limited.ask(post.text, "shortcut", place.user)
        self._unanswered.note(sitting, "shortcut", recall, team, place.channel, post.said)
        target = Target(place.channel, post.root, recall.write())
        view = sitting.replies.build_modal(recall, target.write())
        trigger = str(shortcut.get("trigger_id") or "")
        answer = Responded(sitting.replies.build_reply(recall, shareable=True), place.response_url)
        self._courier.post(client, Opened(view, trigger), apology=say_instead(answer))

    def handle_post(self, ack: Ack, client: WebClient, view: dict[str, Any], body: dict[str, Any]) -> None:
        """Post what the modal showed to the post's thread; where that can't be, tell the person why."""
        ack()
        sitting, place = self._reception.open(), read_place(body)
        user = place.user
        target = read_target(str(view.get("private_metadata") or ""))
        recall = sitting.recall(target.value)
        if recall is None:
            notice = sitting.replies.build_notice(Sentence.BUTTON_STALE, sitting.language)
            self._courier.post(client, Posted(notice, user))
            return
        audience = self._channels.find_audience(place.team, target.channel)
        recall = replace(recall, asker=user, audience=audience)
        view_id = str(view.get("id") or "")
        post = PostKey(place.team, target.channel, view_id, target.root)
        again = self._poster.post(sitting, post, "shortcut", recall, user)
        if again:
            self._courier.post(client, Posted(again, user))
