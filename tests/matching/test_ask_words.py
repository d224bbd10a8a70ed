"""Ask mode with words: messages, what people say, what tells entries apart, what turns a text round."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader
from bot.matching.score import CHOSEN
from bot.matching.verdict import Verdict
from tests.support.shipped import load_shipped

CODES = sorted(load_shipped().packs["aliyun-living"].entries)

DEVICE_MISSING = {"6100", "9112", "28560"}
PRODUCT_MISSING = {"5005", "28566"}
NOT_BOUND = {"2065", "28601"}

# One entry is the answer: text, its code.
ANSWERED = [
    # the API's message
    ("identityId and iotId not bound", "2065"),
    ("identityId is not manager", "2066"),
    ("device is offline.", "28504"),
    # how people say it
    ("设备离线了", "28504"),
    ("my device is not online", "28504"),
    ("設備不在線", "28504"),
    ("shebei bu zaixian", "28504"),
    ("shebeibuzaixian", "28504"),
    ("she4 bei4 bu4 zai4 xian4", "28504"),
    ("shèbèi bú zàixiàn", "28504"),
    ("设备不在线", "28504"),
    ("对方已同意分享", "2085"),
    ("the receiver has agreed to the share", "2085"),
    ("分享过期了", "2096"),
    ("固件不存在", "9119"),
    ("場景為空", "10200"),
    # typos
    ("device is offlne", "28504"),
    ("devcie is offline", "28504"),
    ("设备不再线", "28504"),
    ("firmwear does not exist", "9119"),
    ("sharing time expird", "2096"),
    ("my device is ofline", "28504"),
    # missing words, another order
    ("device offline", "28504"),
    ("offline device", "28504"),
    # one of two neighbours
    ("接口认证失败，appKey没填错", "401"),
    ("自动化里两个插座循环了", "10196"),
    ("my two plugs form a loop in the automation", "10196"),
    ("the scene triggers itself over and over", "10197"),
    ("offline is my device", "28504"),
    ("expired, the share", "2096"),
    # mixed languages
    ("我的 device 不在线", "28504"),
    ("my 设备 is offline", "28504"),
    ("firmware 不存在", "9119"),
    ("设备 bu zaixian", "28504"),
    ("shebei不在线", "28504"),
    # inside a longer sentence or a pasted log
    ("hello, since yesterday my device is not online, what can I do?", "28504"),
    ("你好，请问设备不在线是怎么回事，谢谢", "28504"),
    ("2018-09-04 12:00:00 ERROR [main] c.x.Y - device is offline.", "28504"),
    ("[W] resp: identityId is not manager, giving up", "2066"),
]

# What tells entries of one meaning apart: text, its code.
TOLD_APART = [
    ("6100 the device does not exist", "6100"),
    ("设备不存在 28560", "28560"),
    ("9112: there is no device", "9112"),
    ("OTA升级时提示设备不存在", "9112"),
    ("升级 设备不存在", "9112"),
    ("the device to upgrade does not exist", "9112"),
    ("during the OTA upgrade: device does not exist", "9112"),
    ("蓝牙绑定时产品不存在", "28566"),
    ("钥匙没有绑定", "28527"),
    ("门锁提示未绑定用户", "28527"),
]

SHARED = [
    ("设备不存在", DEVICE_MISSING),
    ("the device does not exist", DEVICE_MISSING),
    ("no such device", DEVICE_MISSING),
    ("設備不存在", DEVICE_MISSING),
    ("shebei bu cunzai", DEVICE_MISSING),
    ("我的设备不存在，怎么办？", DEVICE_MISSING),
    ("产品不存在", PRODUCT_MISSING),
    ("product does not exist", PRODUCT_MISSING),
    ("there is no such product", PRODUCT_MISSING),
    ("產品不存在", PRODUCT_MISSING),
    ("设备没有绑定", NOT_BOUND),
    ("设备未绑定", NOT_BOUND),
    ("the user and the device have no binding", NOT_BOUND),
    ("the device isn't bound", NOT_BOUND),
]

# Texts that turn what an entry says: text, the code that must not answer.
TURNED = [
    ("设备在线", "28504"),
    ("设备已经在线了", "28504"),
    ("device is online", "28504"),
    ("my device is online", "28504"),
    ("the device is not offline", "28504"),
    ("设备没有离线", "28504"),
    ("设备没有不在线", "28504"),
    ("share rejected", "2085"),
    ("对方已拒绝分享", "2085"),
    ("the receiver rejected the share", "2085"),
    ("share agreed", "2082"),
    ("对方已同意分享", "2082"),
    ("the receiver agreed to the share", "2082"),
    ("已绑定", "2065"),
    ("已绑定", "28601"),
    ("设备已绑定", "2065"),
    ("设备已绑定", "28601"),
    ("user and device are bound", "28601"),
    ("identityId and iotId bound", "2065"),
    ("未绑定", "2087"),
    ("设备和目标用户未绑定", "2087"),
    ("the device is not bound to the target user", "2087"),
    ("identityId is manager", "2066"),
    ("用户是设备管理员", "2066"),
    ("分享没有过期", "2096"),
    ("sharing time has not expired", "2096"),
    ("固件存在", "9119"),
    ("firmware exists", "9119"),
    ("产品存在", "5005"),
    ("product exists", "28566"),
    ("设备存在", "6100"),
    ("the device exists", "28560"),
    ("the device was found", "6100"),
    ("scene is not empty", "10200"),
    ("场景不为空", "10200"),
    ("the upgrade succeeded", "9103"),
    ("升级成功", "9103"),
    ("service is available", "503"),
    ("valid device", "9131"),
]


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the verdict's matches."""
    return [match.entry.code for match in verdict.matches]


@pytest.mark.parametrize(("text", "code"), ANSWERED)
def test_one_entry(matcher: Matcher, text: str, code: str) -> None:
    """A message or somebody's words for one entry are answered with that entry."""
    verdict = matcher.ask(text)
    assert (verdict.kind, codes(verdict)) == ("answered", [code])


@pytest.mark.parametrize("code", CODES)
def test_every_message(matcher: Matcher, knowledge: Knowledge, code: str) -> None:
    """Every message of the API leads to its entry, alone or among the choices."""
    [entry] = [entry for entry in knowledge.entries if entry.code == code]
    verdict = matcher.ask(entry.message)
    assert code in codes(verdict)


@pytest.mark.parametrize(("text", "code"), TOLD_APART)
def test_told_apart(matcher: Matcher, text: str, code: str) -> None:
    """A code, or words of the upgrade or the lock, tell entries of one meaning apart."""
    verdict = matcher.ask(text)
    assert (verdict.kind, codes(verdict)) == ("answered", [code])


@pytest.mark.parametrize(("text", "expected"), SHARED)
def test_shared_meaning(matcher: Matcher, text: str, expected: set[str]) -> None:
    """Where entries share a meaning and the text doesn't tell, all of them are choices, and no other."""
    verdict = matcher.ask(text)
    assert verdict.kind == "choices"
    assert set(codes(verdict)) == expected


@pytest.mark.parametrize(("text", "code"), TURNED)
def test_opposite_polarity(matcher: Matcher, text: str, code: str) -> None:
    """A text that says the opposite of an entry isn't answered with it, nor is it offered."""
    assert code not in codes(matcher.ask(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请问，設備不在線，怎么办", "設備不在線"),
        ("<@U012AB3CD> device is offline", "device is offline"),
        ("ﬁrst: device is offline", "device is offline"),
    ],
)
def test_evidence_of_words(matcher: Matcher, text: str, shown: str) -> None:
    """The evidence of words is a span in the text as given, and one of the entry's own strings."""
    [match] = matcher.ask(text).matches
    assert text[slice(*match.evidence.span)] == shown
    assert match.evidence.phrase in match.entry.strings


def test_choices_best_first(matcher: Matcher) -> None:
    """Choices are two to five, and runners-up are none of them."""
    verdict = matcher.ask("设备不存在")
    assert 2 <= len(verdict.matches) <= 5
    taken = {match.entry.id for match in verdict.matches}
    assert not taken & {match.entry.id for match in verdict.runners_up}


@pytest.mark.parametrize("text", [text for text, _ in ANSWERED] + [text for text, _ in SHARED])
def test_threshold(matcher: Matcher, finder: Finder, reader: Reader, text: str) -> None:
    """What is answered or offered by words has a candidate that reaches the threshold."""
    verdict = matcher.ask(text)
    if verdict.matches and verdict.matches[0].evidence.rule != "code":
        assert finder.find(reader.read(text))[0].score >= CHOSEN.answer


@pytest.mark.parametrize("text", [text for text, _ in SHARED])
def test_margin(matcher: Matcher, finder: Finder, reader: Reader, text: str) -> None:
    """No candidate within the margin of the best one is left out of the choices."""
    candidates = finder.find(reader.read(text))
    level = {c.unit.code for c in candidates if c.score > candidates[0].score - CHOSEN.margin}
    assert level <= set(codes(matcher.ask(text)))


def test_below_the_threshold(matcher: Matcher, finder: Finder, reader: Reader) -> None:
    """A text whose best candidate lies below the threshold is not answered."""
    for text in ("设备在线", "设备已绑定", "ok", "identityId is manager"):
        assert all(candidate.score < CHOSEN.answer for candidate in finder.find(reader.read(text)))
        assert matcher.ask(text).kind == "abstained"
