"""Names of other systems: which a text speaks of, and when what carries words is the subject itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.knowledge.entry import Phrase
from bot.knowledge.read_pack import add_entries
from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.other_systems import OtherSystems, find_used
from bot.matching.text import fold
from tests.support.shipped import open_matcher

MADE_UP = "MADE_UP"  # a code


@pytest.fixture(scope="module")
def systems(knowledge: Knowledge) -> OtherSystems:
    """The real names, with no words of entries."""
    return OtherSystems(tuple(knowledge.languages.values()), tuple(knowledge.packs.values()), ())


@pytest.mark.parametrize(
    "text", ["MySQL error 2000", "金蝶报错 5005", "the printer says 6100", "企业微信报 2066"]
)
def test_named(systems: OtherSystems, text: str) -> None:
    """A name is found in any case, beside Chinese as well."""
    assert systems.are_named(fold(text))


@pytest.mark.parametrize(
    "text", ["微信群里有人报错", "a zoom call about the lock", "the gateway says 2066", "伺服器出错"]
)
def test_not_named(systems: OtherSystems, text: str) -> None:
    """Where people talk is no system, nor is what only begins like a name."""
    assert not systems.are_named(fold(text))


def test_sentence(systems: OtherSystems) -> None:
    """A system is spoken of in its own sentence only, commas included."""
    text = fold("Stripe is fine now, they say. The lamp is offline")
    assert systems.are_spoken_of(text, text.index("fine"))
    assert not systems.are_spoken_of(text, text.index("lamp"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("iPhone升级失败", True),
        ("my Android tablet refuses the update", True),
        ("微信转账对方拒收", True),
        ("客户微信说设备离线", True),
        ("Alexa says the lamp is offline", True),
        ("the lamp is offline on my iPhone", False),
    ],
)
def test_subject(systems: OtherSystems, text: str, subject: bool) -> None:
    """A carrier is the subject where its clause begins with it."""
    folded = fold(text)
    assert (systems.find_subject(folded, len(folded)) is not None) == subject


def test_own_trade(knowledge: Knowledge) -> None:
    """A word of another trade that the entries use is none of another trade there, in any script."""
    languages, packs = tuple(knowledge.languages.values()), tuple(knowledge.packs.values())
    used = find_used(languages, [fold("快递柜里有包裹")], ())
    text = fold("parcel 包裹 flight 航班")
    others, own = OtherSystems(languages, packs, ()), OtherSystems(languages, packs, {"parcel", *used})
    assert others.are_of_trade(text[:9], 0)
    assert others.are_of_trade(text[7:9], 0)
    assert not own.are_of_trade(text[:9], 0)
    assert own.are_of_trade(text, 0)


def test_own_name(knowledge: Knowledge) -> None:
    """A pack for a system whose name stands in the list is answered: the name is its own."""
    pack = knowledge.packs["aliyun-living"]
    text = "MySQL error code 2000"
    assert open_matcher(pack.id).ask(text).matches == ()
    own = replace(pack, title={**pack.title, "en": "MySQL server"})
    verdict = Matcher(replace(knowledge, packs={pack.id: own})).ask(text)
    assert [match.entry.code for match in verdict.matches] == ["2000"]


def open_with(knowledge: Knowledge, **changes: Any) -> Matcher:
    """Return a matcher over the first pack with one more entry, which says nothing but what is given."""
    pack = knowledge.packs["aliyun-living"]
    given = {"title": {}, "phrases": (), "message": "", "code": MADE_UP} | changes
    entry = replace(pack.entries["2000"], **given)
    packs = {pack.id: add_entries(pack, {**pack.entries, entry.code: entry})}
    return Matcher(replace(knowledge, packs=packs))


@pytest.fixture(scope="module")
def bare(knowledge: Knowledge) -> Matcher:
    """A matcher whose added entry says nothing."""
    return open_with(knowledge)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("打印机卡纸", {"title": {"en": "Paper jam", "zh": "打印机卡纸"}}),
        ("打印机里卡纸了", {"phrases": (Phrase("打印机里卡纸了", "zh"),)}),
        ("printer jammed", {"message": "printer jammed"}),
        ("变频器没有输出", {"title": {"en": "No output", "zh": "变频器没有输出"}}),
        ("error code E_VFD_UV", {"code": "E_VFD_UV"}),
        ("错误码 MYSQL_GONE", {"code": "MYSQL_GONE"}),
    ],
)
def test_own_words(knowledge: Knowledge, bare: Matcher, text: str, changes: dict[str, Any]) -> None:
    """A name in a title, a message, a phrase or a code of an entry is its pack's own, in any script."""
    assert bare.ask(text).matches == ()
    matches = open_with(knowledge, **changes).ask(text).matches
    assert [match.entry.code for match in matches] == [changes.get("code", MADE_UP)]
