"""Which language a text is in, by its scripts."""

from __future__ import annotations

import pytest

from bot.knowledge.scripts import SCRIPTS, find_language


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ("设备不在线", "zh"),
        ("設備不在線", "zh"),
        ("device 不在线", "zh"),
        ("デバイスが不在線", "en-or-default"),
        ("のデバイス offline", "en"),
        ("device is offline", "en"),
        ("28504", "en-or-default"),
        ("E28504", "en-or-default"),
        ("", "en-or-default"),
        ("🎉 !!", "en-or-default"),
    ],
)
@pytest.mark.parametrize("default", ["en", "zh"])
def test_language_of_a_text(given: str, language: str, default: str) -> None:
    """Han without kana is Chinese, Latin words are English, anything else is in the language preset."""
    assert find_language(given, default, SCRIPTS) == (default if language == "en-or-default" else language)


def test_a_language_of_more_scripts() -> None:
    """A language that names kana among its scripts is told by it; Han alone stays the first language's."""
    scripts = {**SCRIPTS, "ja": ("Han", "Hiragana", "Katakana")}
    assert find_language("設備が不在線です", "en", scripts) == "ja"
    assert find_language("設備不在線", "en", scripts) == "zh"
