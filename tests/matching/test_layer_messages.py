"""Layer packs: found by code and by message word for word; words go on to belong to the primary pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.load import load_knowledge
from bot.matching import Matcher


@pytest.fixture
def matcher(layered: Path) -> Matcher:
    """A matcher over the toy pack and its layer, whose entry 301 says "mains lost at base"."""
    return Matcher(load_knowledge(layered))


def list_ids(matcher: Matcher, text: str) -> list[str]:
    """Return the ids of the entries that are answered or offered."""
    return [match.entry.id for match in matcher.ask(text).matches]


def test_by_code_and_message(matcher: Matcher) -> None:
    """A layer's entry is answered by its code, and by its message wherever that stands in a text."""
    assert list_ids(matcher, "error code 301") == ["kettle-base/301"]
    verdict = matcher.ask("my kettle says: Mains lost at base!")
    assert [match.entry.id for match in verdict.matches] == ["kettle-base/301"]
    assert (verdict.matches[0].evidence.rule, verdict.matches[0].evidence.span) == ("message", (16, 34))


@pytest.mark.parametrize(
    "text", ["The base lost its mains power", "底座断电", "mains lost", "mains lost at basement"]
)
def test_not_by_words(matcher: Matcher, text: str) -> None:
    """Neither a layer's titles nor a part of its message find the entry."""
    assert "kettle-base/301" not in list_ids(matcher, text)


def test_longest_message(layered: Path) -> None:
    """Of two messages, one within the other, the longer one counts."""
    codes = layered / "kettle-base/codes/others.yaml"
    codes.write_text(f"{codes.read_text(encoding='utf-8')}  message: mains lost\n", encoding="utf-8")
    matcher = Matcher(load_knowledge(layered))
    assert list_ids(matcher, "mains lost at base") == ["kettle-base/301"]
    assert list_ids(matcher, "mains lost!") == ["kettle-base/302"]


def test_same_fault(layered: Path) -> None:
    """Where the words mean the primary entry whose fault a layer's message repeats, that entry answers."""
    text = "no mains power, mains lost at base"
    assert list_ids(Matcher(load_knowledge(layered)), text) == ["kettle/101"]
    path = layered / "kettle-base/codes/301.yaml"
    told = path.read_text(encoding="utf-8").replace("same_fault: [kettle/101]\n", "")
    path.write_text(told, encoding="utf-8")
    assert list_ids(Matcher(load_knowledge(layered)), text) == ["kettle-base/301"]


def test_what_the_primary_pack_says(layered: Path) -> None:
    """A message that an entry of the primary pack says, too, is that entry's."""
    path = layered / "kettle-base/codes/301.yaml"
    told = path.read_text(encoding="utf-8").replace("mains lost at base", "lid not closed")
    path.write_text(told, encoding="utf-8")
    assert list_ids(Matcher(load_knowledge(layered)), "lid not closed") == ["kettle/102"]


def test_code_and_words(matcher: Matcher) -> None:
    """Beside a layer's code, words that fit its texts bring no rival from the primary pack."""
    assert list_ids(matcher, "301 底座 断电") == ["kettle-base/301"]


@pytest.mark.parametrize("eager", [False, True])
def test_watched(matcher: Matcher, eager: bool) -> None:
    """A layer's message in a post speaks only beside a word of the platform."""
    assert matcher.watch("mains lost at base", eager).kind == "abstained"
    verdict = matcher.watch("kettleId 7: mains lost at base", eager)
    assert [match.entry.id for match in verdict.matches] == ["kettle-base/301"]


def test_weights_stay(layered: Path, toy_texts: list[str]) -> None:
    """What the primary pack's entries score is the same with layers beside it and without."""
    knowledge = load_knowledge(layered)
    alone = Matcher(replace(knowledge, packs={"kettle": knowledge.packs["kettle"]}))
    beside = Matcher(knowledge)
    for text in toy_texts:
        verdict, due = beside.ask(text), alone.ask(text)
        assert (verdict.matches, verdict.runners_up) == (due.matches, due.runners_up)


@pytest.fixture
def toy_texts(layered: Path) -> list[str]:
    """Everything that the primary pack says, and a slip of each."""
    entries = load_knowledge(layered).packs["kettle"].entries.values()
    said = [string for entry in entries for string in entry.strings]
    return [*said, *(f"{text[:3]}{text[4:]}" for text in said)]
