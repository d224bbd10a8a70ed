"""Devices by the names that people give them: each may be offline, and other things are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.shipped import open_matcher, read_yaml

TESTS = Path(__file__).parent
KINDS: dict[str, Any] = read_yaml(TESTS / "device_kinds.yaml")
SAID = {
    "en": ("the {} is offline", "our {} isn't online any more", "my mum's {} shows as offline"),
    "zh": ("{}掉线了", "我家{}不在线", "{}又離線了，怎麼辦"),
}


def list_said(words: dict[str, list[str]]) -> Iterator[str]:
    """Yield what is said of each word, in its language."""
    for language, names in words.items():
        yield from (said.format(name) for said in SAID[language] for name in names)


@pytest.mark.parametrize("category", KINDS["things"])
def test_device_is_offline(category: str) -> None:
    """Every kind of device may be offline: 28504 answers."""
    told = {said: open_matcher().ask(said).matches for said in list_said(KINDS["things"][category])}
    assert {said for said, matches in told.items() if [m.entry.code for m in matches] != ["28504"]} == set()


def test_other_things_are_left_alone() -> None:
    """What is no device is another's trouble: nothing answers."""
    assert {
        said for said in list_said(KINDS["others"]) if open_matcher().ask(said).kind != "abstained"
    } == set()
