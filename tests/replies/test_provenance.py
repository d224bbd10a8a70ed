"""How replies tell where an entry comes from, and by which other codes its fault is returned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.entry import Audience
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.replies.answer import Card, Part
from bot.replies.plain import PlainReplies


@pytest.fixture
def knowledge(layered: Path) -> Knowledge:
    """The toy knowledge with its layer pack."""
    return load_knowledge(layered)


def build(knowledge: Knowledge, entry_id: str, language: str, audience: Audience = "internal") -> Card:
    """Return an entry's card."""
    replies = PlainReplies(knowledge, language, audience=audience)
    return replies.build_card(knowledge.get_entry(entry_id))


def get_part(card: Card, kind: str) -> Part:
    """Return the one part of a kind."""
    [found] = [part for part in card.parts if part.kind == kind]
    return found


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "Source: Kettle: base, 2020-03-01; Header of the base (https://example.com/base.h, 2020-03-02);"
            " Kettle forum, #7 (https://example.com/forum, 2020-03-03)",
        ),
        (
            "zh",
            "来源：电水壶：底座，2020-03-01；底座的头文件（https://example.com/base.h，2020-03-02）；"
            "电水壶论坛，#7（https://example.com/forum，2020-03-03）",
        ),
    ],
)
def test_sources(knowledge: Knowledge, language: str, told: str) -> None:
    """An entry tells the sources that it cites, with place, address and date."""
    assert told in build(knowledge, "kettle-base/301", language).context


def test_source_of_the_pack(knowledge: Knowledge) -> None:
    """An entry that cites nothing tells where its pack's codes come from."""
    assert "Source: Kettle, “Kettle handbook”, 2020-02-29" in build(knowledge, "kettle/101", "en").context


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "‡ Seen in practice: Kettle forum."), ("zh", "‡ 实际案例：电水壶论坛。")],
)
def test_seen_in_practice(knowledge: Knowledge, language: str, told: str) -> None:
    """A cause and a step that were seen in practice have a sign; one footnote says where."""
    card = build(knowledge, "kettle-base/301", language)
    assert get_part(card, "cause").items[0].text.endswith("‡")
    assert get_part(card, "steps").items[0].text.endswith("‡")
    assert told in card.footnotes


def test_lent_texts_are_inference(knowledge: Knowledge) -> None:
    """What the family lends has the sign of an inference, cause and steps alike."""
    card = build(knowledge, "kettle-base/302", "en")
    lent = [*get_part(card, "cause").items, *get_part(card, "steps").items]
    assert [item.text[-1] for item in lent] == ["†"] * len(lent)
    assert card.footnotes == ("† Concluded here, not stated by the source.",)


def test_unknown_message(knowledge: Knowledge) -> None:
    """Where the API's message isn't known, the card says so."""
    assert "API message: exact text not known" in build(knowledge, "kettle-base/302", "en").context


def test_same_fault(knowledge: Knowledge) -> None:
    """The primary entry tells by which codes of which layer its fault is returned, and these name it."""
    assert "Also returned as 301 (Kettle: base)." in build(knowledge, "kettle/101", "en").context
    told = build(knowledge, "kettle-base/301", "en").context
    assert "Same fault as 101 There is no mains power." in told
    assert not any("Also returned" in line for line in told)


def test_internal_repeats_are_withheld(knowledge: Knowledge) -> None:
    """The public isn't told of a code whose entry is internal."""
    base = knowledge.packs["kettle-base"]
    hidden = {**base.entries, "301": replace(base.entries["301"], audience="internal")}
    packs = {**knowledge.packs, "kettle-base": replace(base, entries=hidden)}
    changed = replace(knowledge, packs=packs)
    assert any("301" in line for line in build(changed, "kettle/101", "en").context)
    assert not any("301" in line for line in build(changed, "kettle/101", "en", "public").context)


def test_related_of_another_pack(knowledge: Knowledge) -> None:
    """A pointer to another pack's entry has that entry's title."""
    part = get_part(build(knowledge, "kettle-base/301", "en"), "related")
    assert (part.items[0].lead, part.items[0].text) == (
        "101",
        "There is no mains power. The kettle says the same.",
    )
