"""A text with everything read from it, and what it asks for."""

from __future__ import annotations

import pytest

from bot.matching.reading import Reader
from bot.matching.text import LONGEST


def test_reading(reader: Reader) -> None:
    """A reading holds the folded text and its features, in folded positions."""
    reading = reader.read("錯誤碼 28504：設備不在線")
    assert reading.text.folded == "错误码 28504:设备不在线"
    assert {("device", 0), ("online", -1)} <= {(f.name, f.sign) for f in reading.features}
    assert reader.read_features(reading.text) == list(reading.features)


@pytest.mark.parametrize("text", ["", " ", "\n", "🎉"])
def test_nothing_to_read(reader: Reader, text: str) -> None:
    """A text without words has no features."""
    assert reader.read(text).features == ()


def test_long_text(reader: Reader) -> None:
    """Of a text that is too long the first LONGEST characters are read."""
    reading = reader.read("设" * LONGEST + " device")
    assert len(reading.text.folded) == LONGEST
    assert "device" not in {feature.name for feature in reading.features}


@pytest.mark.parametrize(
    ("name", "known"), [("device", True), ("online", True), ("giraffe", False), ("not", False), ("", False)]
)
def test_terms(reader: Reader, name: str, known: bool) -> None:
    """A term is a name of the knowledge, of a pack or of all; a word or a negator is none."""
    assert reader.is_term(name) == known


@pytest.mark.parametrize(
    ("folded", "asked"),
    [
        ("how do i fix an offline device", True),
        ("why is it offline", True),
        ("怎么办", True),
        ("设备离线怎么解决", True),
        ("device is offline", False),
        ("设备不在线", False),
        ("prefix", False),
        ("", False),
    ],
)
def test_remedy(reader: Reader, folded: str, asked: bool) -> None:
    """A text that wants something mended says so by a word of its language."""
    assert reader.moods.asks_remedy(folded) == asked
