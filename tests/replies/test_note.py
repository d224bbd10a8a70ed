"""Notes of people on a code: shown first, with who wrote them and until when they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.entry import Entry
from bot.matching import Evidence, Match, Verdict
from bot.replies.mrkdwn import escape
from bot.replies.note import MOST_TEXT, Note, Notes
from bot.replies.notices import Notices
from bot.replies.recall import Recall
from bot.replies.reply import Reply
from bot.replies.slack import SlackReplies
from tests.support.every_entry import for_every_entry
from tests.support.house_rules import find_house_faults
from tests.support.shipped import load_shipped
from tests.support.slack_limits import find_faults, list_texts

KNOWLEDGE = load_shipped()
LANGUAGES = tuple(KNOWLEDGE.languages)
REPLIES = SlackReplies(KNOWLEDGE)
ID = "aliyun-living/28504"
NOTE = Note(
    "Known outage in eu-central, fix at 15:00", "U0MEI", 1_790_000_000, 1_790_003_000, author_name="mei"
)
SIGNED = (
    "@mei, <!date^1790000000^{date_short_pretty} {time}|14:13 UTC>, until "
    "<!date^1790003000^{date_short_pretty} {time}|15:03 UTC>"
)
TOKENS = {
    "<!date^1790000000^{date_short_pretty} {time}|14:13 UTC>",
    "<@U0MEI>",
    SIGNED.partition("until ")[2],
}


def make_recall(language: str = "en", *others: str) -> Recall:
    """Return the recall of 28504, and of others besides."""
    entries = map(KNOWLEDGE.get_entry, (ID, *others))
    matches = (Match(entry, 100.0, Evidence("code", (0, 5), entry.code)) for entry in entries)
    return Recall(Verdict("answered", tuple(matches)), language, "U1")


def find_note_faults(reply: Reply) -> list[str]:
    """Return what Slack or the house would refuse, but for the date tokens and the mention of the author."""
    message = {"text": reply.text, "blocks": list(reply.blocks)}
    return find_faults(message) + find_house_faults(message, allowed=TOKENS)


def test_shown_first() -> None:
    """A note stands before the heading, and begins what a phone announces."""
    reply = REPLIES.build_reply(make_recall(), notes=Notes({ID: [NOTE]}))
    assert find_note_faults(reply) == []
    assert list_texts(list(reply.blocks))[0].split("\n") == [
        "*Note on 28504:* Known outage in eu-central, fix at 15:00",
        SIGNED,
    ]
    assert reply.text.split("\n")[0] == "Note on 28504: Known outage in eu-central, fix at 15:00"
    assert "28504 The device is offline" in reply.text


def test_in_chinese() -> None:
    """The same in Chinese."""
    lasting = replace(NOTE, text="华东节点故障，15:00 前修复", until=None, is_everywhere=True)
    reply = REPLIES.build_reply(make_recall("zh"), notes=Notes({ID: [lasting]}))
    assert find_note_faults(reply) == []
    text, signed = list_texts(list(reply.blocks))[0].split("\n")
    assert text == "*28504 备注：* 华东节点故障，15:00 前修复"
    assert signed == "@mei，<!date^1790000000^{date_short_pretty} {time}|14:13 UTC>，所有频道"


def test_no_mention_where_the_name_is_known() -> None:
    """The author stands there by name: a mention, where no name is known, notifies them of every card."""
    assert "<@" not in REPLIES.build_reply(make_recall(), notes=Notes({ID: [NOTE]})).text
    assert (
        "<@U0MEI>"
        in REPLIES.build_reply(make_recall(), notes=Notes({ID: [replace(NOTE, author_name="")]})).text
    )


def test_kept_answer_has_no_note() -> None:
    """A note of one channel isn't shown in another."""
    replies = SlackReplies(KNOWLEDGE)
    before = replies.build_reply(make_recall())
    assert replies.build_reply(make_recall(), notes=Notes({ID: [NOTE]})) != before
    assert replies.build_reply(make_recall()) == before
    assert replies.build_reply(make_recall(), notes=Notes({"aliyun-living/2065": [NOTE], ID: []})) == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 4])
def test_where_it_stands(language: str, count: int) -> None:
    """Among several cards, and in a list, a note stands with its own code."""
    others = ("aliyun-living/2065", "aliyun-living/6100", "aliyun-living/9112")[: count - 1]
    reply = REPLIES.build_reply(make_recall(language, *others), notes=Notes({ID: [NOTE, NOTE]}))
    assert find_note_faults(reply) == []
    noted = [text for text in list_texts(list(reply.blocks)) if NOTE.text in text]
    assert len(noted) == 1
    assert noted[0].count(NOTE.text) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_watched_post_of_a_noted_code(language: str) -> None:
    """The short reply to a watched post tells code, title and note, with a button for the card."""
    reply = REPLIES.build_noted(make_recall(language), Notes({ID: [NOTE]}), mutable=True)
    assert find_note_faults(reply) == []
    row, buttons, _ = reply.blocks
    title, text, _ = row["text"]["text"].split("\n")
    assert title == f"*28504* {KNOWLEDGE.get_entry(ID).title[language]}"
    assert text.endswith(NOTE.text)
    assert row["accessory"]["action_id"] == "choice_show"
    assert [button["action_id"] for button in buttons["elements"]] == ["thread_mute"]
    assert NOTE.text in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_line_and_list(language: str) -> None:
    """The line "seen again" has the note beneath; the list of notes has each with its code."""
    notices = Notices(KNOWLEDGE)
    short = notices.build_short([ID], "", language, Notes({ID: [NOTE]}))
    assert find_note_faults(short) == []
    assert NOTE.text in short.text
    listed = notices.build_notes([("28504", NOTE), ("2065", NOTE)], language)
    assert find_note_faults(listed) == []
    assert listed.text.count(NOTE.text) == 2
    assert "/fault note" in notices.build_notes([], language).text


@for_every_entry
def test_every_entry_with_everything(entry: Entry, language: str) -> None:
    """The longest notes, a question and a remark beside it leave every card whole, and within every limit."""
    match = Match(entry, 100.0, Evidence("code", (0, 5), entry.code))
    recall = Recall(Verdict("answered", (match,)), language, "U1")
    notes = Notes({entry.id: [replace(NOTE, text="故障 " * 200), replace(NOTE, text="word " * 100)]})
    reply = REPLIES.build_reply(
        recall, asked="why " * 100, shareable=True, mutable=True, remark="r" * 500, notes=notes
    )
    assert find_note_faults(reply) == []
    shown = "\n".join(list_texts(list(reply.blocks)))
    for text in (entry.description, *(step.text for step in entry.steps)):
        assert escape(text[language]) in shown
    modal = REPLIES.build_modal(recall, "C1 1.1 {}", remark="r" * 500, notes=notes)
    assert find_faults(modal, "modal") == []


@given(st.text(min_size=1, max_size=2_000), st.sampled_from(LANGUAGES))
def test_any_text(text: str, language: str) -> None:
    """Whatever somebody types, a note is escaped, on one line, cut at its limit, and nothing in it lives."""
    note = replace(NOTE, text=text)
    for reply in (
        REPLIES.build_reply(make_recall(language), notes=Notes({ID: [note] * 3})),
        Notices(KNOWLEDGE).build_notes([("28504", note)] * 20, language),
    ):
        assert [fault for fault in find_note_faults(reply) if "touches" not in fault] == []
    assert len(reply.text.split("\n")[1]) <= MOST_TEXT + 40
