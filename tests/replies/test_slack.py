"""Slack messages: every entry in every language within every limit, and entries that are far too long."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.entry import Audience, Entry, Related, Step
from bot.knowledge.snapshot import Knowledge
from bot.matching import Evidence, Kind, Match, UnknownCode, Verdict
from bot.replies.fallback import MOST_BYTES
from bot.replies.recall import Recall, read_recall
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence, SlackSentence
from bot.replies.slack import SlackReplies
from tests.support.every_entry import for_every_entry
from tests.support.front import find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.shipped import load_shipped
from tests.support.slack_limits import find_faults, list_texts

KNOWLEDGE = load_shipped()
LANGUAGES = tuple(KNOWLEDGE.languages)
PACK = KNOWLEDGE.packs["aliyun-living"]
REPLIES = SlackReplies(KNOWLEDGE)


def find_all_faults(reply: Reply) -> list[str]:
    """Return what Slack or the house would refuse of a message."""
    message = {
        "channel": "C1",
        "text": reply.text,
        "blocks": list(reply.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return find_faults(message) + find_house_faults(message, allowed=["<@U1>"])


def answer(*entries: Entry, phrase: str = "some words") -> Verdict:
    """Return the verdict that these entries are the answer."""
    return Verdict(
        "answered", tuple(Match(entry, 93.4, Evidence("phrase", (0, 5), phrase)) for entry in entries)
    )


def offer(*entries: Entry) -> Verdict:
    """Return the verdict that these entries are the choices."""
    return replace(answer(*entries), kind="choices")


def know(*entries: Entry) -> Knowledge:
    """Return the knowledge with these entries in place of those with the same codes."""
    changed = {**PACK.entries, **{entry.code: entry for entry in entries}}
    return replace(KNOWLEDGE, packs={PACK.id: replace(PACK, entries=changed)})


@for_every_entry
def test_every_entry(entry: Entry, language: str) -> None:
    """Every entry has a message in every language, within every limit, with all its steps, also as text."""
    reply = REPLIES.build_reply(Recall(answer(entry), language, "U1"), asked="x", shareable=True, sharer="U1")
    assert find_all_faults(reply) == []
    shown = "\n".join(list_texts(list(reply.blocks)))
    for told in (entry.title, entry.description, entry.cause, *(step.text for step in entry.steps)):
        spelt = told[language].replace("<", "&lt;").replace(">", "&gt;")
        assert spelt in reply.text
        assert spelt in shown
    assert entry.code in reply.text
    modal = REPLIES.build_modal(Recall(answer(entry), language), "C1 1.1 {}")
    assert find_faults(modal, "modal") == []


def test_kept_answers() -> None:
    """What is kept of an answer is nobody's: each question gets what it would get from replies made anew."""
    first, second = KNOWLEDGE.entries[:2]
    recalls = [
        Recall(answer(entry, phrase=phrase), language, asker, audience)
        for entry in (first, second)
        for phrase in ("some words", "others")
        for language in LANGUAGES
        for asker in ("U1", "U2")
        for audience in get_args(Audience)
    ]
    kept = SlackReplies(KNOWLEDGE)
    for recall in recalls * 2:
        anew = SlackReplies(KNOWLEDGE)
        for asked in ("", "why?"):
            assert kept.build_reply(recall, asked=asked) == anew.build_reply(recall, asked=asked)


@for_every_entry
def test_every_entry_as_choice(entry: Entry, language: str) -> None:
    """Every entry can be one of five choices, and be named as near in silence."""
    others = [other for other in KNOWLEDGE.entries if other is not entry][:4]
    choices = offer(entry, *others)
    silence = Verdict("abstained", nearest=(entry, *others[:2]), reason="nothing-near")
    for verdict in (choices, silence):
        reply = REPLIES.build_reply(Recall(verdict, language, "U1"))
        assert find_all_faults(reply) == []
        assert any(button["action_id"] == "choice_show" for button in find_buttons(list(reply.blocks)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "sentence",
    [
        SlackSentence.BUTTON_STALE,
        SlackSentence.LIMIT_REACHED,
        SlackSentence.FAILED,
        SlackSentence.NOT_A_MEMBER,
        SlackSentence.CANNOT_POST,
    ],
)
def test_notices(sentence: Sentence, language: str) -> None:
    """Each sentence that stands alone is a sound message and a sound modal; what fills it comes back dead."""
    values = {"count": 30, "reference": "<!channel>", "error": "<@U9>"}
    assert find_all_faults(REPLIES.build_notice(sentence, language, **values)) == []
    assert find_faults(REPLIES.build_notice_modal(sentence, language, **values), "modal") == []


def test_usage() -> None:
    """How to ask is told in every language."""
    reply = REPLIES.build_usage()
    assert find_all_faults(reply) == []
    assert [block["type"] for block in reply.blocks] == ["section", "divider", "section"]


def make_long(entry: Entry, text: str, steps: int) -> Entry:
    """Return the entry with every text this long."""
    told = dict.fromkeys(LANGUAGES, text)
    return replace(
        entry,
        message=text,
        title=told,
        description=told,
        cause=told,
        situation=told,
        customer=told,
        steps=(Step(told, "inference", "internal"),) * steps,
        related=(Related("2065", told),),
    )


LONG = [
    "设备不在线。" * 2000,
    "word & <tag> " * 1500,
    "&" * 9000,
    "𝟐😀" * 4000,
    "a" * 12000,
    "`*_~" * 2000,
    "x\n" * 3000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:6])
@pytest.mark.parametrize("steps", [0, 1, 30])
@pytest.mark.parametrize("language", LANGUAGES)
def test_far_too_long(text: str, steps: int, language: str) -> None:
    """An entry of any length makes a message that Slack takes, cut with a note that says so."""
    entry = make_long(PACK.entries["28504"], text, steps)
    replies = SlackReplies(know(entry))
    reply = replies.build_reply(
        Recall(answer(entry, PACK.entries["2065"], phrase=text), language, "U1"), asked=text
    )
    assert [fault for fault in find_all_faults(reply) if "touches" not in fault] == []
    note = KNOWLEDGE.messages[language]["cut"]
    assert note in reply.text
    assert note in "\n".join(list_texts(list(reply.blocks)))
    choices = offer(*[entry] * 5)
    assert [
        f for f in find_all_faults(replies.build_reply(Recall(choices, language))) if "touches" not in f
    ] == []


def test_cut_between_steps() -> None:
    """Too many steps are cut between two of them, in the text and in the blocks."""
    entry = make_long(
        PACK.entries["28504"], "Do exactly this and then that, in this order and no other. " * 2, 200
    )
    reply = SlackReplies(know(entry)).build_reply(Recall(answer(entry), "en"))
    note = KNOWLEDGE.messages["en"]["cut"]
    for text in (reply.text, "\n".join(list_texts(list(reply.blocks)))):
        before = text.split(note)[0].rstrip().split("\n")[-1]
        assert before.startswith(tuple("123456789"))
        assert before.removesuffix(" [internal]").endswith("no other. †")


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_answers(language: str) -> None:
    """Of five entries each is listed by code, title and meaning, with a button that shows it."""
    entries = [PACK.entries[code] for code in ("28504", "2065", "6100", "9112", "28601")]
    reply = REPLIES.build_reply(Recall(answer(*entries), language, "U1"), shareable=True)
    assert find_all_faults(reply) == []
    _, *rows, last, _ = reply.blocks
    assert len(rows) == 5
    for entry, row in zip(entries, rows, strict=True):
        title, meaning = row["text"]["text"].split("\n")
        assert title == f"*{entry.code}* {entry.title[language]}"
        assert meaning == entry.description[language]
        assert meaning in reply.text
        shown = read_recall(row["accessory"]["value"], KNOWLEDGE)
        assert shown is not None
        assert [match.entry for match in shown.verdict.matches] == [entry]
    assert "customer_show" not in {button["action_id"] for button in last["elements"]}


def test_answers_without_room() -> None:
    """Entries that have no room any more are told by code and title, with a button that shows them."""
    long = [make_long(PACK.entries[code], "长" * 1500, 2) for code in ("28504", "2065")]
    reply = SlackReplies(know(*long)).build_reply(Recall(answer(*long), "zh", "U1"))
    assert find_all_faults(reply) == []
    assert [block["text"]["text"][:6] for block in reply.blocks if block["type"] == "header"] == ["28504 "]
    shown = [button["text"]["text"] for button in find_buttons(list(reply.blocks))]
    assert shown == ["查看 2065", "答复客户", "English"]


LIVE = "<!channel> <@U123> <!subteam^S1> @here #general <https://x.y|z> <!date^1^x|y> &lt;b&gt; & *b* `c`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_alive(language: str) -> None:
    """An entry's texts can ping nobody and make no link, wherever they stand; what is escaped stays so."""
    entry = make_long(PACK.entries["28504"], LIVE, 3)
    replies = SlackReplies(know(entry))
    for verdict in (answer(entry, phrase=LIVE), offer(entry, entry)):
        reply = replies.build_reply(Recall(verdict, language), asked=LIVE)
        assert find_all_faults(reply) == []
        dumped = json.dumps([block for block in reply.blocks if "actions" not in block["type"]])
        assert "<!" not in dumped
        assert "&amp;lt;" not in dumped
        assert all("<@U123>" not in text for text in list_texts(list(reply.blocks)))


@given(
    st.text(max_size=300),
    st.text(max_size=4000),
    st.integers(1, 40),
    st.sampled_from(LANGUAGES),
    st.text(max_size=50),
)
def test_any_text(title: str, text: str, steps: int, language: str, asked: str) -> None:
    """Whatever an entry and a question say, the message keeps every limit and holds no live token."""
    told = make_long(PACK.entries["28504"], f"t{text}", steps)
    entry = replace(told, title=dict.fromkeys(LANGUAGES, f"t{title}"))
    reply = SlackReplies(know(entry)).build_reply(
        Recall(answer(entry, phrase=text), language, "U1"), asked=asked
    )
    assert [fault for fault in find_all_faults(reply) if "touches" not in fault] == []
    assert len(reply.text.encode()) <= MOST_BYTES


@given(st.text(max_size=3000), st.sampled_from(get_args(Kind)[:2]), st.sampled_from(LANGUAGES))
def test_recall(phrase: str, kind: Kind, language: str) -> None:
    """A button's value brings back the entries, in the same order, and fits whatever was met."""
    entries = KNOWLEDGE.entries[:5]
    verdict = replace(answer(*entries, phrase=phrase), kind=kind)
    value = Recall(verdict, language, "U1").write_value()
    assert len(value) < 2000
    back = read_recall(value, KNOWLEDGE)
    assert back is not None
    assert (back.language, back.asker, back.verdict.kind) == (language, "U1", kind)
    assert tuple(match.entry for match in back.verdict.matches) == entries


def test_recall_of_silence() -> None:
    """Of an undocumented code the family comes back, unless the code was taken for another product's."""
    lock = PACK.families["lock"]
    unknown = (UnknownCode("28540", (0, 5), lock), UnknownCode("28541", (9, 14), None))
    verdict = Verdict("abstained", unknown=unknown, nearest=KNOWLEDGE.entries[:2], reason="code-undocumented")
    back = read_recall(Recall(verdict, "zh").write_value(), KNOWLEDGE)
    assert back is not None
    assert [(each.code, each.family) for each in back.verdict.unknown] == [("28540", lock), ("28541", None)]
    assert back.verdict.nearest == KNOWLEDGE.entries[:2]


def test_retired() -> None:
    """An old button to a code that was retired says so, and what took its place."""
    entry = replace(PACK.entries["28504"], status="retired", replaced_by="28505")
    knowledge = know(entry)
    recall = read_recall(Recall(answer(PACK.entries["28504"]), "en").write_value(), knowledge)
    assert recall is not None
    told = list_texts(list(SlackReplies(knowledge).build_reply(recall).blocks))
    assert any("28505 replaces it" in text for text in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_audience(language: str) -> None:
    """To outsiders no internal step and no internal entry is told; where nothing is left, that is said."""
    entry = PACK.entries["28504"]
    internal = replace(entry, audience="internal")
    replies = SlackReplies(know(internal))
    shown = REPLIES.build_reply(Recall(answer(entry), language, audience="public"))
    assert find_all_faults(shown) == []
    told = "\n".join(list_texts(list(shown.blocks)))
    assert entry.customer[language] in told
    assert KNOWLEDGE.messages[language]["mark_internal"] not in told
    withheld = replies.build_reply(Recall(answer(internal), language, audience="public"))
    assert entry.title[language] not in json.dumps(withheld.blocks, ensure_ascii=False)
    assert "/fault" in withheld.text
    back = read_recall(Recall(answer(entry), language, audience="public").write_value(), KNOWLEDGE)
    assert back is not None
    assert back.audience == "public"
