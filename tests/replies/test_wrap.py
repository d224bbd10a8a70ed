"""Wrapping: every line fits, nothing is lost, and punctuation stays where it may stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.wrap import clean, count_cells, wrap


@given(st.text(), st.integers(2, 40))
def test_fits_and_loses_nothing(text: str, width: int) -> None:
    """No line is wider than asked for, and but for blanks the text is all there, in order."""
    lines = wrap(text, width)
    assert all(count_cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


@given(st.text())
def test_no_control_characters(text: str) -> None:
    """No control, format or surrogate character comes through; everything else does."""
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert not {unicodedata.category(each) for each in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("设备", 4), ("Ａ１", 4), ("“ok”", 4), ("e\u0301", 1), ("한글", 4), ("，。", 4)],
)
def test_cells(text: str, cells: int) -> None:
    """Wide characters take two cells, combining ones none."""
    assert count_cells(text) == cells


@pytest.mark.parametrize("width", range(6, 30))
def test_punctuation(width: int) -> None:
    """No line begins with closing punctuation or ends with opening punctuation."""
    text = "检查“设备状态”（在线、离线），确认设备已经上线；再下发指令（重试一次）。"
    lines = wrap(text, width)
    assert all(line[0] not in "，。、；）”" for line in lines)
    assert all(line[-1] not in "（“" for line in lines)


@pytest.mark.parametrize("width", range(6, 30))
def test_stops_stay_with_what_they_close(width: int) -> None:
    """A stop of ASCII behind a curly quote or Chinese begins no line; before a file's ending it may break."""
    lines = wrap("It lies in the range of “Pay”. 设备在线. 请看 “说明”, (再试).", width)
    assert all(line[0] not in ".,)" for line in lines)


def test_words_stay_whole() -> None:
    """A word that fits into a line is not broken, in Chinese text neither."""
    assert wrap("检查传入的 identityId 是否正确。", 16) == ["检查传入的", "identityId 是否", "正确。"]


def test_long_word_is_broken() -> None:
    """A word longer than a line is broken where the line ends."""
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
