"""One state of the knowledge: its packs, and which of them are asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge


@pytest.fixture
def three(toy: Path) -> Knowledge:
    """Three packs, of which two document the same codes."""
    knowledge = load_knowledge(toy)
    kettle = knowledge.packs["kettle"]
    packs = {
        name: replace(
            kettle,
            id=name,
            entries={code: replace(entry, pack=name) for code, entry in kettle.entries.items()},
        )
        for name in ("kettle", "oven")
    }
    return replace(knowledge, packs={**packs, "toaster": replace(kettle, id="toaster", entries={})})


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["kettle"], {"kettle"}),
        (["oven", "kettle", "oven"], {"kettle", "oven"}),
        (["kettle", "gone"], {"kettle"}),
        (["gone"], None),
        ([], None),
        (["kettle", "oven", "toaster"], None),
    ],
)
def test_which_packs_are_asked(three: Knowledge, names: Iterable[str], chosen: set[str] | None) -> None:
    """Those that are named and there; all of them, where none is left or none was named."""
    assert three.choose_packs(names) == chosen


def test_entries_of_the_packs_asked(three: Knowledge) -> None:
    """A code's entries are those of the packs that are asked, in the order of the knowledge."""
    code = next(iter(three.packs["kettle"].entries))
    assert [entry.pack for entry in three.find_entries(code)] == ["kettle", "oven"]
    assert [entry.pack for entry in three.find_entries(code, frozenset({"oven", "toaster"}))] == ["oven"]
    assert [pack.id for pack in three.list_packs(frozenset({"oven", "toaster"}))] == ["oven", "toaster"]
