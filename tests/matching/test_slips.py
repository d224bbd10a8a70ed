"""Chinese with slips, and by its sound: what was meant is read, what is written right stays."""

from __future__ import annotations

import pytest

from bot.matching.candidates import Finder
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader
from bot.matching.slips import Mended, SlipReader
from bot.matching.text import read


@pytest.fixture(scope="module")
def slips(reader: Reader, finder: Finder) -> SlipReader:
    """A reader of slips with the real words."""
    return SlipReader(reader.lexicon, finder.index)


def mend(slips: SlipReader, text: str) -> Mended:
    """Return a text that has slips with its slips mended."""
    mended = slips.mend(read(text))
    assert mended is not None
    return mended


@pytest.mark.parametrize(
    ("text", "meant", "count"),
    [
        ("投备不荐在", "设备不存在", 2),
        ("兮亨过期了", "分享过期了", 2),
        ("备设不在线", "设备不在线", 1),
        ("品产不在存", "产品不存在", 2),
        ("设备备不在线", "设备不在线", 1),
        ("产品不荐在，请看日志", "产品不存在,请看日志", 1),
        ("网关显示不在现", "网关显示不在线", 1),  # not 现在, which says nothing
    ],
)
def test_slips_are_mended(slips: SlipReader, text: str, meant: str, count: int) -> None:
    """A text with slips is read as what was meant, and they are counted."""
    mended = mend(slips, text)
    assert (mended.text.folded, mended.slips) == (meant, count)


@pytest.mark.parametrize(
    "text",
    [
        "设备不在线",  # nothing is wrong
        "客户一直在催",  # no 客户端
        "没过多久就好了",  # no 没过期
        "设备校准之后温度偏高",  # ordinary words
        "the device is offline",
        "the debate went on",  # no 的吧te: what tells nothing is no pinyin
        "设",
        "",
    ],
)
def test_what_is_right_stays(slips: SlipReader, text: str) -> None:
    """What has no slips is left alone, and so is a word that is only like a part of another."""
    assert slips.mend(read(text)) is None


@pytest.mark.parametrize("text", ["设备没荐在", "场景不下在", "末绑定", "权限无没有了吗"])
def test_negators_stay(slips: SlipReader, text: str) -> None:
    """No slip is seen in a negator, and none makes one: who denies and who doesn't is never changed."""
    mended = slips.mend(read(text))
    after = mended.text.folded if mended else text
    assert [letter for letter in after if letter in "不没未无非"] == [
        letter for letter in text if letter in "不没未无非"
    ]


def test_places_are_those_of_the_given_text(slips: SlipReader) -> None:
    """A mended text maps back to the text as given, before, in and behind a slip."""
    raw = "Ａ: 设设备不荐在！"
    mended = mend(slips, raw)
    place = mended.text.folded.index("存在")
    assert raw[slice(*mended.text.span(place, place + 2))] == "荐在"


def test_long_runs_are_left_alone(slips: SlipReader) -> None:
    """A run of Chinese without a break that is longer than any message is not read so."""
    assert slips.mend(read("投备不荐在" * 20)) is None


@pytest.mark.parametrize(
    "text",
    [
        "shebei bu zaixian",
        "she bei bu zai xian",
        "shebeibuzaixian",
        "ShebeiBuZaixian",
        "she4 bei4 bu4 zai4 xian4",
        "she4bei4bu4zai4xian4",
        "shèbèi bú zàixiàn",
        "设被不再线",
        "设备 bu zaixian",
        "shebei不在线",
    ],
)
def test_sounds(slips: SlipReader, text: str) -> None:
    """Pinyin however it is typed, and characters that sound alike, are what was meant."""
    assert mend(slips, text).text.folded.replace(" ", "") == "设备不在线"


@pytest.mark.parametrize("text", ["hello world", "device offline", "28504", "😀 ok"])
def test_english_is_no_pinyin(slips: SlipReader, text: str) -> None:
    """Words that are known as English, and words of no syllables, stay as they are."""
    assert slips.mend(read(text)) is None


def test_common_words_first(slips: SlipReader) -> None:
    """Of several readings of a syllable the plainest word is taken: shi is 是, not 时."""
    assert mend(slips, "shuo wo bu shi she bei de guan li yuan").text.folded == "说我不是设备的管理员"


def test_span_of_a_sound(slips: SlipReader) -> None:
    """What was written as pinyin is shown as it was written."""
    raw = "我说 shebei bu zaixian"
    mended = mend(slips, raw)
    place = mended.text.folded.index("设备")
    start, end = mended.text.span(place, place + 2)
    assert raw[start:end].strip() == "shebei"


def test_a_mended_text_is_answered(matcher: Matcher) -> None:
    """The desk answers what was meant, in a log as well, and shows the words as they were written."""
    verdict = matcher.ask("2025-06-15 17:25:30,836 ERROR [exec-3] iot-bridge - 投备不荐在")
    assert {match.entry.code for match in verdict.matches} == {"6100", "9112", "28560"}
    assert verdict.matches[0].evidence.rule == "spelling"


def test_watch_mode_reads_no_slips(matcher: Matcher) -> None:
    """A post nobody put to the desk is not answered for what it may have meant."""
    assert matcher.watch("网关报错：投备不荐在", eager=True).kind == "abstained"
