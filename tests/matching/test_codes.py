"""Codes in a text: where digits are a code, where they are something else, and what the text calls them."""

from __future__ import annotations

import pytest

from bot.matching.codes import Naming
from bot.matching.reading import Reader

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

NOT_FOUND = [
    # the page's own examples
    "10.0.0.1:28504",
    ":28504",
    "1285045",
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
    # longer numbers and fractions
    "2850404",
    "028504",
    "128504",
    "1.28504",
    "28504.0",
    "3.401",
    "1,285,045",
    # names of other things
    "JIRA-28504",
    "abc28504",
    "28504abc",
    "x28504x",
    "id_28504",
    "user_28504",
    "a28504b",
    "#28504",
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
    "500毫秒",
    "429 分钟",
    "401 hours",
    "500 MB",
    "500KB",
    "500 GB",
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
]

NOT_YET = [
    ("(404) 555-1234", "a phone"),
    ("[::1]:28504", "a port of an IPv6 host"),
    ("listening on\n:28504", "a port on a line of its own"),
    ("GET /list?code=28504", "the query of a URL without a host"),
    ("main.c(401): warning", "a line number as compilers of one vendor print it"),
    ("401行", "a line number"),
    ("500 milliseconds", "a duration"),
    ("500兆", "a size"),
    ("500字节", "a size"),
    ("500 RMB", "money"),
    ("500 yuan", "money"),
    ("500 CNY", "money"),
    ("500块", "money"),
    ("500 €", "money"),
    ("¼00", "a fraction, which NFKC writes with its own slash"),
]

LISTS = [
    ("28504 2066", ["28504", "2066"]),
    ("28504,2066", ["28504", "2066"]),
    ("28504, 2066 and 2086", ["28504", "2066", "2086"]),
    ("28504、2066、2086", ["28504", "2066", "2086"]),
    ("28504/2066", ["28504", "2066"]),
    pytest.param(
        "28504/2066/2086",
        ["28504", "2066", "2086"],
        marks=pytest.mark.xfail(strict=True, reason="the third of a list with slashes is lost"),
    ),
    pytest.param(
        "400 2000 2000 2000 10196 400",
        ["400", "2000", "2000", "2000", "10196", "400"],
        marks=pytest.mark.xfail(strict=True, reason="where the look-around ends it cuts a number in two"),
    ),
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
def test_code_found(reader: Reader, text: str, shown: str) -> None:
    """A code is found where it stands as a code, and its span shows it in the text as given."""
    [mention] = reader.read(text).mentions
    start, end = reader.read(text).text.span(mention.start, mention.end)
    assert text[start:end] == shown
    assert mention.code in {"28504", "6100", "500", "401"}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_code_found(reader: Reader, text: str) -> None:
    """Digits that are a part of something else are no code."""
    assert reader.read(text).mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, marks=pytest.mark.xfail(strict=True, reason=f"{kind} is read"))
        for text, kind in NOT_YET
    ],
)
def test_no_code_found_yet(reader: Reader, text: str) -> None:
    """Digits that are a part of something else are no code, in these forms either."""
    assert reader.read(text).mentions == ()


@pytest.mark.parametrize("text", [text for text in NOT_FOUND if text[0] not in ":#"])
@pytest.mark.parametrize("frame", ["we saw {} there", "出现了 {} 这样的内容", "{}\n{}"])
def test_no_code_found_in_a_sentence(reader: Reader, text: str, frame: str) -> None:
    """What is no code alone is none inside a sentence of either language."""
    assert [mention.code for mention in reader.read(frame.format(text, text)).mentions] == []


@pytest.mark.parametrize(("text", "codes"), LISTS)
def test_several_codes(reader: Reader, text: str, codes: list[str]) -> None:
    """Several codes are found in reading order."""
    assert [mention.code for mention in reader.read(text).mentions] == codes


@pytest.mark.parametrize("text", NAMED)
def test_named_as_error_code(reader: Reader, text: str) -> None:
    """These words say that the number is an error code."""
    [mention] = reader.read(text).mentions
    assert (mention.code, mention.naming) == ("28504", Naming.NAMED)


@pytest.mark.parametrize("text", BARE)
def test_not_named(reader: Reader, text: str) -> None:
    """A number alone isn't called anything."""
    [mention] = reader.read(text).mentions
    assert (mention.code, mention.naming) == ("28504", Naming.BARE)


@pytest.mark.parametrize("text", ['{"code": 28504}', "code=28504", '"errcode":"28504"', "错误码：28504"])
def test_code_field(reader: Reader, text: str) -> None:
    """The value of a field that the pack uses for codes is marked as such."""
    [mention] = reader.read(text).mentions
    assert mention.field


@pytest.mark.parametrize("text", ["28504", "error 28504", "报错28504"])
def test_no_code_field(reader: Reader, text: str) -> None:
    """A number in a sentence is no field's value."""
    [mention] = reader.read(text).mentions
    assert not mention.field


@pytest.mark.parametrize("text", ["0x80070005", "SMTP 550", "ORA 28504"])
def test_foreign_code(reader: Reader, text: str) -> None:
    """A number written as other systems write theirs is marked as foreign."""
    [mention] = reader.read(text).mentions
    assert mention.foreign


@pytest.mark.parametrize(
    "text",
    ["error codes:\n28504\n2066", "错误码：\n28504\n2066", "error code 28504, 2066", "错误码28504、2066"],
)
def test_naming_goes_on_through_a_list(reader: Reader, text: str) -> None:
    """What names the first number of a list names the others."""
    assert [(m.code, m.naming) for m in reader.read(text).mentions] == [
        ("28504", Naming.NAMED),
        ("2066", Naming.NAMED),
    ]
