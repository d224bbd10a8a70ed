"""Texts made shorter: a word, a number, an address, a token stays whole or goes."""

from __future__ import annotations

import pytest

from bot.shorten import keep_end, keep_start


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("error 28504", 11, "error 28504"),
        ("error 28504", 8, "error"),
        ("at 10.0.0.1:28504 again", 12, "at"),
        ("设备不在线28504", 7, "设备不在线"),
        ("错误码 28504", 5, "错误码"),
        ("see <https://example.com/28504|this>", 20, "see"),
        ("a &lt; b", 4, "a"),
        ("设备不在线", 3, "设备不"),
    ],
)
def test_keep_start(text: str, most: int, kept: str) -> None:
    """The beginning ends before what it would halve."""
    assert keep_start(text, most) == kept


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("28504 error", 11, "28504 error"),
        ("28504 error", 8, "error"),
        ("10.0.0.1:28504 again", 10, "again"),
        ("28504设备不在线", 7, "设备不在线"),
        ("<https://example.com/28504|this> see", 12, "see"),
        ("a -> b -> 28504", 12, "> b -> 28504"),
        ("设备不在线", 3, "不在线"),
    ],
)
def test_keep_end(text: str, most: int, kept: str) -> None:
    """The end begins behind what it would halve; an arrow is no end of a token."""
    assert keep_end(text, most) == kept


def test_no_word_at_all() -> None:
    """What has no end for a thousand characters is no word, and is halved."""
    assert len(keep_start("a" * 5_000, 3_000)) == 3_000
    assert len(keep_end("a" * 5_000, 3_000)) == 3_000
