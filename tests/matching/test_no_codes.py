"""Digits that are no code, for what stands around them; the list of what they are instead."""

from __future__ import annotations

import pytest

from bot.matching.numbers.rules import CodeRules
from tests.matching.mentions import list_mentions

NOT_FOUND = [
    # the page's own examples
    "10.0.0.1:28504",
    ":28504",
    "28504.5",
    "PROJ-28504",
    "v1.28504",
    "+86 28504 1234",
    "https://a.example/28504",
    "https://a.example/list?code=28504",
    "429ms",
    "500MB",
    "401 requests",
    "Foo.java:401",
    # ports and hosts
    "localhost:28504",
    "listening on :28504",
    "bound to *:28504",
    "fixed in #28504",
    "a.example:28504/path",
    "port 28504",
    "port: 28504",
    "端口28504",
    "端口号：28504",
    "192.168.1.28504",
    "[::1]:28504",
    "listening on\n:28504",
    # longer numbers and fractions
    "1.28504",
    "28504.0",
    "3.401",
    "¼00",
    "1,285,045",
    # names of other things
    "JIRA-28504",
    "abc28504",
    "28504abc",
    "x28504x",
    "id_28504",
    "user_28504",
    "a28504b",
    "@28504",
    "28504@a.example",
    "order 28504",
    "订单28504",
    "工单号 28504",
    "pid 28504",
    "room 401",
    "第401条",
    # addresses, also in Slack's tokens
    "www.a.example/28504",
    "http://10.0.0.1:28504/",
    "http://a.example/x#28504",
    "ftp://a.example/28504",
    "/v1/codes/28504/x",
    "GET /list?code=28504",
    "<https://a.example/28504>",
    "<https://a.example/28504|28504>",
    "<https://a.example/|error code 28504>",
    "<tel:28504|28504>",
    "<mailto:28504@a.example|28504@a.example>",
    "<@U28504>",
    "<@U012AB3CD|28504>",
    "<#C28504|code-28504>",
    "<!subteam^S28504|28504>",
    "<!date^28504^{date}|28504>",
    "28504.html",
    "28504.log",
    # versions
    "v28504",
    "version 28504",
    "版本28504",
    "1.2.28504",
    "28504.1.2",
    # dates and times
    "2018-09-04",
    "2000-01-01",
    "2000/1/1",
    "2018.09.404",
    "2000年",
    "12:00:00.500",
    "12:00:00,500",
    "12:28504",
    # durations and sizes
    "429 ms",
    "500s",
    "500 seconds",
    "500 milliseconds",
    "500毫秒",
    "429 分钟",
    "401 hours",
    "500 MB",
    "500KB",
    "500 GB",
    "500兆",
    "500字节",
    "28504 bytes",
    "28504px",
    "28504%",
    "500 users",
    "500 台",
    "429次",
    # line numbers
    "line 401",
    "at line 401",
    "main.py, line 401",
    "file.js:401:12",
    "第401行",
    "401行",
    "main.c(401): warning",
    # money
    "$500",
    "$ 28504",
    "€500",
    "¥500",
    "￥500",
    "500元",
    "500块钱",
    "500€",
    "500 dollars",
    "500 RMB",
    "500 yuan",
    "500 CNY",
    "500块",
    "500 €",
    # phones
    "+8628504",
    "+1 404 5551234",
    "404-555-1234",
    "400-810-1234",
    "400 810 1234",
    "010-28504",
    "tel 28504",
    "电话28504",
    "phone: 28504",
    "(404) 555-1234",
]


# Longer numbers than the code within them: alone each is a code of its own, which no pack documents.
LONGER = ["1285045", "2850404", "028504", "128504"]


@pytest.mark.parametrize("text", LONGER)
def test_longer_number(rules: CodeRules, text: str) -> None:
    """A longer number is never the code that its digits hold."""
    assert [mention.code for mention in list_mentions(rules, text)] == [text]
    assert list_mentions(rules, f"we saw {text} there") == []


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_code_found(rules: CodeRules, text: str) -> None:
    """Digits that are a part of something else are no code."""
    assert list_mentions(rules, text) == []


@pytest.mark.parametrize("text", [text for text in NOT_FOUND if text[0] not in ":#"])
@pytest.mark.parametrize("frame", ["we saw {} there", "出现了 {} 这样的内容", "{}\n{}"])
def test_no_code_found_in_a_sentence(rules: CodeRules, text: str, frame: str) -> None:
    """What is no code alone is none inside a sentence of either language."""
    assert [mention.code for mention in list_mentions(rules, frame.format(text, text))] == []


def test_digits_of_a_fraction(rules: CodeRules) -> None:
    """The digits of a fraction written as one character make no code with those around it."""
    assert list_mentions(rules, "10¼00") == []
