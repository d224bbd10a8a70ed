"""A text that says there are several faults is answered with each; any other with the one it tells of."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher

SCOPE = frozenset({"aliyun-living"})

SEVERAL = [
    ("one heater says device is offline and another says upgrade failed", ["28504", "9103"]),
    ("一台提示升级失败，一台提示设备不在线", ["9103", "28504"]),
    ("two errors on one invite: the share has expired, and the share does not exist", ["2096", "2097"]),
    ("先报设备存在循环依赖，删了一个又报场景个数非法", ["10196", "10199"]),
    ('first it was "request auth error", then "too many requests"', ["401", "429"]),
    ("兩種提示：固件不存在、升級記錄不存在", ["9119", "9146"]),
    # each is stated as it is
    ('on saving "scene depth illegal", and with less in it "scene width illegal"', ["10198", "10199"]),
    ("设备不在线，升级失败，今天全碰上了", ["28504", "9103"]),
    # of the two somebody asks
    ("设备管理员不是他，产品又不支持分享，这两个分别怎么解决", ["2066", "2073"]),
]

ONE = [
    # what led to a fault is no fault of its own, though it is said as an entry says it
    ("想撤回给邻居的邀请，结果说接收者已经拒绝分享了", "2082"),
    ("I cancel the invitation and it says the receiver has agreed to the share", "2085"),
    # two things, one fault
    ("两台网关都离线了，怎么办", "28504"),
    ("both of my gateways are offline since noon", "28504"),
    ("first I rebooted the router, then the device went offline", "28504"),
    ("一把钥匙已经绑定了另一个虚拟用户", "28530"),
]


@pytest.mark.parametrize(("text", "codes"), SEVERAL)
def test_each_fault_is_answered(matcher: Matcher, text: str, codes: list[str]) -> None:
    """Every fault is answered, in reading order."""
    verdict = matcher.ask(text, SCOPE)
    assert (verdict.kind, [match.entry.code for match in verdict.matches]) == ("answered", codes)
    places = [match.evidence.span for match in verdict.matches]
    assert places == sorted(places)


@pytest.mark.parametrize(("text", "code"), ONE)
def test_one_fault_is_answered_alone(matcher: Matcher, text: str, code: str) -> None:
    """No second entry stands beside the answer."""
    verdict = matcher.ask(text, SCOPE)
    assert (verdict.kind, [match.entry.code for match in verdict.matches]) == ("answered", [code])


def test_unclear_faults_stay_a_choice(matcher: Matcher) -> None:
    """Where one of several faults may be two entries, nothing is answered as if it were clear."""
    verdict = matcher.ask("一会儿说token不存在，一会儿说产品不存在", SCOPE)
    assert verdict.kind == "choices"
