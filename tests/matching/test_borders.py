"""The rules of what may stand beside a code, one by one. Whole texts: test_codes.py and test_no_codes.py."""

from __future__ import annotations

import re

import pytest

from bot.matching.numbers.rules import CodeRules
from bot.matching.text import read
from tests.matching.mentions import list_mentions


def list_vetoes(rules: CodeRules, text: str) -> list[str]:
    """Return why the first number of three digits or more in a text is no code; [] if it can be one."""
    digits = re.search(r"28504|404|1234", text)
    assert digits
    return [one.veto for one in rules.read_codes(read(text))[1] if one.start == digits.start()]


@pytest.mark.parametrize(
    ("head", "length"),
    [
        ("", 0),
        ("报错", 0),
        ("(", 0),
        ("= -", 1),
        ("e", 1),
        ("code", 4),
        ("saw err", 3),
        ("code:", 0),
        ("code -> ", 0),
        ("code_", 0),
        ("\\n", 0),
        ("28504/", 0),
        ("bind_reply-", 0),
    ],
)
def test_begin(rules: CodeRules, head: str, length: int) -> None:
    """A code begins behind white space, Chinese, marks or a label; a sign or a prefix belongs to it."""
    assert list_vetoes(rules, f"{head}28504") == []
    assert list_mentions(rules, f"{head}28504")[-1].at.begin == length


@pytest.mark.parametrize(
    "head",
    [
        "proj-",
        "v",
        "abc",
        "v1.",
        "id_",
        "host:",
        "list[",
        "see #",
        "@",
        "%",
        "> 5 >= ",
        "$",
        "é",
        "a/",
        "main.c(",
    ],
)
def test_no_begin(rules: CodeRules, head: str) -> None:
    """A code doesn't begin inside a name, an address, a version, an index, a comparison or an amount."""
    assert list_vetoes(rules, f"{head}28504") == ["border"]


@pytest.mark.parametrize(
    "tail", ["", ".", ". 5", "!", ": x", "是什么", ")", "/2066", " devices", "device", "code", "..."]
)
def test_end(rules: CodeRules, tail: str) -> None:
    """A code ends before white space, a mark, Chinese, a word of some length or another code."""
    assert "border" not in list_vetoes(rules, f"28504{tail}")


@pytest.mark.parametrize(
    "tail", ["ms", "%", "x", ".5", ":12", "-17", "/7", "°", "€", " €", "@x", "#", ".log", "abc", "code1"]
)
def test_no_end(rules: CodeRules, tail: str) -> None:
    """A code doesn't end before a unit, a fraction, a suffix, or what makes it part of an id."""
    assert list_vetoes(rules, f"28504{tail}") == ["border"]


@pytest.mark.parametrize(
    ("tail", "measured"),
    [
        (" ms", True),
        (" devices", True),
        ("次", True),
        (" 分钟", True),
        (" msx", False),
        ("次数", False),
        (" 分", False),
        (" of 7 devices", False),
        ("", False),
    ],
)
def test_measure(rules: CodeRules, tail: str, measured: bool) -> None:
    """A whole word of measure right behind the digits makes them a count."""
    assert (list_vetoes(rules, f"28504{tail}") == ["measure"]) == measured


@pytest.mark.parametrize(
    ("tail", "measured"),
    [
        ("次", True),
        (" 次,都一样", True),
        (" devices.", True),
        ("次都一样", False),
        (" devices are dark", False),
    ],
)
def test_measure_behind_a_named_code(rules: CodeRules, tail: str, measured: bool) -> None:
    """Behind a number that is named as a code, a measure must be the last word of its clause."""
    assert (list_vetoes(rules, f"error code 28504{tail}") == ["measure"]) == measured


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("12:30:00.28504", True),
        ("1,285,404", True),
        ("+86 404 1234", True),
        ("400 810 1234", True),
        ("3 * 28504", True),
        ("28504 + 7", True),
        ("28504 - device", False),
        ("28504 × 12", True),
        ("12 × 28504", True),
        ("28504 ×12", False),
        ("12× 28504", False),
        ("2066 ×28504", True),
        ("2066 x 28504", True),
        ("3 x 28504", False),
        ("28504 2066 404", False),
        ("404,404", False),
        ("28504", False),
        ("saw 28504 there", False),
    ],
)
def test_part_of_a_larger_number(rules: CodeRules, text: str, part: bool) -> None:
    """Thousands, a clock time, a phone's groups and a sum are one thing; documented codes are several.

    A sign of multiplication glued to one of the numbers tells how often the other came.
    """
    assert (list_vetoes(rules, text) in (["part"], ["border"])) == part
