"""What is said of another trade's things is no fault of a product, unless the product's own are spoken of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("my visa has expired", []),
        ("the share has expired", ["2096"]),
        ("product not found on the shelf", []),
        ("product not found", ["5005"]),
        ("this movie has an empty scene", []),
        ('my "movie" scene does not exist', ["10200"]),
        ("the second act has too many scenes", []),
        ("too many scenes in one action", ["10199"]),
        ("the gateway on the warehouse shelf is offline", ["28504"]),
        ("my visa is here. The share has expired", ["2096"]),
        ("航班服务不可用", []),
        ("服务不可用", ["503"]),
        ("仓库的网关离线", ["28504"]),
        ("快递升级失败", []),
        ("固件升级失败", ["9103"]),
        ("值班经理不是管理员", []),
        ("我不是管理员", ["2066"]),
        ("打印机离线", []),
        ("设备离线了，就是打印机旁边的插座", ["28504"]),
        ("我不是管理员,禁不了言", []),
        ("我不是管理员,改不了名字", ["2066"]),
        ("share model not config for this product, it is on the shelves already", ["2075"]),
        ("product not found, it is on the shelves already", []),
    ],
)
def test_other_trade(matcher: Matcher, text: str, codes: list[str]) -> None:
    """The clause counts: a word of another trade in it, and none of what the pack calls its own things."""
    assert [match.entry.code for match in matcher.ask(text).matches] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the pergola I shared has expired", []),
        ("the lock's pergola I shared has expired", ["2096"]),
        ("the pergola says the share has expired", ["2096"]),
        ("pergola: the share has expired", ["2096"]),
        ("the pergola share not supported", []),
        ("the pergola this product not support share", ["2073"]),
        ("骆驼分享过期了", []),
        ("骆驼提示分享过期了", ["2096"]),
        ("骆驼的门锁分享过期了", ["2096"]),
        ("分享过期了", ["2096"]),
        ("error pergola-worker - the share has expired", ["2096"]),
        ("error pergola-worker msg=分享过期了", ["2096"]),
        ("the pergola-worker share has expired", []),
        ("the clooud could not query its message center", ["2074"]),
        ("the pergola could not query its message center", []),
        ("服端看不懂我们发的请求", ["400"]),
        ("骆驼看不懂我们发的请求", []),
    ],
)
def test_stranger_ahead(matcher: Matcher, text: str, codes: list[str]) -> None:
    """What's said of a word that no entry has is no fault.

    Unless it is reported or quoted, a thing is named, another field or part of a log line has the word, or
    it is a word of the string misspelt.
    """
    assert [match.entry.code for match in matcher.ask(text).matches] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the share to the pergola has expired", []),
        ("the share of our pergola has expired", []),
        ("too many requests for pergolas", []),
        ("the share to Piers has expired", ["2096"]),
        ("the share to my cousin has expired", ["2096"]),
        ("the share to the pergola's lock has expired", ["2096"]),
        ("the share has expired, we stand at the pergola", ["2096"]),
    ],
)
def test_stranger_behind(matcher: Matcher, text: str, codes: list[str]) -> None:
    """What a thing is to or for is what is spoken of, but for a name in capitals."""
    assert [match.entry.code for match in matcher.ask(text).matches] == codes


def test_pack_of_any_trade(knowledge: Knowledge) -> None:
    """A pack that calls nothing its own thing is asked about things of every trade."""
    pack = replace(knowledge.packs["aliyun-living"], own_things=())
    matcher = Matcher(replace(knowledge, packs={pack.id: pack}))
    assert [
        match.entry.code for match in matcher.ask("too many scenes in one action of the movie").matches
    ] == ["10199"]
    assert matcher.ask("the share on PayPal has expired").reason == "other-system"
