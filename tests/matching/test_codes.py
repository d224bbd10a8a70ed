"""Codes in a text: where they are found, and what the text calls them. What is no code: test_no_codes.py."""

from __future__ import annotations

import pytest

from bot.matching.numbers.mention import Naming
from bot.matching.numbers.rules import CodeRules
from bot.matching.text import read
from tests.matching.mentions import list_mentions

# (text, what it shows of the code): the page's own examples first, then others of the same kind.
FOUND = [
    ("28504", "28504"),
    ("code=28504", "28504"),
    ('"code":28504', "28504"),
    ('errCode: "28504"', "28504"),
    ("错误码：28504。", "28504"),
    ("= -6100", "6100"),
    ("E28504", "28504"),
    ("error(28504)happened", "28504"),
    ("２８５０４", "２８５０４"),
    ("[28504]", "28504"),
    ("`28504`", "28504"),
    ("```28504```", "28504"),
    ("```\n28504\n```", "28504"),
    ('{"code": 28504}', "28504"),
    ("2018-09-04 11:22:33 ERROR [main] code 28504", "28504"),
    ("报错28504怎么办", "28504"),
    # look-around beside Chinese
    ("错误码28504", "28504"),
    ("28504是什么意思", "28504"),
    ("提示28504，设备不在线", "28504"),
    ("又报28504了", "28504"),
    ("「28504」", "28504"),
    ("【28504】", "28504"),
    ("《28504》", "28504"),
    ("28504：设备不在线", "28504"),
    # fields and their separators
    ("code:28504", "28504"),
    ("code: 28504", "28504"),
    ("code = 28504", "28504"),
    ("code==28504", "28504"),
    ("code -> 28504", "28504"),
    ("code=>28504", "28504"),
    ("code\t28504", "28504"),
    ("'code':'28504'", "28504"),
    ('"code": "28504",', "28504"),
    ('{\\"code\\":28504}', "28504"),
    ("<code>28504</code>", "28504"),
    ("err_code=28504;", "28504"),
    ("err_code=28504&x=1", "28504"),
    ("Code：２８５０４", "２８５０４"),
    # the sign of SDK headers
    ("-28504", "28504"),
    ("(-28504)", "28504"),
    ("return -28504;", "28504"),
    ("code:-28504", "28504"),
    ("−28504", "28504"),
    ("错误码:-28504", "28504"),
    ("#define ERR_DEVICE_OFFLINE -28504", "28504"),
    # glued to a label or a prefix
    ("e28504", "28504"),
    ("err28504", "28504"),
    ("error28504", "28504"),
    ("code28504", "28504"),
    ("err_28504", "28504"),
    # marks around
    ("(28504)", "28504"),
    ("*28504*", "28504"),
    ("**28504**", "28504"),
    ("_28504_", "28504"),
    ("“28504”", "28504"),
    ("'28504'", "28504"),
    ("> 28504", "28504"),
    ("• 28504", "28504"),
    ("- 28504", "28504"),
    ("1. 28504", "28504"),
    ("#28504", "28504"),
    ("# 28504", "28504"),
    ("[ERROR][28504]", "28504"),
    ("28504.", "28504"),
    ("28504...", "28504"),
    ("28504?", "28504"),
    ("28504!", "28504"),
    ("28504, again", "28504"),
    ("28504 - device offline", "28504"),
    ("Error 28504: device offline", "28504"),
    ("28504👍", "28504"),
    ("👍28504", "28504"),
    ("28\u200b504", "28\u200b504"),
    ("<@U012AB3CD> 28504", "28504"),
    ("see https://a.example/x and 28504", "28504"),
    ("500", "500"),
    ("401?", "401"),
]

LISTS = [
    ("28504 2066", ["28504", "2066"]),
    ("28504,2066", ["28504", "2066"]),
    ("28504, 2066 and 2086", ["28504", "2066", "2086"]),
    ("28504、2066、2086", ["28504", "2066", "2086"]),
    ("28504/2066", ["28504", "2066"]),
    ("28504/2066/2086", ["28504", "2066", "2086"]),
    ("400 2000 2000 2000 10196 400", ["400", "2000", "2000", "2000", "10196", "400"]),
    ("28504和2066", ["28504", "2066"]),
    ("2066\n28504", ["2066", "28504"]),
    ("先报2066，后来又报28504", ["2066", "28504"]),
    ("28504 ... 28504", ["28504", "28504"]),
    ("code 28504 on port 2065", ["28504"]),
    ("401 requests failed with code 403", ["403"]),
]

NAMED = [
    "error code 28504",
    "Error Code: 28504",
    "error codes 28504",
    "err code 28504",
    "errCode: 28504",
    'errCode: "28504"',
    "errorCode=28504",
    "error_code: 28504",
    "err_code=28504",
    "fault code 28504",
    "errors by code: 28504",
    "错误码 28504",
    "错误码：28504。",
    "错误代码28504",
    "报错28504怎么办",
    "報錯28504",
    "故障码：28504",
    "the error code is 28504",
    "错误码是28504",
]

BARE = ["28504", "saw 28504 there", "这里有28504", "[28504]", "(28504)"]


@pytest.mark.parametrize(("text", "shown"), FOUND)
def test_code_found(rules: CodeRules, text: str, shown: str) -> None:
    """A code is found where it stands as a code, and its span shows it in the text as given."""
    [mention] = list_mentions(rules, text)
    start, end = read(text).span(mention.start, mention.end)
    assert text[start:end] == shown
    assert mention.code in {"28504", "6100", "500", "401"}


@pytest.mark.parametrize("text", ["hello\n28504", "please help\n28504", "offline\n28504\nthanks"])
def test_code_on_the_next_line(rules: CodeRules, text: str) -> None:
    """A code on a line of its own is found below a line that ends with a Latin word."""
    assert [mention.code for mention in list_mentions(rules, text)] == ["28504"]


@pytest.mark.parametrize(("text", "codes"), LISTS)
def test_several_codes(rules: CodeRules, text: str, codes: list[str]) -> None:
    """Several codes are found in reading order."""
    assert [mention.code for mention in list_mentions(rules, text)] == codes


@pytest.mark.parametrize("text", NAMED)
def test_named_as_error_code(rules: CodeRules, text: str) -> None:
    """These words say that the number is an error code."""
    [mention] = list_mentions(rules, text)
    assert (mention.code, mention.naming) == ("28504", Naming.NAMED)


@pytest.mark.parametrize("text", BARE)
def test_not_named(rules: CodeRules, text: str) -> None:
    """A number alone isn't called anything."""
    [mention] = list_mentions(rules, text)
    assert (mention.code, mention.naming) == ("28504", Naming.BARE)


@pytest.mark.parametrize("text", ['{"code": 28504}', "code=28504", '"errcode":"28504"', "错误码：28504"])
def test_code_field(rules: CodeRules, text: str) -> None:
    """The value of a field that the pack uses for codes is marked as such."""
    [mention] = list_mentions(rules, text)
    assert mention.at.is_field


@pytest.mark.parametrize("text", ["28504", "error 28504", "报错28504"])
def test_no_code_field(rules: CodeRules, text: str) -> None:
    """A number in a sentence is no field's value."""
    [mention] = list_mentions(rules, text)
    assert not mention.at.is_field


def test_hexadecimal_failure(rules: CodeRules) -> None:
    """A hexadecimal number whose failure bit is set is a code by its shape."""
    [mention] = list_mentions(rules, "0x80070005")
    assert mention.naming == Naming.NAMED
    assert list_mentions(rules, "0x00070005") == []


@pytest.mark.parametrize(
    "text",
    ["error codes:\n28504\n2066", "错误码：\n28504\n2066", "error code 28504, 2066", "错误码28504、2066"],
)
def test_naming_goes_on_through_a_list(rules: CodeRules, text: str) -> None:
    """What names the first number of a list names the others."""
    assert [(m.code, m.naming) for m in list_mentions(rules, text)] == [
        ("28504", Naming.NAMED),
        ("2066", Naming.NAMED),
    ]
