"""A post as it is read from Slack's message objects: who, where, what is asked, attachments and files."""

from __future__ import annotations

import json

import pytest

from bot.posts.post import Passage, Post, read_post
from tests.support.message_parts import (
    Part,
    attached,
    list_sources,
    mrkdwn,
    plain,
    rich,
    run,
    section,
    tell,
    word,
)

# Who, where, when


def test_person() -> None:
    """A person's post has their id, and its own time stamp is the root of its thread."""
    post = read_post({"user": "U1", "team": "T1", "channel": "C1", "ts": "17.1", "text": "28504"})
    assert post == Post("T1", "C1", "17.1", "", "U1", False, "", (Passage("28504", "text"),))
    assert post.root == "17.1"


def test_thread() -> None:
    """A reply's root is the thread's time stamp."""
    post = read_post({"ts": "17.2", "thread_ts": "17.1", "subtype": "thread_broadcast"})
    assert (post.thread_ts, post.root, post.subtype) == ("17.1", "17.1", "thread_broadcast")


def test_arguments_serve_where_the_message_is_silent() -> None:
    """Team and channel are taken from the message, and from the caller where the message has none."""
    told = read_post({"team": "T1", "channel": {"id": "C1", "name": "ops"}}, team="T2", channel="C2")
    silent = read_post({"team": None, "channel": ""}, team="T2", channel="C2")
    assert (told.team, told.channel, silent.team, silent.channel) == ("T1", "C1", "T2", "C2")


@pytest.mark.parametrize(
    ("message", "author", "is_bot"),
    [
        ({"user": "U1", "client_msg_id": "x"}, "U1", False),
        ({"user": "U1", "bot_id": "B1", "bot_profile": {"id": "B1"}}, "U1", True),
        ({"user": "U1", "bot_profile": {"name": "alerts"}}, "U1", True),
        ({"bot_id": "B1", "subtype": "bot_message"}, "B1", True),
        ({"subtype": "bot_message", "workflow_id": "Wf1", "bot_id": "B2", "text": "<@U9> 28504"}, "B2", True),
        ({"subtype": "bot_message", "username": "flow"}, "", True),
        ({"app_id": "A1"}, "A1", True),
        ({"user": "U1", "app_id": "A1"}, "U1", False),
        ({"user": None, "bot_id": 5, "app_id": []}, "", False),
        ({}, "", False),
    ],
)
def test_author(message: Part, author: str, is_bot: bool) -> None:
    """The author is the user, else the bot, else the app; a workflow's post has no user."""
    post = read_post(message)
    assert (post.author, post.is_bot) == (author, is_bot)


# What is asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@UBOT>", ""),
        ("  <@UBOT>\n", ""),
        ("<@UBOT> help", "help"),
        ("<@UBOT|desk>: 28504?", "28504?"),
        ("<!here> <#C1|ops> <!subteam^S1|@iot> 28504", "28504"),
        ("<!date^17^{date}|today> 28504", "<!date^17^{date}|today> 28504"),
        ("<https://example.com/a|see> 28504", "<https://example.com/a|see> 28504"),
        ("a <@UBOT", "a <@UBOT"),
        ("", ""),
    ],
)
def test_said(text: str, said: str) -> None:
    """What was said is the text without mentions of people, groups and channels."""
    assert read_post({"text": text}).said == said


def test_mention_in_rich_text() -> None:
    """A mention alone says nothing, though the text and the blocks both have it."""
    message = rich(run({"type": "user", "user_id": "UBOT"}, word(" ")))
    assert read_post({**message, "text": "<@UBOT>"}).said == ""


# Attachments and files


def test_order() -> None:
    """Blocks come first, then the text, then each attachment's parts, then the files."""
    message = {
        "files": [{"mode": "snippet", "preview": "f"}],
        "attachments": [
            {
                "fallback": "unread",
                "footer": "unread",
                "author_name": "unread",
                "blocks": [section("b1")],
                "fields": [{"title": "t1", "value": "v1"}, {"title": "t2", "value": "v2", "short": True}],
                "text": "x1",
                "title": "h1",
                "pretext": "p1",
            },
            {"text": "x2"},
        ],
        "text": "t",
        "blocks": [section("b")],
    }
    assert list_sources(message) == [
        "blocks",
        "text",
        "attachments[0].pretext",
        "attachments[0].title",
        "attachments[0].text",
        "attachments[0].fields[0]",
        "attachments[0].fields[1]",
        "attachments[0].blocks",
        "attachments[1].text",
        "files[0].preview",
    ]
    assert tell(message) == "b\nt\np1\nh1\nx1\nt1: v1\nt2: v2\nb1\n\nx2\n\nf"


@pytest.mark.parametrize(
    "parts",
    [
        {"fields": [{"title": "Service", "value": "lamp"}, {"title": "Error code", "value": "28504"}]},
        {"title": "Error code: 28504"},
        {"pretext": "Error code: 28504"},
        {"text": "Error code: 28504"},
        {"blocks": [section("Error code: 28504")]},
        {"blocks": [section("", "*Error code*\n28504")]},
        {"blocks": [{"type": "header", "text": plain("Error code: 28504")}]},
        {"blocks": [{"type": "context", "elements": [mrkdwn("Error code: 28504")]}]},
        {"blocks": rich(run(word("Error code: 28504")))["blocks"]},
        {"fallback": "Error code: 28504"},
    ],
)
@pytest.mark.parametrize("text", ["", None])
def test_alert(parts: Part, text: str | None) -> None:
    """An alert's code is read from whichever part of its attachment holds it, with an empty or no text."""
    told = tell({**attached(**parts), "text": text, "subtype": "bot_message", "bot_id": "B1"})
    assert "Error code: 28504" in told.splitlines()


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ({"title": "Code:", "value": "28504"}, "Code: 28504"),
        ({"title": "错误码：", "value": " 28504 "}, "错误码: 28504"),
        ({"title": "two\nlines", "value": "x"}, "two lines: x"),
        ({"title": "Log", "value": "a\nb"}, "Log: a\nb"),
        ({"title": "", "value": "28504"}, "28504"),
        ({"title": "Code"}, "Code"),
        ({"title": None, "value": None}, ""),
        ({"title": "Code", "value": 28504}, "Code: 28504"),
        ({"title": "Code", "value": True}, "Code"),
        ({"title": "Code", "value": 10**400}, "Code"),
        ({"title": "Code", "value": float("nan")}, "Code"),
        ("torn", ""),
    ],
)
def test_field(field: object, told: str) -> None:
    """A field is one line, its title before its value."""
    assert tell(attached(fields=[field])) == told


def test_fallback_ranks_last() -> None:
    """A fallback that repeats the title is not read, and the code in the attachment's text is."""
    message = attached(fallback="[FIRING:1] lamp", title="[FIRING:1] lamp", text="9119 firmware not exist")
    assert list_sources(message) == ["attachments[0].title", "attachments[0].text"]


def test_fallback_of_an_attachment_told_before() -> None:
    """A fallback isn't read where the attachment's text was left out for being told before."""
    message = {**attached(text="lamp down", fallback="[1] lamp down"), "text": "lamp down"}
    assert tell(message) == "lamp down"


def test_no_preview() -> None:
    """Slack's own words for a missing fallback are never text."""
    assert read_post(attached(fallback="[no preview available]")).passages == ()
    assert tell(attached(fallback="[no preview available]", blocks=[section("28504")])) == "28504"


def test_shared_message() -> None:
    """The blocks and files of a message that was forwarded are read."""
    shared = {"team": "T1", "channel": "C1", "ts": "17.1", "message": rich(run(word("28504")))}
    message = attached(message_blocks=[shared, None], files=[{"preview": "9119"}], fallback="unread")
    assert list_sources(message) == ["attachments[0].message_blocks[0]", "attachments[0].files[0].preview"]
    assert tell(message) == "28504\n9119"


def test_two_alerts_stay_apart() -> None:
    """A blank line stands between two attachments, so that their fields aren't one record."""
    fields = [{"title": "code", "value": "1"}, {"title": "message", "value": "a"}]
    other = [{"title": "code", "value": "2"}, {"title": "message", "value": "b"}]
    message = {"attachments": [{"fields": fields}, {"fields": other}]}
    assert tell(message) == "code: 1\nmessage: a\n\ncode: 2\nmessage: b"


def test_snippet() -> None:
    """A snippet's preview is read as it was typed; its title, its name and its links are not."""
    file = {
        "mode": "snippet",
        "title": "28504.log",
        "name": "28504.log",
        "url_private": "https://files.example.com/28504",
        "preview": "<E> code=28504 & more",
        "preview_highlight": "<div>28504</div>",
    }
    post = read_post({"text": "", "files": [file], "subtype": "file_share"})
    assert post.passages == (Passage("&lt;E&gt; code=28504 &amp; more", "files[0].preview"),)


@pytest.mark.parametrize(
    "file",
    [
        {"id": "F1", "mode": "file_access", "file_access": "check_file_info", "user": ""},
        {"mode": "hosted", "title": "28504.png"},
        {"mode": "snippet", "preview": None},
        {"mode": "tombstone"},
        None,
    ],
)
def test_file_without_preview(file: object) -> None:
    """A file that Slack shows nothing of gives nothing."""
    assert tell({"text": "see", "files": [file]}) == "see"


def test_message_is_left_as_it_was() -> None:
    """Reading changes nothing in the message."""
    message = {**rich(run(word("a", code=True))), **attached(fields=[{"title": "a", "value": "b"}])}
    before = json.dumps(message)
    read_post(message)
    assert json.dumps(message) == before


def test_link_previews() -> None:
    """What Slack previews of a link is not what the author says; a message that was shared is."""
    preview = {"from_url": "https://docs.example/codes", "title": "Error code 28504", "text": "offline"}
    shared = {"from_url": "https://acme.slack.com/archives/C1/p1", "is_share": True, "text": "错误码 2065"}
    assert read_post({"text": "see this", "attachments": [preview]}).text == "see this"
    assert read_post({"text": "see this", "attachments": [shared]}).text == "see this\n错误码 2065"


@pytest.mark.parametrize("key", ["bot_id", "author_id"])
def test_own_words_forwarded(key: str) -> None:
    """What a post forwards of the desk's own words is left out."""
    forwarded = {key: "B0DESK", "is_share": True, "text": "28504 The device is offline"}
    assert read_post({"text": "look", "attachments": [forwarded]}, own=("B0DESK",)).text == "look"
    assert "28504" in read_post({"text": "look", "attachments": [forwarded]}, own=("B0OTHER",)).text
