"""From any message of Slack's to what the desk would say of it: no exception, every limit, nothing alive.

Messages are of any shape, their texts of any characters, mixed with codes and with what Slack acts on. What
comes out is held against Slack's limits and the house's (tests/support/slack_limits.py).
"""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.payload import build_post
from bot.posts.links import build_link, read_link
from bot.posts.post import Post, read_post
from bot.redaction.redact import LONGEST, redact
from bot.replies.notices import Notices
from bot.replies.recall import Audience, Recall, read_recall
from bot.replies.reply import Reply, View
from bot.replies.sentences import Sentence, SlackSentence
from bot.replies.slack import SlackReplies
from bot.slack.target import Target, read_target
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import BOT_USER, TEAM
from tests.support.front import Front
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts

KNOWLEDGE = DESK.knowledge
LANGUAGES = tuple(KNOWLEDGE.languages)
REPLIES, WATCHED = SlackReplies(KNOWLEDGE), Notices(KNOWLEDGE)

LIVE = [
    "<!channel>", "<!here>", "<@U0MEI>", "<@U0MEI|mei>", "<#C0SUPPORT|general>", "<!subteam^S1>", "@here",
    "#general", "<https://x.example|click>", "<mailto:a@b.example>", "<!date^1^{time}|x>", "&lt;!channel&gt;",
    "&amp;lt;", "&", "<", ">", "`", "``` ", "*", "_", "~", "\u202e", "\u2066", "\u200b", "\x00", "\x1b[31m",
    "\x07", "\r", "\u2028", "\ud83d", "𠀀", "😀",
]  # fmt: skip
SAID = [
    "28504", "error code 28504", "错误码：2065", "28540", "code=6100", '{"code":28601}', "9112 ",
    "device is offline", "设备不在线", "the device does not exist", "error 99999", "identityId is null",
    "\n", " ", "help", "shebei bu zaixian",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(LIVE + SAID) | st.text(max_size=30), max_size=25).map("".join)
KEYS = [
    "type", "text", "blocks", "attachments", "elements", "fields", "title", "pretext", "fallback", "value",
    "files", "preview", "url", "user_id", "name", "style", "rows", "message_blocks", "message", "bot_id",
    "user", "subtype", "ts", "thread_ts", "channel", "team", "range", "usergroup_id", "footer",
]  # fmt: skip
KINDS = [
    "rich_text", "rich_text_section", "rich_text_preformatted", "text", "link", "user", "broadcast", "date",
    "usergroup", "emoji", "plain_text", "mrkdwn", "section", "header", "context", "table", "raw_text",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)
RUN = st.fixed_dictionaries({"type": st.sampled_from(KINDS), "text": TEXTS, "url": TEXTS, "user_id": TEXTS})
SECTION = st.fixed_dictionaries({"type": st.just("rich_text_section"), "elements": st.lists(RUN, max_size=4)})
SHAPED = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "blocks": st.lists(
            st.fixed_dictionaries({"type": st.just("rich_text"), "elements": st.lists(SECTION, max_size=3)}),
            max_size=2,
        ),
        "attachments": st.lists(
            st.fixed_dictionaries({"title": TEXTS, "text": TEXTS, "fallback": TEXTS, "fields": JSON}),
            max_size=2,
        ),
        "files": st.lists(st.fixed_dictionaries({"preview": TEXTS}), max_size=2),
        "user": st.sampled_from(["U0MEI", "", None]),
    },
)
MESSAGES = SHAPED | st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8)

_TOKEN = re.compile(r"<[^<>]*>")
_OUR_DATE = re.compile(r"<!date\^[0-9]{1,10}\^\{time\}\|[0-9]{2}:[0-9]{2} UTC>")
_OUR_LINK = re.compile(r"<https://acme\.slack\.com/archives/[A-Z0-9]+/p[0-9]+[^<>|\s]*\|[^<>|]+>")

_SOURCES = tuple(
    f"<{source.address}"
    for pack in KNOWLEDGE.packs.values()
    for source in pack.sources.values()
    if source.address
)


def is_ours(token: str) -> bool:
    """Say whether the desk made a token: a date, a link to a post or to a source that it cites."""
    return bool(_OUR_DATE.fullmatch(token) or _OUR_LINK.fullmatch(token) or token.startswith(_SOURCES))


def find_what_lives(text: str, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """Return what would lead Slack, a terminal or a reader's eye astray in a text that the desk sends."""
    tokens = [token for token in _TOKEN.findall(text) if token not in allowed]
    alive = [token for token in tokens if not is_ours(token)]
    steering = [
        repr(each) for each in text if each != "\n" and unicodedata.category(each) in {"Cc", "Cf", "Cs"}
    ]
    return alive + steering


# Bold beside Chinese is ugly, not dangerous; and who types an entity in a snippet is shown one.
_HARMLESS = ("touches", "escaped twice")


def check_message(reply: Reply, allowed: tuple[str, ...] = ()) -> None:
    """Assert that Slack takes a message, and that nothing in it is alive but our own."""
    texts = [reply.text, *list_texts(list(reply.blocks))]
    links = [token for text in texts for token in _TOKEN.findall(text)]
    ours = [token for token in links if is_ours(token)]
    message = build_post(reply, "C1", "1.1", "k").payload
    faults = find_faults(message) + find_house_faults(message, allowed=[*allowed, *ours])
    assert not [fault for fault in faults if not any(harmless in fault for harmless in _HARMLESS)]
    for text in texts:
        assert not find_what_lives(text, allowed=allowed)
        assert text.count("`") % 2 == 0


def check_modal(view: View) -> None:
    """Assert that Slack takes a modal, and that nothing in it is alive."""
    assert not find_faults(view, "modal")
    assert not [each for text in list_texts(view["blocks"]) for each in find_what_lives(text)]
    assert len(view["private_metadata"]) <= 3_000


def check_all(post: Post, language: str, audience: Audience) -> None:
    """Assert all of that of everything that the desk may say of a post."""
    asked = post.said
    for verdict in (DESK.ask(asked), DESK.ask(post.text, "watch", eager=True)):
        recall = Recall(verdict, language, "U0MEI", audience)
        link = build_link("https://acme.slack.com/", "C1", "1790000001.000100", "1790000000.000100")
        remark = WATCHED.say_seen_again(3, 1_790_000_000.5, link, language)
        sentence = REPLIES.say(SlackSentence.ALREADY_ANSWERED, language, code="28504")
        check_message(REPLIES.build_reply(recall))
        check_message(REPLIES.build_reply(recall, asked=asked, shareable=True))
        check_message(REPLIES.build_reply(recall, sharer="U0MEI", mutable=True), ("<@U0MEI>",))
        check_message(REPLIES.build_reply(recall, remark=remark, mutable=True))
        check_message(REPLIES.build_reply(recall, remark=sentence))
        target = Target("C1", "1790000000.000100", recall.write_value())
        assert read_target(target.write()) == target
        check_modal(REPLIES.build_modal(recall, target.write()))
        back = read_recall(target.value, KNOWLEDGE)
        if back:
            check_message(REPLIES.build_reply(back))
        ids = tuple(match.entry.id for match in verdict.matches) or tuple(
            entry.id for entry in verdict.nearest
        )
        if ids:
            check_message(WATCHED.build_short(ids, link, language))
            check_message(WATCHED.build_short(ids, "", language))
            check_message(WATCHED.build_roll_up(dict.fromkeys(ids, 7), 1_790_000_000.5, language))


@settings(max_examples=80)
@given(MESSAGES, st.sampled_from(LANGUAGES), st.sampled_from(["internal", "public"]))
def test_any_message(message: dict[str, Any], language: str, audience: Audience) -> None:
    """Whatever Slack delivers, all that the desk may say of it is sound, also to outsiders."""
    check_all(read_post(message, own=(BOT_USER,)), language, audience)


@settings(max_examples=80)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_any_words(text: str, language: str) -> None:
    """Whatever somebody types, all that the desk may say of it is sound."""
    check_all(read_post({"text": text}), language, "internal")


@settings(max_examples=5)
@given(text=TEXTS)
def test_any_value_of_a_sentence(text: str) -> None:
    """Whatever fills a sentence that stands alone comes back dead."""
    for key, language in product(Sentence, LANGUAGES):
        wanted = re.findall(r"\{(\w+)\}", KNOWLEDGE.messages[language][key.value])
        reply = REPLIES.build_notice(key, language, **dict.fromkeys(wanted, text))
        assert not find_what_lives(reply.text)
        assert not [each for text in list_texts(list(reply.blocks)) for each in find_what_lives(text)]


@given(TEXTS)
def test_any_text_of_a_command(text: str) -> None:
    """Whatever stands behind a command is read as a link to a post or as none, and kept but in part."""
    link = read_link(text)
    assert link is None or re.fullmatch("[A-Z0-9]+ [0-9]+[.][0-9]{6}", " ".join(link))
    assert len(redact(text)) <= LONGEST


@settings(max_examples=12)
@given(messages=st.lists(MESSAGES, min_size=1, max_size=4))
def test_through_the_app(messages: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Through the whole app any message is acknowledged, and Slack can refuse nothing that is said."""
    with FakeSlack() as fake:
        front = Front(fake, DESK, tmp_path_factory.mktemp("app"))
        front.command("watch auto eager")
        for number, message in enumerate(messages):
            own = {"ts": f"1790000002.{number:06}", "channel": "C0SUPPORT", "event_ts": "1.1"}
            for event in (
                message | own | {"type": "message", "channel_type": "channel"},
                message | own | {"type": "app_mention", "user": "U0MEI"},
                message | own | {"type": "message", "channel_type": "im", "channel": "D0DIRECT"},
            ):
                body = json.dumps({"team_id": TEAM, "type": "event_callback", "event": event})
                assert front.send(body).status_code == 200
            text = str(message.get("text")).encode(errors="replace").decode()
            assert front.command(text).status_code == 200
        front.settle()
        said = [call.arguments for call in fake.calls if call.method.startswith("chat.")]
        assert not [fault for each in said for fault in find_faults(each)]
