"""The fake Slack answers slack_sdk's own clients as Slack does, and its limits stand where Slack's stand."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ButtonElement, MarkdownTextObject, SectionBlock
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient

from tests.support.fake_slack import FakeSlack
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import Surface, count_units, find_faults, list_texts

TOKEN = "xoxb-1"  # noqa: S105 - opens nothing


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(fake: FakeSlack) -> WebClient:
    return WebClient(token=TOKEN, base_url=fake.url)


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str = "words", **rest: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **rest}


def button(text: str = "Open", **rest: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "entry_open", "text": plain(text), **rest}


def option(text: str = "28504", value: str = "28504", **rest: Any) -> dict[str, Any]:
    return {"text": plain(text), "value": value, **rest}


def select(number: int = 1, **rest: Any) -> dict[str, Any]:
    options = [option(value=str(place)) for place in range(number)]
    return {"type": "static_select", "action_id": "code_pick", "options": options, **rest}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def feedback(**rest: Any) -> dict[str, Any]:
    pair = {name: {"text": plain("Good"), "value": "good"} for name in ("positive_button", "negative_button")}
    element = {"type": "feedback_buttons", "action_id": "answer_rate", **pair, **rest}
    return {"type": "context_actions", "elements": [element]}


def without(block: dict[str, Any], key: str) -> dict[str, Any]:
    return {
        **block,
        "elements": [
            {name: part for name, part in each.items() if name != key} for each in block["elements"]
        ],
    }


def rated(text: str = "Good", value: str = "good") -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def confirm(**texts: str) -> dict[str, Any]:
    kept = {"title": "Sure?", "text": "It goes out.", "confirm": "Yes", "deny": "No", **texts}
    return button(confirm={key: plain(text) for key, text in kept.items()})


def modal(*blocks: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Search"), "blocks": list(blocks) or [section()], **rest}


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks) or [section()]}


def message(*blocks: Any, **rest: Any) -> dict[str, Any]:
    return {"text": "words", "blocks": list(blocks), **rest}


def refuse(call: Callable[[], object]) -> dict[str, Any]:
    """Return Slack's refusal of a call that must not succeed."""
    with pytest.raises(SlackApiError) as caught:
        call()
    reply = caught.value.response.data
    assert isinstance(reply, dict)
    return reply


# The calls and their record


def test_auth() -> None:
    """auth.test names the team and the bot, whose answers Bolt takes its own ids from."""
    with FakeSlack() as fake:
        reply = WebClient(token=TOKEN, base_url=fake.url).auth_test()
    assert (reply["team_id"], reply["user_id"], reply["bot_id"]) == ("T0FAULT", "UFAULTBOT", "BFAULTBOT")


def test_no_token(fake: FakeSlack) -> None:
    """A call without a token is not_authed; api.test needs none."""
    nobody = WebClient(base_url=fake.url)
    assert nobody.api_test()["ok"]
    assert refuse(nobody.auth_test)["error"] == "not_authed"


def test_unknown_method(client: WebClient) -> None:
    """A method that the fake does not have is unknown_method, never a silent success."""
    assert refuse(lambda: client.api_call("chat.shout"))["error"] == "unknown_method"


def test_record(fake: FakeSlack, client: WebClient) -> None:
    """Calls are kept in the order of arrival with their arguments, token and time."""
    client.auth_test()
    client.chat_postMessage(channel="C1", text="words", blocks=[section()])
    assert [call.method for call in fake.calls] == ["auth.test", "chat.postMessage"]
    (call,) = fake.called("chat.postMessage")
    assert call.arguments == {"channel": "C1", "text": "words", "blocks": [section()]}
    assert call.token == TOKEN
    assert fake.calls[0].at <= fake.calls[1].at


def test_forget(fake: FakeSlack, client: WebClient) -> None:
    """Forgetting clears the calls and keeps the messages."""
    client.chat_postMessage(channel="C1", text="words")
    fake.forget()
    assert fake.calls == []
    assert [kept["text"] for kept in fake.messages("C1")] == ["words"]


def test_form(fake: FakeSlack) -> None:
    """A form's blocks arrive as JSON in a string and are recorded as blocks."""
    form = b"token=xoxb-1&channel=C1&text=words&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D"
    with urllib.request.urlopen(fake.url + "chat.postMessage", form) as answer:  # noqa: S310 - loopback
        assert answer.status == 200
    (call,) = fake.calls
    assert call.arguments == {"channel": "C1", "text": "words", "blocks": [{"type": "divider"}]}
    assert call.token == TOKEN


def test_wait_for(fake: FakeSlack, client: WebClient) -> None:
    """Waiting returns once calls of other threads have come."""
    threads = [
        threading.Thread(target=client.chat_postMessage, kwargs={"channel": "C1", "text": word})
        for word in "ab"
    ]
    for thread in threads:
        thread.start()
    calls = fake.wait_for("chat.postMessage", count=2)
    for thread in threads:
        thread.join()
    assert sorted(call.arguments["text"] for call in calls) == ["a", "b"]


def test_wait_for_nothing(fake: FakeSlack, client: WebClient) -> None:
    """Waiting in vain names the calls that came instead."""
    client.auth_test()
    with pytest.raises(AssertionError, match=r"chat\.update: 0 of 1 calls(?s:.)*auth\.test"):
        fake.wait_for("chat.update", timeout=0)


def test_fail(fake: FakeSlack, client: WebClient) -> None:
    """A scripted error is answered so many times, and nothing is posted meanwhile."""
    fake.fail("chat.postMessage", "is_archived", times=2)
    for _ in range(2):
        assert refuse(lambda: client.chat_postMessage(channel="C1", text="words"))["error"] == "is_archived"
    assert fake.messages("C1") == []
    assert client.chat_postMessage(channel="C1", text="words")["ok"]


def test_fail_with_status(fake: FakeSlack, client: WebClient) -> None:
    """A scripted 429 carries Retry-After, a scripted 500 its status."""
    fake.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "7"})
    fake.fail("chat.postMessage", "internal_error", status=500)
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel="C1", text="words")
    with pytest.raises(SlackApiError) as broken:
        client.chat_postMessage(channel="C1", text="words")
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    assert broken.value.response.status_code == 500


def test_done_all_the_same(fake: FakeSlack, client: WebClient) -> None:
    """What a test fails or cuts may be done all the same, as Slack may have done what it didn't answer."""
    client.retry_handlers.clear()
    fake.fail("chat.postMessage", "internal_error", done=True)
    assert refuse(lambda: client.chat_postMessage(channel="C1", text="first"))["error"] == "internal_error"
    fake.cut("chat.postMessage")
    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel="C1", text="second")
    fake.cut("chat.postMessage", done=False)
    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel="C1", text="third")
    assert [each["text"] for each in fake.messages("C1")] == ["first", "second"]


def test_hold(fake: FakeSlack, client: WebClient) -> None:
    """While the answers to one method are held, another method is answered; then the held answer comes."""
    answers: list[bool] = []

    def post() -> None:
        answers.append(bool(client.chat_postMessage(channel="C1", text="words")["ok"]))

    with fake.hold("chat.postMessage"):
        thread = threading.Thread(target=post)
        thread.start()
        fake.wait_for("chat.postMessage")
        client.auth_test()
        assert answers == []
    thread.join()
    assert answers == [True]


def test_leave_while_held() -> None:
    """Leaving the fake lets a held answer go, so that no thread stays behind."""
    with FakeSlack() as fake:
        client = WebClient(token=TOKEN, base_url=fake.url)
        held = fake.hold("auth.test")
        held.__enter__()
        thread = threading.Thread(target=client.auth_test)
        thread.start()
        fake.wait_for("auth.test")
    thread.join()
    assert not thread.is_alive()


# Messages


def test_post(fake: FakeSlack, client: WebClient) -> None:
    """Posts get rising, unique ts and are kept per channel with their thread."""
    root = client.chat_postMessage(channel="C1", text="question")
    reply = client.chat_postMessage(channel="C1", text="answer", thread_ts=root["ts"])
    client.chat_postMessage(channel="C2", text="elsewhere")
    assert root["ts"] < reply["ts"]
    assert root["message"]["bot_id"] == "BFAULTBOT"
    assert [(each["text"], each.get("thread_ts")) for each in fake.messages("C1")] == [
        ("question", None),
        ("answer", root["ts"]),
    ]


def test_ephemeral(fake: FakeSlack, client: WebClient) -> None:
    """An ephemeral message needs its reader and is not kept in the channel."""
    assert client.chat_postEphemeral(channel="C1", user="U1", text="words")["message_ts"]
    assert fake.messages("C1") == []
    nobody = refuse(lambda: client.chat_postEphemeral(channel="C1", user="", text="words"))
    assert nobody["error"] == "invalid_arguments"


def test_update(fake: FakeSlack, client: WebClient) -> None:
    """An update changes what it names and keeps the rest; an empty list takes the blocks away."""
    ts = client.chat_postMessage(channel="C1", text="old", blocks=[section()])["ts"]
    client.chat_update(channel="C1", ts=ts, text="new")
    (kept,) = fake.messages("C1")
    assert (kept["text"], kept["blocks"]) == ("new", [section()])
    client.chat_update(channel="C1", ts=ts, text="newer", blocks=[])
    (kept,) = fake.messages("C1")
    assert (kept["text"], kept["blocks"]) == ("newer", [])


def test_foreign_message(fake: FakeSlack, client: WebClient) -> None:
    """A bot can change neither a person's message nor one that is not there."""
    ts = fake.put("C1", user="U1", text="28504?")
    replies = [
        refuse(lambda: client.chat_update(channel="C1", ts=ts, text="words")),
        refuse(lambda: client.chat_delete(channel="C1", ts=ts)),
        refuse(lambda: client.chat_update(channel="C1", ts="1.1", text="words")),
    ]
    errors = [reply["error"] for reply in replies]
    assert errors == ["cant_update_message", "cant_delete_message", "message_not_found"]


def test_delete(fake: FakeSlack, client: WebClient) -> None:
    """A deleted message is gone from its channel."""
    ts = client.chat_postMessage(channel="C1", text="words")["ts"]
    client.chat_delete(channel="C1", ts=ts)
    assert fake.messages("C1") == []


def test_history(fake: FakeSlack, client: WebClient) -> None:
    """History is newest first, without replies, and finds one message by its ts."""
    first = fake.put("C1", user="U1", text="first")
    client.chat_postMessage(channel="C1", text="reply", thread_ts=first)
    fake.put("C1", user="U1", text="second")
    history = client.conversations_history(channel="C1")
    assert [each["text"] for each in history["messages"]] == ["second", "first"]
    one = client.conversations_history(channel="C1", latest=first, inclusive=True, limit=1)
    assert [each["text"] for each in one["messages"]] == ["first"]
    assert client.conversations_history(channel="C1", limit=1)["has_more"] is True


def test_replies(fake: FakeSlack, client: WebClient) -> None:
    """Replies are a thread's root and its answers in order; an unknown root is thread_not_found."""
    root = fake.put("C1", user="U1", text="28504?")
    fake.put("C1", user="U1", text="something else")
    client.chat_postMessage(channel="C1", text="answer", thread_ts=root)
    thread = client.conversations_replies(channel="C1", ts=root)
    assert [each["text"] for each in thread["messages"]] == ["28504?", "answer"]
    unknown = refuse(lambda: client.conversations_replies(channel="C1", ts="1.1"))
    assert unknown["error"] == "thread_not_found"


def test_pages(fake: FakeSlack, client: WebClient) -> None:
    """A cursor leads from page to page; the last has none."""
    root = fake.put("C1", user="U1", text="root")
    replies = [fake.put("C1", user="U1", text="reply", thread_ts=root) for _ in range(4)]
    pages = client.conversations_replies(channel="C1", ts=root, limit=2)  # one object, which turns its pages
    told = [([each["ts"] for each in page["messages"]], page["has_more"]) for page in pages]
    assert told == [([root, replies[0]], True), (replies[1:3], True), (replies[3:], False)]


def test_metadata(client: WebClient) -> None:
    """Metadata is stripped from replies and history unless it is asked for."""
    metadata = {"event_type": "answer", "event_payload": {"code": "28504"}}
    ts = client.chat_postMessage(channel="C1", text="words", metadata=metadata)["ts"]
    for method in ("conversations.replies", "conversations.history"):
        place = {"channel": "C1", "ts": ts}
        (bare,) = client.api_call(method, params=place)["messages"]
        (full,) = client.api_call(method, params={**place, "include_all_metadata": True})["messages"]
        assert "metadata" not in bare
        assert full["metadata"] == metadata


def test_channel(client: WebClient) -> None:
    """A channel is described by its id; a name that is no id is not found."""
    assert client.conversations_info(channel="C1")["channel"]["id"] == "C1"
    assert refuse(lambda: client.conversations_info(channel="general"))["error"] == "channel_not_found"


def test_channel_outside(fake: FakeSlack, client: WebClient) -> None:
    """A channel that the bot is no member of is described as such, and can't be read."""
    assert client.conversations_info(channel="C1")["channel"]["is_member"] is True
    fake.workspace.outside.add("C1")
    assert client.conversations_info(channel="C1")["channel"]["is_member"] is False
    assert refuse(lambda: client.conversations_history(channel="C1"))["error"] == "not_in_channel"


def test_scopes(fake: FakeSlack, client: WebClient) -> None:
    """Each answer names the scopes that a test grants."""
    fake.scopes = "commands"
    assert client.auth_test().headers["X-OAuth-Scopes"] == "commands"


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        ("channel_not_found", {"text": "words"}),
        ("no_text", {"channel": "C1"}),
        ("no_text", {"channel": "C1", "text": " "}),
        ("no_text", {"channel": "C1", "text": "", "blocks": []}),
        ("msg_too_long", {"channel": "C1", "text": "x" * 40_001}),
        ("invalid_blocks_format", {"channel": "C1", "text": "words", "blocks": "[{"}),
        ("invalid_blocks", {"channel": "C1", "text": "words", "blocks": [{"type": "marquee"}]}),
        ("invalid_blocks", {"channel": "C1", "text": "words", "blocks": [{"type": "divider"}] * 51}),
        ("msg_blocks_too_long", {"channel": "C1", "text": "words", "blocks": [section("x" * 2401)] * 5}),
        ("too_many_attachments", {"channel": "C1", "text": "words", "attachments": [{"text": "x"}] * 21}),
        (
            "invalid_attachments",
            {"channel": "C1", "text": "words", "attachments": [{"blocks": [section("")]}]},
        ),
        ("invalid_metadata_format", {"channel": "C1", "text": "words", "metadata": {"code": "28504"}}),
        ("markdown_text_conflict", {"channel": "C1", "text": "words", "markdown_text": "words"}),
    ],
)
def test_refused_posts(fake: FakeSlack, client: WebClient, error: str, arguments: dict[str, Any]) -> None:
    """A post that Slack refuses gets Slack's error and leaves nothing in the channel."""
    reply = refuse(lambda: client.api_call("chat.postMessage", json=arguments))
    assert reply["error"] == error
    assert fake.messages("C1") == []
    assert len(fake.calls) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": "x" * 40_000},
        {"text": "words", "blocks": [{"type": "divider"}] * 50},
        {"text": "words", "blocks": [section("x" * 2400)] * 5},
        {"blocks": [section()]},
        {"attachments": [{"text": "x"}] * 20},
        {"markdown_text": "**words**"},
    ],
)
def test_taken_posts(client: WebClient, arguments: dict[str, Any]) -> None:
    """A post at the limit is taken."""
    assert client.api_call("chat.postMessage", json={"channel": "C1", **arguments})["ok"]


def test_named_faults(client: WebClient) -> None:
    """Invalid blocks are answered with a sentence and a place for each fault, twice, as Slack does."""
    blocks = [section(), section(""), {"type": "header", "text": mrkdwn("words")}]
    reply = refuse(lambda: client.chat_postMessage(channel="C1", text="words", blocks=blocks))
    assert reply["errors"] == [
        "must be more than 0 characters [json-pointer:/blocks/1/text/text]",
        "must be a plain_text object [json-pointer:/blocks/2/text]",
    ]
    assert reply["response_metadata"]["messages"] == [f"[ERROR] {fault}" for fault in reply["errors"]]


def test_long_update(client: WebClient) -> None:
    """An update takes 4,000 bytes of text, which is 1,333 Chinese characters, and no more."""
    ts = client.chat_postMessage(channel="C1", text="码" * 1334)["ts"]
    assert client.chat_update(channel="C1", ts=ts, text="码" * 1333)["ok"]
    assert (
        refuse(lambda: client.chat_update(channel="C1", ts=ts, text="码" * 1334))["error"] == "msg_too_long"
    )


# Response URLs


def test_response_url(fake: FakeSlack) -> None:
    """A post to a response_url is recorded under its name and answered with one word."""
    reply = WebhookClient(fake.response_url("R7")).send(text="words", response_type="ephemeral")
    assert (reply.status_code, reply.body) == (200, "ok")
    (call,) = fake.called("response_url")
    assert call.arguments == {"_name": "R7", "text": "words", "response_type": "ephemeral"}


def test_response_url_uses(fake: FakeSlack) -> None:
    """A response_url takes five posts; another one is not used up by them."""
    first, second = WebhookClient(fake.response_url("R1")), WebhookClient(fake.response_url("R2"))
    assert [first.send(text="words").status_code for _ in range(6)] == [200] * 5 + [404]
    assert "used_url" in first.send(text="words").body
    assert second.send(text="words").status_code == 200


def test_response_url_limits(fake: FakeSlack) -> None:
    """A response_url refuses bad blocks and empty posts; a bare deletion and more text it takes."""
    hook = WebhookClient(fake.response_url())
    assert "no_text" in hook.send(text="").body
    assert "invalid_blocks" in hook.send(text="words", blocks=[section("")]).body
    assert hook.send(delete_original=True).body == "ok"
    assert hook.send(text="words", blocks=[section("x" * 3000)] * 5).body == "ok"


# Views


def test_open_view(client: WebClient) -> None:
    """A view opens once for a trigger, with an id and a hash; the second use is exchanged_trigger_id."""
    view = client.views_open(
        trigger_id="1.2", view=View(type="modal", title="Search", blocks=[SectionBlock(text="x")])
    )
    assert view["view"]["id"]
    assert view["view"]["hash"]
    again = refuse(lambda: client.views_open(trigger_id="1.2", view=modal()))
    assert again["error"] == "exchanged_trigger_id"
    assert refuse(lambda: client.views_open(trigger_id="", view=modal()))["error"] == "invalid_arguments"


def test_update_view(client: WebClient) -> None:
    """A view is updated under its id; an old hash is hash_conflict and an unknown id not_found."""
    opened = client.views_open(trigger_id="1.2", view=modal())["view"]
    updated = client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())["view"]
    assert updated["id"] == opened["id"]
    late = refuse(lambda: client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal()))
    assert late["error"] == "hash_conflict"
    assert refuse(lambda: client.views_update(view_id="V0", view=modal()))["error"] == "not_found"


def test_publish_view(client: WebClient) -> None:
    """A home view is published for a person; a modal is not a home view."""
    assert client.views_publish(user_id="U1", view=home())["view"]["type"] == "home"
    reply = refuse(lambda: client.views_publish(user_id="U1", view=modal()))
    assert "must be home [json-pointer:/view/type]" in reply["errors"]


def test_refused_view(client: WebClient) -> None:
    """A view beyond the limits is invalid_arguments with the place of each fault; its trigger stays good."""
    reply = refuse(lambda: client.views_open(trigger_id="1.2", view=modal(title=plain("x" * 25))))
    assert reply["error"] == "invalid_arguments"
    assert reply["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert client.views_open(trigger_id="1.2", view=modal())["ok"]


# Slack's limits

LIMITS: dict[str, tuple[int, Surface, Callable[[int], dict[str, Any]]]] = {
    "header": (150, "message", lambda n: message({"type": "header", "text": plain("x" * n)})),
    "section text": (3000, "message", lambda n: message(section("x" * n))),
    "section fields": (10, "message", lambda n: message({"type": "section", "fields": [mrkdwn("x")] * n})),
    "section field": (2000, "message", lambda n: message({"type": "section", "fields": [mrkdwn("x" * n)]})),
    "context": (10, "message", lambda n: message({"type": "context", "elements": [mrkdwn("x")] * n})),
    "actions": (25, "message", lambda n: message(actions(*(button(action_id=f"a{i}") for i in range(n))))),
    "button text": (75, "message", lambda n: message(actions(button("x" * n)))),
    "button value": (2000, "message", lambda n: message(actions(button(value="x" * n)))),
    "feedback text": (75, "message", lambda n: message(feedback(positive_button=rated("x" * n)))),
    "feedback value": (2000, "message", lambda n: message(feedback(negative_button=rated(value="x" * n)))),
    "button url": (3000, "message", lambda n: message(actions(button(url="x" * n)))),
    "action_id": (255, "message", lambda n: message(actions(button(action_id="x" * n)))),
    "block_id": (255, "message", lambda n: message(section(block_id="x" * n))),
    "overflow": (5, "message", lambda n: message(section(accessory={**select(n), "type": "overflow"}))),
    "select": (100, "message", lambda n: message(section(accessory=select(n)))),
    "option text": (75, "message", lambda n: message(actions(select(options=[option("x" * n)])))),
    "option value": (150, "message", lambda n: message(actions(select(options=[option(value="x" * n)])))),
    "placeholder": (150, "message", lambda n: message(actions(select(placeholder=plain("x" * n))))),
    "confirm title": (100, "message", lambda n: message(actions(confirm(title="x" * n)))),
    "confirm text": (300, "message", lambda n: message(actions(confirm(text="x" * n)))),
    "confirm confirm": (30, "message", lambda n: message(actions(confirm(confirm="x" * n)))),
    "confirm deny": (30, "message", lambda n: message(actions(confirm(deny="x" * n)))),
    "markdown": (12000, "message", lambda n: message({"type": "markdown", "text": "x" * n})),
    "markdown together": (
        12000,
        "message",
        lambda n: message(
            {"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * (n - 6000)}
        ),
    ),
    "table rows": (
        100,
        "message",
        lambda n: message({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}),
    ),
    "table cells": (
        20,
        "message",
        lambda n: message({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}),
    ),
    "alert": (200, "modal", lambda n: modal({"type": "alert", "text": plain("x" * n)})),
    "message blocks": (50, "message", lambda n: message(*[section()] * n)),
    "message text": (4000, "message", lambda n: message(text="x" * n)),
    "all block text": (
        12000,
        "message",
        lambda n: message(*[section("x" * 2400)] * 4, section("x" * (n - 9600))),
    ),
    "attachments": (20, "message", lambda n: message(attachments=[{"text": "x"}] * n)),
    "modal blocks": (100, "modal", lambda n: modal(*[section()] * n)),
    "home blocks": (100, "home", lambda n: home(*[section()] * n)),
    "modal title": (24, "modal", lambda n: modal(title=plain("x" * n))),
    "modal submit": (24, "modal", lambda n: modal(submit=plain("x" * n))),
    "modal close": (24, "modal", lambda n: modal(close=plain("x" * n))),
    "private_metadata": (3000, "modal", lambda n: modal(private_metadata="x" * n)),
    "callback_id": (255, "modal", lambda n: modal(callback_id="x" * n)),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits(name: str) -> None:
    """What is as long as Slack allows has no fault; one more is one."""
    most, surface, build = LIMITS[name]
    assert find_faults(build(most), surface) == []
    assert find_faults(build(most + 1), surface) != []


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("text that is not empty", {"blocks": [section()]}),
        ("text that is not empty", message(text=None)),
        ("unsupported type: marquee", message({"type": "marquee"})),
        ("unsupported type", message("words")),
        ("must be a list", {"text": "words", "blocks": {"type": "divider"}}),
        ("missing required field: text", message({"type": "header"})),
        ("text or fields", message({"type": "section"})),
        ("more than 0 characters", message(section(""))),
        ("more than 0 characters", message(actions(button("")))),
        ("must be a text object", message({"type": "section", "text": "words"})),
        ("must be a plain_text object", message({"type": "header", "text": mrkdwn("words")})),
        (
            "must be a plain_text object",
            message(actions(select(options=[{**option(), "text": mrkdwn("x")}]))),
        ),
        (
            "invalid additional property: emoji",
            message({"type": "section", "text": mrkdwn("x") | {"emoji": True}}),
        ),
        (
            "invalid additional property: verbatim",
            message(actions({**button(), "text": mrkdwn("x") | plain("x")})),
        ),
        ("invalid additional property: accesory", message(section(accesory=button()))),
        ("action_id entry_open already exists", message(actions(button(), button()))),
        ("block_id b already exists", message(section(block_id="b"), section(block_id="b"))),
        ("must have 1 to 25 items", message(actions())),
        ("missing required field: value", message(feedback(positive_button={"text": plain("Good")}))),
        ("missing required field: value", message(actions(select(options=[{"text": plain("x")}])))),
        (
            "must be a plain_text object",
            message(feedback(negative_button={"text": mrkdwn("x"), "value": "x"})),
        ),
        ("missing required field: negative_button", message(without(feedback(), "negative_button"))),
        (
            "unsupported type: button in context_actions",
            message({"type": "context_actions", "elements": [button()]}),
        ),
        ("unsupported type: feedback_buttons in actions", message(actions(*feedback()["elements"]))),
        ("must have 1 to 5 items", message(actions({**select(0), "type": "overflow"}))),
        ("unsupported type: button in context", message({"type": "context", "elements": [button()]})),
        ("unsupported type: mrkdwn in actions", message(actions(mrkdwn("words")))),
        ("style", message(actions(button(style="loud")))),
        (
            "no more than 1 table",
            message(*[{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2),
        ),
        ("more than 0 characters", message(attachments=[{"blocks": [section("")]}])),
    ],
)
def test_faults(sentence: str, broken: dict[str, Any]) -> None:
    """Each of these is one fault, said in a sentence."""
    (fault,) = find_faults(broken)
    assert sentence in fault


@pytest.mark.parametrize(
    ("kind", "surfaces"),
    [
        ("alert", ["modal"]),
        ("card", ["message", "home"]),
        ("container", ["message"]),
        ("context_actions", ["message"]),
        ("markdown", ["message"]),
        ("section", ["message", "modal", "home"]),
        ("table", ["message", "home"]),
    ],
)
def test_surfaces(kind: str, surfaces: list[Surface]) -> None:
    """A block is refused on a surface that does not show it."""
    blocks: dict[str, dict[str, Any]] = {
        "alert": {"text": plain("x")},
        "card": {"title": plain("x")},
        "container": {"title": plain("x"), "child_blocks": [section()]},
        "context_actions": feedback(),
        "markdown": {"text": "x"},
        "section": section(),
        "table": {"rows": [[{"type": "raw_text", "text": "x"}]]},
    }
    block = {"type": kind, **blocks[kind]}
    every: dict[Surface, dict[str, Any]] = {
        "message": message(block),
        "modal": modal(block),
        "home": home(block),
    }
    assert [surface for surface, shown in every.items() if find_faults(shown, surface) == []] == surfaces


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        5,
        {},
        {"type": ["section"]},
        {"type": "section", "text": 5},
        {"type": "section", "text": {"type": "mrkdwn", "text": 5}},
        {"type": "section", "fields": "words"},
        {"type": "section", "text": plain("x"), "block_id": []},
        {"type": "header", "text": None},
        {"type": "actions", "elements": 5},
        {"type": "context", "elements": [None]},
        {"type": "table", "rows": [5]},
        {"type": "markdown", "text": 5},
        {"type": "container", "title": plain("x"), "child_blocks": 5},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": None}]},
    ],
)
def test_nonsense(nonsense: Any) -> None:
    """Nonsense in place of a block is a fault and breaks nothing."""
    assert find_faults(message(nonsense)) != []
    find_house_faults(message(nonsense))


def test_container_children() -> None:
    """The blocks inside a container are held to the same limits, each under its own place."""
    block = {"type": "container", "title": plain("x"), "child_blocks": [section(), section("")]}
    (fault,) = find_faults(message(block))
    assert "/blocks/0/child_blocks/1/text/text" in fault


def test_view_faults() -> None:
    """A modal that asks needs a submit; a home view has none; both need blocks."""
    asks = {
        "type": "input",
        "label": plain("Code"),
        "element": {"type": "plain_text_input", "action_id": "code_type"},
    }
    assert find_faults(modal(asks, submit=plain("Go")), "modal") == []
    assert "submit" in find_faults(modal(asks), "modal")[0]
    assert "submit" in find_faults({**home(), "submit": plain("Go")}, "home")[0]
    assert "blocks" in find_faults({"type": "modal", "title": plain("x")}, "modal")[0]


def test_units() -> None:
    """Lengths are UTF-16 units: an emoji outside the first plane counts twice."""
    assert count_units("码") == 1
    assert count_units("🔥") == 2
    assert find_faults(message({"type": "header", "text": plain("🔥" * 75)})) == []
    assert find_faults(message({"type": "header", "text": plain("🔥" * 76)})) != []


def test_sdk_blocks() -> None:
    """What slack_sdk's models write is without fault."""
    text = MarkdownTextObject(text="words", verbatim=True)
    accessory = ButtonElement(text="Open", action_id="entry_open", value="28504")
    assert find_faults(message(SectionBlock(text=text, accessory=accessory).to_dict())) == []


def test_texts() -> None:
    """The words of blocks come in reading order, whatever the order of keys; rich text comes by the line."""
    line = [{"type": "text", "text": "code "}, {"type": "text", "text": "28504", "style": {"bold": True}}]
    blocks = [
        {"accessory": button("Open"), "fields": [mrkdwn("left"), mrkdwn("right")], **section("first")},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": line}]},
        actions(button("More"), select(1, placeholder=plain("Pick"))),
        {
            "type": "context",
            "elements": [{"type": "image", "image_url": "u", "alt_text": "logo"}, mrkdwn("last")],
        },
    ]
    words = ["first", "left", "right", "Open", "code 28504", "More", "Pick", "28504", "logo", "last"]
    assert list_texts(blocks) == words


# This project's own rules


@pytest.mark.parametrize(
    "text",
    [
        "*28504* means: a &lt;device&gt; is offline &amp; silent",
        "原因：\n*设备离线*\n请看 `28504` 页",
        "见 *28504* 。",
        "> quoted\n>>> all of it",
        "<https://example.com/28504|the page> and <mailto:desk@example.com|the desk>",
        "```\n设备\n```",
        "3 * 4 * 5",
    ],
)
def test_house_takes(text: str) -> None:
    """Escaped text, spaced marks, quotes and named links are what replies are made of."""
    assert find_house_faults(message(section(text), text=text)) == []


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("live token <!channel>", "<!channel> look"),
        ("live token <!subteam^S1>", "<!subteam^S1>"),
        ("live token <@U1>", "<@U1>: 28504"),
        ("live token <#C1|general>", "<#C1|general>"),
        ("live token <https://example.com>", "<https://example.com>"),
        ("live token <javascript:x|page>", "<javascript:x|page>"),
        ("angle bracket", "3 < 4"),
        ("angle bracket", "a -> b"),
        ("ampersand", "this & that"),
        ("ampersand", "&nbsp;"),
        ("&amp;lt; is escaped twice", "&amp;lt;"),
        ("&amp;amp; is escaped twice", "R&amp;amp;D"),
        ("touches *设备离线*", "原因*设备离线* "),
        ("touches *28504*", "*28504*：设备离线"),
        ("touches `28504`", "错误`28504` "),
        ("touches ```28504```", "```28504```错误"),
    ],
)
def test_house_refuses(sentence: str, text: str) -> None:
    """Each of these in the text, and in a mrkdwn object, is a fault with its place."""
    in_text, in_block = find_house_faults(message(section(text), text=text))
    assert sentence in in_text
    assert in_text.endswith("[json-pointer:/text]")
    assert sentence in in_block
    assert in_block.endswith("[json-pointer:/blocks/0/text/text]")


def test_house_allowed() -> None:
    """A token that the caller means is no fault, and only that one."""
    (fault,) = find_house_faults(message(text="<@U1> <@U2>"), allowed=["<@U1>"])
    assert "<@U2>" in fault


def test_house_rich_text() -> None:
    """A mention is live in rich text and in a markdown block too."""
    line = {"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]}
    blocks = [{"type": "rich_text", "elements": [line]}, {"type": "markdown", "text": "**all** <@U1>"}]
    rich, markdown = find_house_faults(message(*blocks))
    assert "live token <!here>" in rich
    assert "live token <@U1>" in markdown


def test_house_views() -> None:
    """A view is held to the rules of mrkdwn, and to none that are for messages."""
    assert find_house_faults(modal(section("words")), surface="modal") == []
    assert len(find_house_faults(modal(section("<!here>")), surface="modal")) == 1


@pytest.mark.parametrize(
    ("place", "broken"),
    [
        ("/text", message(text="")),
        ("/text", message(text="码" * 1201)),
        ("/blocks", message(*[section()] * 46)),
        ("/blocks", message(*[section("x" * 3000)] * 3, section("x"))),
        ("/blocks/0/text", message({"type": "section", "text": {"type": "mrkdwn", "text": "words"}})),
        ("/link_names", message(link_names=True)),
        ("/parse", message(parse="full")),
        ("/reply_broadcast", message(reply_broadcast=False)),
        ("/unfurl_links", message(channel="C1", unfurl_media=False)),
        ("/unfurl_media", message(channel="C1", unfurl_media=True, unfurl_links=False)),
        ("/attachments/0/text", message(attachments=[{"text": "<!here>"}])),
    ],
)
def test_house_limits(place: str, broken: dict[str, Any]) -> None:
    """Each of these is one fault at its place, well inside Slack's limits."""
    assert find_faults(broken) == [] or broken["text"] == ""
    (fault,) = find_house_faults(broken)
    assert fault.endswith(f"[json-pointer:{place}]")


@pytest.mark.parametrize(
    "kept",
    [
        message(text="码" * 1200),
        message(*[section()] * 45),
        message(*[section("x" * 3000)] * 3),
        message(channel="C1", unfurl_links=False, unfurl_media=False),
        message(channel="C1", ts="1.1"),
        message(channel="C1", user="U1"),
        {"delete_original": True},
    ],
)
def test_house_keeps(kept: dict[str, Any]) -> None:
    """What is at this project's limits has no fault; only a chat.postMessage must turn unfurling off."""
    assert find_house_faults(kept) == []
