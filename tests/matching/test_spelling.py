"""Documented strings found letter by letter: as they are, turned round, misspelt."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from bot.matching.spelling import compare


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("rate limited", {"429"}),
        ("[2025-07-19 11:40:07] [WARN] com.acme.home.DeviceFacade: rate limited", {"429"}),
        ('{"id": "x", "error": {"detail": "请求被拒绝", "cost": 12}}', {"403"}),
        ("操作太频繁，请稍后再试", {"429"}),
        ("anyone around? I get request error.", {"400"}),
        ("我这边设备不存在", {"6100", "9112", "28560"}),
        ("device whatever", set()),
    ],
)
def test_stated(matcher: Matcher, text: str, codes: set[str]) -> None:
    """A string that a text states to the letter is answered whatever it stands in."""
    assert {match.entry.code for match in matcher.ask(text).matches} == codes


@pytest.mark.parametrize(
    ("said", "meant", "least", "most"),
    [
        ("设备不在线", "设备不在线", 1, 1),
        ("投备不在线", "设备不在线", 0.9, 0.99),  # looks like it
        ("门备不在线", "设备不在线", 0.75, 0.85),  # another character
        ("不在线设备", "设备不在线", 1, 1),
        ("not found the device", "the device not found", 1, 1),
        ("the device was found", "the device not found", 0, 0.9),
        ("没在线设备", "设备不在线", 0, 0.8),  # a negator is no other
        ("", "设备", 0, 0),
    ],
)
def test_compare(said: str, meant: str, least: float, most: float) -> None:
    """A letter that looks like the right one costs half of another one, and another order nothing."""
    assert least <= compare(said, meant) <= most


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"error": "请求被拒绝", "cost": 484}', ["403"]),  # "error" and a refusal are no wrong request
        ("2025-01-10 E com.acme.home.DeviceFacade: rate limited", ["429"]),
        ("has registered that phone number no user", ["2077"]),
        ("Queying the product filed", ["5225"]),  # the denial itself is misspelt
        ("系统停维护", ["503"]),
    ],
)
def test_answered(matcher: Matcher, text: str, codes: list[str]) -> None:
    """The string that stands in a text outdoes what else the words around it might mean."""
    assert [match.entry.code for match in matcher.ask(text).matches] == codes


@pytest.mark.parametrize(
    "text",
    [
        "You can share with yourself",
        "是 GPRS 设备",
        "能分享给自己",
        "认识的操作类型",
        "分享 ID 对",
        "分享取消得了",
        "设备在线",
        "普通成员操作了",
        "有升级任务",
        "升级任务",
        "产品后台已选分享模式",
        "the token the device should report is there",
        "msg-center",
    ],
)
def test_a_turned_string_is_not_answered(matcher: Matcher, text: str) -> None:
    """A documented string less its negation is no fault, though its other words are those of one."""
    assert matcher.ask(text).kind == "abstained"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("设备不纯在", {"6100", "9112", "28560"}),  # sounds like 存在 where ch and c are one
        ("产品不纯在", {"5005", "28566"}),
        ("设备不子在", set()),
    ],
)
def test_as_near_to_two_meanings(matcher: Matcher, text: str, codes: set[str]) -> None:
    """What is one character off from 不在线 and from 不存在 is what it sounds like, or neither."""
    assert {match.entry.code for match in matcher.ask(text).matches} == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sharing with myself", "2086"),
        ("对方已经接受分享", "2085"),
        ("the call to the message centre went wrong", "2074"),
        ("OTA 失百", "9103"),
    ],
)
def test_what_only_looks_turned(matcher: Matcher, text: str, code: str) -> None:
    """A state that is a fault, another fault, and a misspelt one are answered as they are."""
    assert [match.entry.code for match in matcher.ask(text).matches] == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("there is no device exist", ["9112"]),
        ("ther is no device exist", ["9112"]),
        ("用户设备没有绑定", ["28601", "2065"]),
        ("用户与设备没有绑定", ["28601"]),
        ("product not found", ["5005"]),
        ("user and device are not bound", ["28601"]),
        ("设备不存在", ["6100", "9112", "28560"]),  # declared by each to be the others' as well
        ("no such device anywhere", ["6100", "9112", "28560"]),
    ],
)
def test_words_tell_apart(matcher: Matcher, text: str, codes: list[str]) -> None:
    """Of entries of one meaning the one whose very words are used is meant, if these are its alone."""
    assert {match.entry.code for match in matcher.ask(text).matches} == set(codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("device is offline, what can we do?", {"28504"}),
        ("only the one aho shared it may cancel rhe share. where do I even start looking?", {"2078"}),
        ("在吗，想问一下，接收者已意同享分，我又试了一遍还是一样。", {"2085"}),
        ("分享已是取消装态，需要提工单吗？", {"2093"}),
        ("how do I share a device with my family?", set()),
        ("怎么取消分享", set()),
        ("设备可以分享吗，怎么操作", set()),
    ],
)
def test_a_stated_fault_is_no_how_to(matcher: Matcher, text: str, codes: set[str]) -> None:
    """Who states a fault by itself asks about it; who asks how a thing is done is not answered."""
    assert {match.entry.code for match in matcher.ask(text).matches} == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("empyt lock user profil", ["28529"]),  # words that belong together, one of them misspelt
        ("the PrdouctKye is mistyped", ["2000", "28566", "5005", "5225"]),
        ("我又不是这台投备的管埋员", ["2066"]),
        ("升级任务记录不村在", ["9132"]),
        ("升级记录不村在", ["9146"]),
        ("The identitiyId does not exsit", ["2062"]),  # not the scene, which is farther by letters
        ("changjing tao changjing, raole yiquan chengle xunhuan", ["10197"]),  # over a comma
    ],
)
def test_misspelt(matcher: Matcher, text: str, codes: list[str]) -> None:
    """A text that is but for its slips one string is answered by the entry that is nearest by letters."""
    found = [match.entry.code for match in matcher.ask(text).matches]
    assert found
    assert set(found) <= set(codes)


@pytest.mark.parametrize(
    "text",
    ["the scene exists", "the product exists", "手机号对应的用户存在", "邮箱对应的用户是存在的"],
)
def test_turned(matcher: Matcher, text: str) -> None:
    """What is all but the opposite of one string is not taken for another one that is less like it."""
    assert matcher.ask(text).kind == "abstained"


@pytest.mark.parametrize("text", ["设备说：设备不存在，重启也不行", "设备未绑定", "设备没有绑定"])
def test_whole_rather_than_cut(matcher: Matcher, text: str) -> None:
    """A text that is a whole string, or much like one, is not another string cut short."""
    assert matcher.ask(text).kind == "choices"
