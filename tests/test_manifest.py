"""The manifest: what it tells Slack is what the listeners do, no more and no less."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.listener.custom_listener import CustomListener

from bot.errors import InputError
from bot.manifest import build_manifest
from bot.matching import Evidence, Match, Verdict
from bot.replies import ids
from bot.replies.feedback import Feedback
from bot.replies.recall import Recall, Shown
from bot.replies.slack import SlackReplies
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import Front, find_buttons
from tests.support.shipped import load_shipped

ROOT = Path(__file__).resolve().parent.parent
SOCKET = build_manifest()
HTTP = build_manifest("https://desk.example.com")

# What Slack demands for an event, and for what the desk does (docs.slack.dev, events and methods).
SCOPES = {
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_id_changed": None,
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "tokens_revoked": None,
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.replies": None,  # those of the events: each kind of channel has its own
    "conversations.history": None,
    "conversations.info": None,  # channels:read, which nothing else needs: the doctor does without
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "slash command": "commands",
    "shortcut": "commands",
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "auth.test": None,
}


def list_methods() -> set[str]:
    """Return the methods of the Web API that bot/ calls, spelt as Slack spells them."""
    called: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        called |= {
            name.replace("_", ".", 1)
            for name in re.findall(r"client\.((?:[a-z]+_)+[a-zA-Z]+)\(", text)
            if name not in ("is_connected", "api_call", "post_json")
        }
        called |= set(re.findall(r'"((?:chat|conversations|views|users)\.[a-zA-Z]+)"', text))
    return called


def test_scopes() -> None:
    """The scopes are exactly what the events, the command, the shortcut and the methods called need."""
    events = SOCKET["settings"]["event_subscriptions"]["bot_events"]
    needs = {*events, *list_methods(), "slash command", "shortcut"}
    assert {SCOPES[need] for need in needs} - {None} == set(SOCKET["oauth_config"]["scopes"]["bot"])


def probe(app: App, body: dict[str, Any]) -> str:
    """Return the name of the first listener that takes a request, or "" if none does."""
    from slack_bolt import BoltRequest, BoltResponse

    request, response = BoltRequest(body=json.dumps(body), mode="http"), BoltResponse(status=200)
    for listener in app._listeners:  # Bolt has no other list of them
        assert isinstance(listener, CustomListener)
        if listener.matches(req=request, resp=response):
            return listener.ack_function.__name__
    return ""


def test_every_id_is_listened_to(tmp_path: Path) -> None:
    """The command, the shortcut, the events and every button and modal that is built have their listener."""
    with FakeSlack() as fake:
        front = Front(fake, DESK, tmp_path)
        app = front.service.app
        [command] = SOCKET["features"]["slash_commands"]
        assert probe(app, {"command": command["command"]}) == "handle_fault"
        [shortcut] = SOCKET["features"]["shortcuts"]
        given = {"type": "message_action", "callback_id": shortcut["callback_id"]}
        assert probe(app, given) == "handle_explain_error"
        for name in SOCKET["settings"]["event_subscriptions"]["bot_events"]:
            event = {"type": name.partition(".")[0]}
            assert probe(app, {"type": "event_callback", "event": event}) == f"handle_{event['type']}"
        for action in list_actions():
            several = (ids.LANGUAGE_SWITCH, f"{ids.ANSWER_RATE}_")
            wanted = action.rpartition("_")[0] if action.startswith(several) else action
            click = {"type": "block_actions", "actions": [{"action_id": action, "block_id": "b"}]}
            assert probe(app, click) == f"handle_{wanted}"
        submitted = {"type": "view_submission", "view": {"type": "modal", "callback_id": ids.ANSWER_POST}}
        assert probe(app, submitted) == "handle_answer_post"
        front.settle()


def list_actions() -> set[str]:
    """Return the action ids of every kind of message and of the modal."""
    knowledge = load_shipped()
    matches = tuple(Match(entry, 90.0, Evidence("phrase", (0, 1), "x")) for entry in knowledge.entries[:3])
    verdicts = [
        Verdict("answered", matches),
        Verdict("choices", matches),
        Verdict("abstained", reason="unsure"),
    ]
    found: set[str] = set()
    for verdict in verdicts:
        recall = Recall(verdict, "en")
        reply = SlackReplies(knowledge).build_reply(recall, shareable=True, mutable=True)
        modal = SlackReplies(knowledge).build_modal(recall, "")
        assert modal["callback_id"] == ids.ANSWER_POST
        blocks = [*reply.blocks, *modal["blocks"]]
        if verdict.kind == "answered":
            shown = Shown("a1", "en", tuple(match.entry.id for match in matches))
            feedback = Feedback(knowledge)
            blocks += feedback.build_helped(shown, "a1", recall, is_step_told=False).blocks
            blocks += feedback.build_not_it(shown, "a1", recall).blocks
        elements = [each for block in blocks for each in block.get("elements", [])]
        found |= {each["action_id"] for each in [*elements, *find_buttons(blocks)] if "action_id" in each}
    return found


def test_every_listener_is_needed() -> None:
    """Each id that a listener waits for is in the manifest or in something that is built."""
    assert list_actions() == {
        ids.CHOICE_SHOW,
        f"{ids.LANGUAGE_SWITCH}_zh",
        ids.ANSWER_RATE,
        f"{ids.ANSWER_RATE}_yes",
        f"{ids.ANSWER_RATE}_no",
        ids.REASON_TELL,
        ids.STEP_TELL,
        ids.ANSWER_SHARE,
        ids.THREAD_MUTE,
    }
    assert [each["callback_id"] for each in SOCKET["features"]["shortcuts"]] == [ids.ERROR_EXPLAIN]
    assert [each["command"] for each in SOCKET["features"]["slash_commands"]] == [ids.COMMAND]
    register = (ROOT / "bot/slack/register.py").read_text(encoding="utf-8")
    attached = set(re.findall(r"ids\.([A-Z_]+)", register))
    assert attached == {name for name in vars(ids) if name.isupper()}


def test_file_is_the_socket_variant() -> None:
    """The file in the tree can be pasted as it is: the variant for Socket Mode, with no address in it."""
    assert json.loads((ROOT / "manifest.json").read_text(encoding="utf-8")) == SOCKET
    assert SOCKET["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(SOCKET)


def test_http_variant() -> None:
    """The variant for HTTP names one address, three times, and is the same otherwise."""
    url = "https://desk.example.com/slack/events"
    assert HTTP["features"]["slash_commands"][0]["url"] == url
    assert HTTP["settings"]["event_subscriptions"]["request_url"] == url
    assert HTTP["settings"]["interactivity"] == {"is_enabled": True, "request_url": url}
    assert HTTP["settings"]["socket_mode_enabled"] is False
    assert HTTP["oauth_config"] == SOCKET["oauth_config"]


@pytest.mark.parametrize(
    "address", ["https://a.example", "https://a.example/", "https://a.example/slack/events"]
)
def test_address(address: str) -> None:
    """The address may be given with the path or without."""
    assert (
        build_manifest(address)["settings"]["interactivity"]["request_url"]
        == "https://a.example/slack/events"
    )


@pytest.mark.parametrize(
    "address", ["", "http://a.example", "a.example", "https://", "https://a?b=c", "https://[", "ftp://a"]
)
def test_wrong_address(address: str) -> None:
    """What isn't an https address is refused."""
    with pytest.raises(InputError) as raised:
        build_manifest(address)
    assert (raised.value.key, raised.value.values) == ("manifest_address", {"value": address})


def test_limits_of_slack() -> None:
    """Names and descriptions keep the lengths of Slack's manifest schema."""
    shown, features = SOCKET["display_information"], SOCKET["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is False  # the desk escapes for itself


def test_direct_messages_are_open() -> None:
    """Whoever opens the app can write to it; there is no Home, which nobody would fill."""
    assert SOCKET["features"]["app_home"] == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
