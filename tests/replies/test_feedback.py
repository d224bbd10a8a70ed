"""What is said about votes: which step fixed it, what else it may be, and what a menu's options carry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.entry import Entry, Step
from bot.matching import Evidence, Match, Verdict
from bot.replies.feedback import MOST_VALUE, REASONS, Addition, Feedback, read_addition
from bot.replies.fixes import LEAST, MOST_STEPS, hash_step, list_steps, rank_steps
from bot.replies.note import Notes
from bot.replies.recall import Recall, Shown, read_recall, read_shown
from bot.replies.slack import SlackReplies
from tests.support.every_entry import for_every_entry
from tests.support.house_rules import find_house_faults
from tests.support.shipped import load_shipped
from tests.support.slack_limits import find_faults, list_texts

KNOWLEDGE = load_shipped()
LANGUAGES = list(KNOWLEDGE.languages)
ENTRY, OTHER, THIRD = (KNOWLEDGE.get_entry(f"aliyun-living/{code}") for code in ("28504", "2065", "6100"))
STEPS = (
    Step({"en": "one", "zh": "一"}, "source"),
    Step({"en": "two", "zh": "二"}, "source", "internal"),
    Step({"en": "three", "zh": "三"}, "source"),
    Step({"en": "four", "zh": "四"}, "source"),
    Step({"en": "five", "zh": "五"}, "source"),
)
MANY = replace(ENTRY, steps=STEPS)


def make_match(entry: Entry) -> Match:
    return Match(entry, 90.0, Evidence("", (0, 0), ""))


def make_recall(*entries: Entry, runners_up: tuple[Entry, ...] = (), **fields: str) -> Recall:
    shown, others = (
        tuple(Match(e, 90.0, Evidence("", (0, 0), "")) for e in each) for each in (entries, runners_up)
    )
    return replace(Recall(Verdict("answered", shown, others), "en", answer="a1"), **fields)  # type: ignore[arg-type] # texts


def list_menu(blocks: tuple[dict[str, object], ...]) -> list[dict[str, object]]:
    [menu] = [block for block in blocks if block["type"] == "actions"]
    elements: list[dict[str, object]] = menu["elements"]  # type: ignore[assignment] # of Slack's JSON
    return elements


def test_ranked_by_votes() -> None:
    """The steps with the most votes stand first, of as many the earlier one; three are named at most."""
    counts = dict(zip(map(hash_step, STEPS), (3, 14, 3, 1, 2), strict=True))
    assert rank_steps(MANY, "internal", counts) == [(2, 14), (1, 3), (3, 3)]
    assert len(rank_steps(MANY, "internal", counts)) == MOST_STEPS


def test_numbers_are_those_that_are_shown() -> None:
    """Outsiders, who see no internal step, see the others' votes by their own numbers."""
    counts = dict.fromkeys(map(hash_step, STEPS[:3]), 5)
    assert rank_steps(MANY, "public", counts) == [(1, 5), (2, 5)]
    assert [step.text["en"] for step in list_steps(MANY, "public")] == ["one", "three", "four", "five"]


def test_too_few() -> None:
    """Below three votes on the steps that are there now nothing is said."""
    assert rank_steps(MANY, "internal", {hash_step(STEPS[0]): LEAST - 1}) == ()
    assert rank_steps(MANY, "internal", {hash_step(STEPS[0]): 1, hash_step(STEPS[1]): 2}) != ()
    assert rank_steps(MANY, "internal", {"000000000000": 99}) == ()


def test_a_step_is_its_words() -> None:
    """A step that moved keeps its votes under its new number; one that is worded anew loses them."""
    counts = {hash_step(STEPS[0]): 4}
    assert rank_steps(replace(MANY, steps=STEPS[::-1]), "internal", counts) == [(5, 4)]
    changed = replace(STEPS[0], text={"en": "one, better", "zh": "一"})
    assert rank_steps(replace(MANY, steps=(changed,)), "internal", counts) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_of_several(language: str) -> None:
    """Of two cards each says which of its own steps fixed it; the text says it too."""
    fixes = {each.id: {hash_step(each.steps[0]): number} for number, each in ((7, ENTRY), (8, OTHER))}
    recall = replace(make_recall(ENTRY, OTHER), language=language)
    reply = SlackReplies(KNOWLEDGE).build_reply(recall, notes=Notes(fixes=fixes))
    assert find_faults({"text": reply.text, "blocks": list(reply.blocks)}) == []
    lines = [
        line
        for text in list_texts(list(reply.blocks))
        for line in text.split("\n")
        if "(7" in line or "（7" in line
    ]
    assert lines == ["Fixed by: step 1 (7)" if language == "en" else "有效步骤：第 1 步（7 次）"]
    assert lines[0] in reply.text
    assert lines[0].replace("7", "8") in reply.text


def test_votes_on_others_are_not_shown() -> None:
    """Votes on entries that an answer doesn't show leave it as it is."""
    notes = Notes(fixes={OTHER.id: {hash_step(OTHER.steps[0]): 9}})
    replies = SlackReplies(KNOWLEDGE)
    assert replies.build_reply(make_recall(ENTRY), notes=notes) == replies.build_reply(make_recall(ENTRY))


@for_every_entry
def test_every_entry(entry: Entry, language: str) -> None:
    """What is said after a vote on any entry keeps every limit, in every language."""
    shown = Shown("a" * 24, language, (entry.id,))
    recall = replace(make_recall(entry, runners_up=(OTHER, THIRD)), language=language)
    feedback = Feedback(KNOWLEDGE)
    for reply in (
        feedback.build_helped(shown, "a" * 24, recall, is_step_told=False),
        feedback.build_not_it(shown, "a" * 24, recall),
    ):
        message = {"text": reply.text, "blocks": list(reply.blocks)}
        assert find_faults(message) == []
        assert find_house_faults(message) == []
    options = list_menu(feedback.build_helped(shown, "a" * 24, recall, is_step_told=False).blocks)[0][
        "options"
    ]
    assert isinstance(options, list)
    assert len(options) == len(entry.steps)
    for number, (option, step) in enumerate(zip(options, entry.steps, strict=True), 1):
        addition = read_addition(option["value"])
        assert addition == Addition(language, "a" * 24, f"{number}:{hash_step(step)}", entry.id)


def test_long_ids() -> None:
    """A step whose option would carry more than Slack takes isn't offered; the vote stands all the same."""
    long = replace(MANY, code="X" * MOST_VALUE)
    reply = Feedback(KNOWLEDGE).build_helped(
        Shown("a1", "en", (long.id,)), "a1", make_recall(long), is_step_told=False
    )
    assert [block["type"] for block in reply.blocks] == ["section"]


def test_what_else_it_may_be() -> None:
    """The runners-up are offered, else what the entry points to; outsiders see public entries alone."""
    feedback = Feedback(KNOWLEDGE)

    def list_codes(recall: Recall) -> list[str]:
        return [other.verdict.matches[0].entry.code for other in feedback.list_others(recall)]

    assert list_codes(make_recall(ENTRY, runners_up=(OTHER, ENTRY, THIRD))) == ["2065", "6100"]
    assert list_codes(make_recall(ENTRY)) == ["28601"]
    hidden = replace(OTHER, audience="internal")
    assert list_codes(make_recall(ENTRY, runners_up=(hidden, THIRD), audience="public")) == ["6100"]
    assert list_codes(make_recall(ENTRY, runners_up=(hidden, THIRD))) == ["2065", "6100"]


def test_runners_up_come_back() -> None:
    """A button's value brings the answer's name and the runners-up back, three at most."""
    recall = make_recall(ENTRY, runners_up=(OTHER, THIRD, *KNOWLEDGE.entries[:3]))
    back = read_recall(recall.write_value(), KNOWLEDGE)
    assert back
    assert (back.answer, [match.entry for match in back.verdict.runners_up][:2]) == ("a1", [OTHER, THIRD])
    assert len(back.verdict.runners_up) == 3


def test_shown_though_vanished() -> None:
    """What a value's message showed is told by ids that the knowledge needn't have."""
    value = make_recall(ENTRY, OTHER).write_value().replace("28504", "99999")
    assert read_shown(value) == Shown("a1", "en", ("aliyun-living/99999", "aliyun-living/2065"))
    for forged in ("", "{}", "[]", "\ud800", value.replace('"a1"', '"a 1"')):
        assert read_shown(forged) is None


@pytest.mark.parametrize("reason", REASONS)
def test_additions(reason: str) -> None:
    """An option's value comes back as it was written; what nobody here wrote is none."""
    for addition in (Addition("en", "C1:1.2", reason), Addition("zh", "a1", "2:0123456789ab", "pack/E 1/2")):
        assert read_addition(addition.write()) == addition
    for forged in ("", "en", "en a1", "EN a1 x", "en a\n1 x", "en a1  x"):
        assert read_addition(forged) is None
