"""Words in dialect: what a dialect says for a part of a word is read as the word of the standard language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.features import read_features
from bot.matching.lexicon import Lexicon, find_faults, senses
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader
from bot.matching.text import read


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("搵唔到場景", "找不到场景"),
        ("場景揾不到", "场景找不到"),
        ("冇呢部裝置", "没有这部装置"),
        ("呢個產品唔支援", "这个产品不支持"),
        ("離咗線", "离了线"),
        ("佢唔係管理員", "他不是管理员"),
        ("參數唔啱", "参数不对"),
        ("冇得分享", "没有分享"),
    ],
)
def test_dialect(reader: Reader, said: str, standard: str) -> None:
    """A text in dialect says the same as in the standard language."""
    told = [(feature.name, feature.sign) for feature in reader.read(said).features]
    assert told == [(feature.name, feature.sign) for feature in reader.read(standard).features]


def test_dialect_by_sound(matcher: Matcher) -> None:
    """A word in dialect is read as it is written; by its sound it would be another word (唔 is no 无)."""
    assert matcher.ask("部機離咗線").matches
    assert not matcher.ask("消息中心的红点消不掉").matches


def test_language_without_dialect(knowledge: Knowledge) -> None:
    """A language that names no dialect reads its own words alone."""
    chinese = replace(knowledge.languages["zh"], dialect={})
    terms = knowledge.all_terms
    lexicon = Lexicon(senses([chinese], terms), (), find_faults(terms))
    assert "找不到" in lexicon.han
    assert "揾唔到" not in lexicon.han
    assert {feature.name for feature in read_features(read("揾唔到"), lexicon)}.isdisjoint({"exist"})
