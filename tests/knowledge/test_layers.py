"""What the loader makes of a layer pack: inherited words, lent texts, and who repeats whose fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.entry import Citation
from bot.knowledge.load import load_knowledge


def test_words_of_the_product_are_inherited(layered: Path) -> None:
    """A layer pack has its own evidence first, then the primary pack's, and the primary's field names."""
    packs = load_knowledge(layered).packs
    base = packs["kettle-base"]
    assert base.evidence == ("baseRevision", "kettleId")
    assert (base.code_fields, base.message_fields) == (("code",), ("message",))
    assert (packs["kettle"].primary, packs["kettle"].evidence) == ("", ("kettleId",))


def test_own_texts(layered: Path) -> None:
    """An entry keeps its own cause and steps, with where they were seen, and what it cites."""
    entry = load_knowledge(layered).get_entry("kettle-base/301")
    assert (entry.cause_basis, entry.cause_seen, entry.borrowed) == ("field", "forum", ())
    assert [(step.basis, step.seen) for step in entry.steps] == [("field", "forum")]
    assert entry.sources == (Citation("header", line=12), Citation("forum", "#7", 13))
    assert [related.id for related in entry.related] == ["kettle/101"]


def test_lent_texts(layered: Path) -> None:
    """The family lends cause, steps and customer, as inference, to an entry without; no message is due."""
    knowledge = load_knowledge(layered)
    entry, family = knowledge.get_entry("kettle-base/302"), knowledge.packs["kettle-base"].families["base"]
    assert entry.borrowed == ("cause", "steps", "customer")
    assert (entry.message, entry.cause_basis) == ("", "inference")
    assert (entry.cause, entry.steps, entry.customer) == (family.cause, family.steps, family.customer)
    assert [(step.basis, step.audience) for step in entry.steps] == [
        ("inference", "public"),
        ("inference", "internal"),
    ]


def test_repeats(layered: Path) -> None:
    """The entry of the primary pack knows by which ids its fault is repeated; retired ones don't count."""
    assert load_knowledge(layered).repeats == {"kettle/101": ("kettle-base/301",)}
    path = layered / "kettle-base/codes/301.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}status: retired\nreplaced_by: "302"\n', encoding="utf-8")
    assert load_knowledge(layered).repeats == {}


@pytest.mark.parametrize(
    ("path", "old", "told"),
    [
        ("kettle-base/codes/others.yaml", "  family: base", "1: field-missing: family is not given"),
        ("kettle/codes/201.yaml", "message: water level too low", "1: field-missing: message is not given"),
    ],
)
def test_what_nobody_lends_is_missed(layered: Path, path: str, old: str, told: str) -> None:
    """An entry without a family is lent nothing; outside a layer pack a message is due."""
    text = (layered / path).read_text(encoding="utf-8")
    (layered / path).write_text(text.replace(f"{old}\n", "", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(layered)
    assert f"knowledge/{path}:{told}" in map(str, caught.value.problems)


def test_broken_pack_lends_without_blame(layered: Path) -> None:
    """Where pack.yaml can't be read, its entries aren't blamed for what it would have lent."""
    (layered / "kettle-base/pack.yaml").write_text("title: {", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(layered)
    assert [problem.rule for problem in caught.value.problems] == ["yaml-broken"]
