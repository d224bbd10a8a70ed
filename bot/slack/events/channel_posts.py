"""Posts that nobody put to the desk, in channels that opted in: read, judged, recorded; seldom answered.

An edit is read as the post it makes; a deletion takes the desk's reply along. bot/channels/policy.py decides
what to do; bot/channels/decisions.py builds what is recorded and said.
"""

from __future__ import annotations

import time

from bot.channels.gaps import WATCH
from bot.channels.policy import COOL_DOWN, MINUTE
from bot.outbox.decision_store import Decision, PostKey, Seen
from bot.outbox.payload import build_delete
from bot.replies.note import NO_NOTES
from bot.replies.recall import Recall
from bot.slack.message import Message
from bot.slack.notes import find_due_notes
from bot.slack.payload import EventCallback
from bot.slack.services import Services

SLACKBOT = "USLACKBOT"


def handle_post(services: Services, received: EventCallback, own: tuple[str, ...]) -> None:
    """Judge a new post."""
    _judge_post(services, received, received.event, own, before=None)


def handle_edit(services: Services, received: EventCallback, own: tuple[str, ...]) -> None:
    """Judge a post anew, unless its words are as before: Slack calls a link's preview an edit as well."""
    event = received.event
    message, previous = event.message, event.previous_message or Message()
    if message is None:
        return
    if message.subtype == "tombstone":
        _withdraw_reply(services, received, message.ts)
    else:
        _judge_post(services, received, message, own, before=previous.read(own).text)


def handle_deletion(services: Services, received: EventCallback) -> None:
    """Withdraw the desk's reply to a post that is gone, unless people answered below it."""
    _withdraw_reply(services, received, received.event.deleted_ts)


def _judge_post(
    services: Services, received: EventCallback, message: Message, own: tuple[str, ...], before: str | None
) -> None:
    """Judge a post; `before` is what it said before an edit, None if it is new."""
    began = time.monotonic()
    team, channel = received.team_id, received.event.channel or ""
    builder, decisions = services.builder, services.decisions
    setting = services.channels.find_watched(team, channel)
    if setting is None:
        return
    if received.is_ext_shared_channel is not setting.external:
        services.channels.note_outsiders(team, channel, received.is_ext_shared_channel)
    post = message.read(own, team, channel)
    text, key = post.text, PostKey(team, channel, post.ts, post.root)
    if post.author in (*own, SLACKBOT) or text == before:
        return
    if any(f"<@{each}>" in text for each in own):
        return  # it is put to the desk, and comes as a mention as well
    desk = services.contexts.open_context().limit_packs(setting.packs)
    watched = desk.judge_watched(text, setting.eager)
    verdict = watched.verdict
    recall = Recall(verdict, desk.choose_language(setting.language), audience=received.audience)
    remark, notes = "", NO_NOTES
    if verdict.kind == "answered":
        remark = desk.say_read_part(text, recall.language)
        notes = find_due_notes(services, team, channel, verdict)

    case = builder.open_case(
        desk,
        key,
        WATCH,
        recall,
        by_bot=post.is_bot,
        began=began,
        remark=remark,
        notes=notes,
        person=post.author,
    )
    if verdict.kind != "answered":  # most posts: nothing that the thread has seen could change it
        decisions.record_ledger_row(builder.build_row(case, "silent", verdict.reason))
        return

    def decide(seen: Seen) -> Decision:
        setting = services.channels.apply_preset(seen.channel)
        return builder.decide_watched(case, watched, before is not None, seen, setting)

    entries = [match.entry.id for match in verdict.matches]
    decisions.record_decision(
        key, decide, names=case.names, entries=entries, cool_down=COOL_DOWN, minute=MINUTE
    )


def _withdraw_reply(services: Services, received: EventCallback, ts: str | None) -> None:
    team, channel = received.team_id, received.event.channel or ""
    reply = services.decisions.find_reply_to(team, channel, ts) if ts else None
    if reply and reply.kind in ("card", "short"):
        services.decisions.enqueue(team, channel, build_delete(channel, reply.key))
