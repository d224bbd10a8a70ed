"""The one rule of what a text denies, on strings of the real entries."""

from __future__ import annotations

import pytest

from bot.matching.candidates import Finder
from bot.matching.features import agrees
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader
from bot.matching.text import read
from tests.matching.units import list_units


@pytest.mark.parametrize(
    ("said", "meant", "does"),
    [
        ("设备不在线", "设备不在线", True),
        ("设备离线", "设备不在线", True),
        ("设备在线", "设备不在线", False),
        ("identityId is not manager", "identityId is not manager", True),
        ("identityId is manager", "identityId is not manager", False),
        ("the firmware exists", "firmware not exist", False),
        ("the firmware was not found", "firmware not exist", True),
    ],
)
def test_agrees(finder: Finder, reader: Reader, said: str, meant: str, does: bool) -> None:
    """A stretch agrees with a string that denies what it denies, and with no other."""
    unit = next(unit for unit in list_units(finder.index) if unit.text.strip(".") == meant)
    assert agrees(reader.read_features(read(said)), unit) is does


def test_what_is_left_out_is_not_denied(finder: Finder, reader: Reader) -> None:
    """A string that denies is not what says less: a cut one has its denial in the text, or isn't meant."""
    unit = next(unit for unit in list_units(finder.index) if unit.text == "设备不在线")
    assert agrees(reader.read_features(read("设备不在线")), unit)
    assert not agrees(reader.read_features(read("设备")), unit)
    assert not agrees(reader.read_features(read("设备在线")), unit)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("设备分享不了", ["2073"]),
        ("设备，分享不了", ["2073"]),
        ("我把设备分享给老婆，她收不到", []),
        ("the device was shared with my wife, she does not get it", []),
    ],
)
def test_another_clause(matcher: Matcher, text: str, codes: list[str]) -> None:
    """What a clause denies is denied of nothing that stands before its comma alone."""
    assert [match.entry.code for match in matcher.ask(text).matches] == codes
