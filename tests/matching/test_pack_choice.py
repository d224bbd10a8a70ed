"""One number, two layers: which pack's code a text means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.codes import CodeSet
from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher

CLOUD, DEVICE = "aliyun-living-gateway", "device"


@pytest.fixture(scope="module")
def matcher(knowledge: Knowledge) -> Matcher:
    """A matcher over the vendor's table and two layers that have 6205: the cloud's, and a device's."""
    cloud = knowledge.packs[CLOUD]
    device = replace(
        cloud,
        id=DEVICE,
        shape=replace(cloud.shape, negative=CodeSet(ranges=((6000, 6999),))),
        evidence=(*knowledge.packs["aliyun-living"].evidence, "rawDataToProtocol"),
        entries={
            "6205": replace(
                cloud.entries["6205"], pack=DEVICE, message="iot message service error", same_fault=()
            )
        },
        spellings={},
    )
    packs = {name: knowledge.packs[name] for name in ("aliyun-living", CLOUD)}
    return Matcher(replace(knowledge, packs={**packs, DEVICE: device}))


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("6205", {CLOUD, DEVICE}),
        ("错误码 6205", {CLOUD, DEVICE}),
        ("code 6205: device offline", {CLOUD}),
        ("code 6205: iot message service error", {DEVICE}),
        ("ERROR_IOT_MESSAGE = -6205", {DEVICE}),
        ("returns -6205", {DEVICE}),
        ("rawDataToProtocol runs, then 6205", {DEVICE}),
        ("api.link.aliyun.com 返回 6205", {CLOUD}),
        ("错误码 6205，iotId 没问题", {CLOUD, DEVICE}),
        ("code 6205 - device offline", {CLOUD}),
    ],
)
def test_ask(matcher: Matcher, text: str, packs: set[str]) -> None:
    """A message, a minus sign or a layer's own word tells; what both layers share does not: a choice."""
    verdict = matcher.ask(text)
    assert {match.entry.id for match in verdict.matches} == {f"{pack}/6205" for pack in packs}
    assert verdict.kind == ("choices" if len(packs) > 1 else "answered")


@pytest.mark.parametrize(
    ("post", "pack"),
    [
        ('{"code":6205,"message":"device offline"}', CLOUD),
        ('{"code":-6205,"message":"iot message service error"}', DEVICE),
        ("rawDataToProtocol failed with error code 6205, iotId Xa9", DEVICE),
    ],
)
def test_watch(matcher: Matcher, post: str, pack: str) -> None:
    """A watched post gets the layer's answer that it tells of, not both."""
    assert [match.entry.pack for match in matcher.watch(post).matches] == [pack]
