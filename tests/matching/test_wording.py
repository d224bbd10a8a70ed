"""Words looked for in a folded text: never inside a longer Latin word, anywhere in Chinese."""

from __future__ import annotations

import re

import pytest

from bot.matching.wording import Endings, any_of, find_any, holds, is_latin


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["err"], "err 5", "err"),
        (["err"], "err5", "err"),
        (["err"], "an err: 5", "err"),
        (["err"], "error 5", None),
        (["err"], "xerr 5", None),
        (["错误"], "有错误码", "错误"),
        (["错误"], "error错误5", "错误"),
        (["err", "err code"], "err code 5", "err code"),
        (["错误码", "错误"], "错误码5", "错误码"),
        (["ErrCode"], "errcode 5", "errcode"),
        (["錯誤碼"], "错误码5", "错误码"),
        (["a.b"], "axb", None),
        (["a|b"], "a|b", "a|b"),
        ([], "anything", None),
        ([], "", None),
    ],
)
def test_finding(words: list[str], text: str, found: str | None) -> None:
    """The longest of the words is found, folded, not inside a longer Latin word; of no words none is."""
    match = find_any(words).search(text)
    assert (match and match[0]) == found


@pytest.mark.parametrize(
    ("words", "text", "ends"),
    [
        (["error code"], "the error code", True),
        (["error code"], "error code is", False),
        (["code"], "barcode", False),
        (["码"], "错误码", True),
        (["code"], "错误code", True),
        (["code"], "", False),
        ([], "", False),
        (["err", "my err"], "my err", True),
        (["my err"], "tommy err", False),
        (["5"], "err5", True),
    ],
)
def test_ending(words: list[str], text: str, ends: bool) -> None:
    """A word counts at the very end of the text only."""
    assert Endings(words).end(text) == ends


def test_order_of_words() -> None:
    """The expression doesn't depend on the order of the words, nor on one given twice."""
    assert any_of(["of", "often", "if"]) == any_of(["if", "often", "of", "often"])


def test_inside_a_larger_expression() -> None:
    """The expression stands inside a larger one as one piece."""
    assert re.fullmatch(rf"\d{any_of(['ms', '秒'])}\d", "5秒5")
    assert not re.fullmatch(rf"\d{any_of(['ms', '秒'])}?\d", "5mss5")


@pytest.mark.parametrize(
    ("said", "words", "held"),
    [
        ("the iotid is x", "iotid", True),
        ("iotid", "iotid", True),
        ("myiotid", "iotid", False),
        ("iotids", "iotid", False),
        ("iotid2", "iotid", False),
        ("iotids and iotid", "iotid", True),
        ("用iotid绑定", "iotid", True),
        ("飞燕平台", "飞燕", True),
        ("post /uc/bind", "/uc/", True),
        ("not bound", "not  bound", False),
        ("", "iotid", False),
    ],
)
def test_holding(said: str, words: str, held: bool) -> None:
    """A text holds words that stand in it, not inside longer Latin words or beside digits."""
    assert holds(said, words) == held


@pytest.mark.parametrize(
    ("letter", "latin"), [("a", True), ("Z", True), ("5", True), ("é", False), ("设", False)]
)
def test_latin_letter(letter: str, latin: bool) -> None:
    """Latin letters are those of ASCII, and its digits."""
    assert is_latin(letter) == latin


def test_no_letter() -> None:
    """Nothing, as before the first letter, is no Latin letter."""
    assert not is_latin("")
