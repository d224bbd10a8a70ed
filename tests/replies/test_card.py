"""The card in Slack: what stands where, and what is shown besides only where there is something to show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Evidence, Match, Verdict
from bot.replies.recall import Recall, read_recall
from bot.replies.reply import Reply
from bot.replies.slack import SlackReplies
from tests.support.every_entry import for_every_entry
from tests.support.front import find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.shipped import load_shipped
from tests.support.slack_limits import find_faults, list_texts

KNOWLEDGE = load_shipped()
LANGUAGES = tuple(KNOWLEDGE.languages)


def make_recall(*entry_ids: str, language: str = "en", knowledge: Knowledge = KNOWLEDGE) -> Recall:
    """Return the recall of these entries as the answer to their codes."""
    entries = map(knowledge.get_entry, entry_ids)
    matches = (Match(entry, 100.0, Evidence("code", (0, 5), entry.code)) for entry in entries)
    return Recall(Verdict("answered", tuple(matches)), language, "U1")


def find_message_faults(reply: Reply) -> list[str]:
    """Return what Slack or the house would refuse of a message."""
    message = {"text": reply.text, "blocks": list(reply.blocks)}
    return find_faults(message) + find_house_faults(message)


def list_lines(block: dict[str, Any]) -> list[str]:
    """Return the lines of a block's text."""
    return "\n".join(list_texts([block])).split("\n")


@pytest.mark.parametrize(
    ("language", "cause", "steps", "notes", "remarks", "buttons"),
    [
        (
            "en",
            "*Likely cause* The command was sent while the device was not online.",
            "*What to do*",
            "*Also known* ",
            (
                "See also: 28601 User and device are not bound",
                "API message `device is offline.` · Device control · “Public error codes”, 2018-09-04",
                "† Concluded here, not stated by the source.",
                "‡ Seen in practice: ",
            ),
            ["For the customer", "Share to channel", "简体中文"],
        ),
        (
            "zh",
            "*可能原因* 下发指令时",
            "*处理步骤*",
            "*补充说明* ",
            (
                "相关错误码：28601 用户与设备没有绑定",
                "接口返回 `device is offline.` · 设备控制 · 《公共错误码》，2018-09-04",
                "† 根据错误含义推断，来源文档没有说明。",
                "‡ 实际案例：",
            ),
            ["答复客户", "分享到频道", "English"],
        ),
    ],
)
def test_order(
    language: str, cause: str, steps: str, notes: str, remarks: tuple[str, ...], buttons: list[str]
) -> None:
    """A card is title, meaning and cause, steps, what else is known, the small print, and buttons."""
    entry = KNOWLEDGE.get_entry("aliyun-living/28504")
    recall = make_recall(entry.id, language=language)
    reply = SlackReplies(KNOWLEDGE).build_reply(recall, shareable=True)
    header, meaning, todo, known, context, actions, feedback = map(list_lines, reply.blocks)
    assert header == [f"28504 {entry.title[language]}"]
    assert meaning[0] == entry.description[language]
    assert (meaning[1], meaning[2][: len(cause)]) == ("", cause)
    assert (todo[0], [line[:2] for line in todo[1:]]) == (steps, ["1.", "2.", "3.", "4."])
    assert known[0].startswith(notes)
    for remark in remarks:
        assert any(line.startswith(remark) for line in context), remark
    assert actions == buttons
    assert feedback == ["This fixed it", "Not it"] if language == "en" else ["解决了", "不是这个"]


def test_steps_are_never_folded_away() -> None:
    """Slack shows every section whole: the last step isn't behind "see more"."""
    reply = SlackReplies(KNOWLEDGE).build_reply(make_recall("aliyun-living/28504"))
    sections = [block for block in reply.blocks if block["type"] == "section"]
    assert sections
    assert all(block["expand"] is True for block in sections)


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_score_nor_rule(language: str) -> None:
    """How the entry was found isn't on the card."""
    recall = make_recall("aliyun-living/28504", language=language)
    [match] = recall.verdict.matches
    found = replace(match, score=93.4, evidence=Evidence("spelling", (0, 4), "word of the question"))
    reply = SlackReplies(KNOWLEDGE).build_reply(replace(recall, verdict=Verdict("answered", (found,))))
    shown = "\n".join(list_texts(list(reply.blocks)))
    assert "93" not in shown.replace("28504", "")
    assert "word of the question" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_layers(layered: Path, language: str) -> None:
    """A layer's card links its sources, names the other code of the fault, and says what was seen where."""
    knowledge = load_knowledge(layered)
    for entry_id, told in (
        ("kettle-base/301", ("101", "‡", "<https://example.com/base.h|")),
        ("kettle-base/302", ("†", knowledge.messages[language]["message_unknown"])),
        ("kettle/101", ("301",)),
    ):
        recall = make_recall(entry_id, language=language, knowledge=knowledge)
        reply = SlackReplies(knowledge).build_reply(recall)
        assert find_message_faults(reply) == []
        context = [line for block in reply.blocks if block["type"] == "context" for line in list_lines(block)]
        for each in told:
            assert any(each in line for line in context), each


@for_every_entry
def test_customer(entry: Any, language: str) -> None:
    """The button of every card opens the customer sentence, alone in its block, in every language."""
    replies = SlackReplies(KNOWLEDGE)
    reply = replies.build_reply(make_recall(entry.id, language=language))
    [button] = [each for each in find_buttons(list(reply.blocks)) if each["action_id"] == "customer_show"]
    recall = read_recall(button["value"], KNOWLEDGE)
    assert recall is not None
    shown = replies.build_customer(recall)
    assert find_message_faults(shown) == []
    sections = ["\n".join(list_lines(block)) for block in shown.blocks if block["type"] == "section"]
    others = [each for each in LANGUAGES if each != language]
    assert sections == [entry.customer[each] for each in (language, *others)]
    assert shown.text == "\n".join(sections)
    modal = replies.build_customer_modal(recall)
    assert find_faults(modal, "modal") == []
    assert "submit" not in modal


def test_customer_of_two_entries() -> None:
    """Beneath two cards one button opens the sentences of both, each below its code."""
    replies = SlackReplies(KNOWLEDGE)
    recall = make_recall("aliyun-living/28504", "aliyun-living/2065")
    texts = list_texts(list(replies.build_customer(recall).blocks))
    assert [text for text in texts if text.startswith("For the customer")] == [
        "For the customer: 28504 The device is offline",
        "For the customer: 2065 Account and device are not bound",
    ]


def test_customer_is_withheld() -> None:
    """Of an internal entry the public gets no sentence."""
    entry = replace(KNOWLEDGE.get_entry("aliyun-living/28504"), audience="internal")
    verdict = Verdict("answered", (Match(entry, 100.0, Evidence("code", (0, 5), "28504")),))
    reply = SlackReplies(KNOWLEDGE).build_customer(Recall(verdict, "en", audience="public"))
    assert entry.customer["en"] not in reply.text
