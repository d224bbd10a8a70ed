"""Numbers that stand as codes beside a word of the platform, and those that count or set something."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from bot.matching.numbers.decide import Codes
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reader


def read_standing(reader: Reader, rules: CodeRules, text: str) -> list[bool]:
    """Return of each number of a text whether it stands as a code."""
    return [place.is_standing for place in Codes(reader.read(text), rules).places]


CODES = [
    # called a code
    "error code 28504",
    "错误码 6100",
    "the gateway returned 2066",
    '{"code":6100,"cost":404}',
    # alone in its clause, chatter apart
    "28504 again",
    "and now 2062",
    "又是 2062 了",
    "lamp is dark, 28504 since noon",
    # behind the platform: an id with its value, a path, a name
    "iotId=x7 6100",
    "iotId x7 6100 again",
    "DeviceName: porch_02 6100",
    "POST /uc/unbind -> 2066",
    "/scene/list: 10198",
    "飞燕 5005 又来了",
    "飞燕：5005",
    # behind a fault that something has, or that ends in a colon
    "unbinding failed 2065",
    "解绑失败 2065",
    "iotId x7 fails on staging: 28504",
    # a list has the standing of its first
    "iotId x7 6100, 2065",
    # two numbers of distinctive length are no ratio
    "iotId x7 28504/28601",
    # faults are told one by one, not tallied
    "unbinding failed 2065, sharing failed 2066",
    # a time before it is no column of numbers
    "07:58 6100 on iotId x7",
    # what is counted behind it is another number
    "6100 on 12 hubs",
]

AMOUNTS = [
    # named by another word: a measure, a setting, a place
    "iotId peak QPS 2000",
    "iotId 去重之后 28504",
    "pageSize 最大 500",
    "ProductKey quota raised to 500",
    "iotId timeout to 2000",
    "about 28504 of them",
    "飞燕例会在 404",
    "DeviceName length 500",
    # the value of a field that is no code field
    "Lux: 2000",
    "在线: 28504",
    "iotId total = 2000",
    "limit：500",
    "iotId: 28504",
    # a fault that is all its clause says is counted
    "失败: 404",
    "离线 404",
    # a number of its own on the other side
    "iotId 2000/5005",
    "iotId 2000 of 5005 done",
    "appKey 400-500",
    "appKey 400 -> 500",
    "/thing/list 400 to 500",
    # a thing behind it
    "2000 entries for iotId x7",
    "飞燕 2000 设备在线",
    "got 500 iotIds",
    "显示 2000 件",
    "收到 28504 桶，入库了",
    # a list has the standing of its first
    "ids: 2000, 404, 500",
]

TALLIES = [
    "成功 2000，失败 0，跳过 404",
    "28504 errors this morning, 2066 warnings",
    "3 failed, 460 upgraded",
    "Jo, desk 2066, Kim, desk 2085",
    "设备离线 404，在线 28504",
]


@pytest.mark.parametrize("text", CODES)
def test_code(reader: Reader, rules: CodeRules, text: str) -> None:
    """A number stands as a code if it is called one, stands alone, or behind the platform or a fault."""
    assert any(read_standing(reader, rules, text))
    assert read_standing(reader, rules, text)[0]


@pytest.mark.parametrize("text", AMOUNTS)
def test_amount(reader: Reader, rules: CodeRules, text: str) -> None:
    """A number that another word names, or that has its like beside it, is no code."""
    assert not any(read_standing(reader, rules, text))


def test_column(reader: Reader, rules: CodeRules) -> None:
    """Of two numbers side by side in a log, the second is a column of its own."""
    text = '"POST /thing/service HTTP/1.1" 403 2066'
    assert read_standing(reader, rules, text) == [True, False]


@pytest.mark.parametrize("text", [*AMOUNTS, *TALLIES])
@pytest.mark.parametrize("eager", [False, True])
def test_amount_beside_the_platform(matcher: Matcher, text: str, eager: bool) -> None:
    """An amount is no sign, whatever word of the platform and whatever other amount stands beside it."""
    assert matcher.watch(f"{text}\n{text}", eager).matches == ()
    assert matcher.watch(f"{text} (iotToken)", eager).matches == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/thing/list QPS 2000: param is invalid", "2000"),
        ("iotId count 6100 device not found", "6100"),
        ("[28504] ERROR device is offline.", "28504"),
    ],
)
def test_own_message_makes_a_code(matcher: Matcher, text: str, code: str) -> None:
    """A number beside its own message is a code wherever it stands."""
    assert [match.entry.code for match in matcher.watch(text).matches] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "物料代码: 28504\n需求: 2000 件",
        "股票代码 28504，成交 2000 手",
        "午盘收报 9112 点，恒指 28504 点",
        "sort code 28504, error budget 2066",
        "28504 errors overnight, 2066 warnings",
        "status of the import: 28504 passed, 2066 skipped",
    ],
)
def test_two_amounts_are_no_codes(matcher: Matcher, text: str) -> None:
    """A hint word beside one amount makes no pair of codes with another."""
    for eager in (False, True):
        assert matcher.watch(text, eager).matches == ()


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("2064", True),
        ("what's 2064?", True),
        ("请问2064是什么意思", True),
        ("hello. 2064? my lamp is offline", True),
        ("the lamp is offline；2064。", True),
        ("2064 lamps", False),
        ("the lamp shows 2064", False),
        ("设备 2064", False),
    ],
)
def test_number_alone(reader: Reader, rules: CodeRules, text: str, alone: bool) -> None:
    """A number stands alone if its own clause says nothing else but chatter."""
    [place] = Codes(reader.read(text), rules).places
    assert ("alone" in place.list_frames(watched=False)) == alone
