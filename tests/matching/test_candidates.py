"""Which entries a text may mean by its words: by meaning, else by spelling, else by sound."""

from __future__ import annotations

import pytest

from bot.matching.candidates import Candidate, Finder
from bot.matching.reading import Reader
from bot.matching.score import CHOSEN


def find(finder: Finder, reader: Reader, text: str) -> list[Candidate]:
    """Return the candidates for a text."""
    return finder.find(reader.read(text))


@pytest.mark.parametrize(
    ("text", "code", "rule"),
    [
        ("device is offline", "28504", "message"),
        ("identityId is not manager", "2066", "message"),
        ("设备不在线", "28504", "phrase"),
        ("my device is not online", "28504", "phrase"),
        ("分享过期了", "2096", "phrase"),
        ("shebei bu zaixian", "28504", "sound"),
        ("shebeibuzaixian", "28504", "sound"),
        ("she4 bei4 bu4 zai4 xian4", "28504", "sound"),
        ("设被不再线", "28504", "sound"),
    ],
)
def test_ways(finder: Finder, reader: Reader, text: str, code: str, rule: str) -> None:
    """A text finds its entry by what it says, or by how it sounds, and tells by which."""
    best = find(finder, reader, text)[0]
    assert (best.unit.code, best.rule) == (code, rule)


@pytest.mark.parametrize(
    "text",
    [
        "分享那模式没人给设，这产品就分享不出去，找谁",
        "the firmware isn't there, I sent the push from the version page, the record shows the gateway",
        "给门锁添加钥匙，结果说这个设备不存在",
    ],
)
def test_context_breaks_ties_alone(finder: Finder, reader: Reader, text: str) -> None:
    """What else of a text belongs to an entry lifts it over none whose own words lead by the margin."""
    found = find(finder, reader, text)
    apart = [finder.weights.score(one.measures._replace(context=0.0)) for one in found]
    assert any(one.measures.context for one in found)
    for one, own in zip(found, apart, strict=True):
        for other, score in zip(found, apart, strict=True):
            assert score < own + CHOSEN.margin or other.score >= one.score - 1e-9


@pytest.mark.parametrize("text", ["firmwear dose not exsit", "prodct not fund", "shring recod not exist"])
def test_misspelt(finder: Finder, reader: Reader, text: str) -> None:
    """A text with several typos still has candidates."""
    assert find(finder, reader, text)


@pytest.mark.parametrize("text", ["", "hello", "谢谢", "28504", "🎉", "the weather is nice"])
def test_no_candidates(finder: Finder, reader: Reader, text: str) -> None:
    """A text that says nothing of any entry has no candidate."""
    assert find(finder, reader, text) == []


TEXTS = [
    "设备不存在",
    "product does not exist",
    "device not bound to user",
    "shebei bu zaixian",
    "share failed and the device is offline",
    "升级失败，固件不存在",
    "devcie ofline",
]


@pytest.mark.parametrize("text", TEXTS)
def test_one_for_each_entry(finder: Finder, reader: Reader, text: str) -> None:
    """Each entry stands among the candidates once, with its best string, the best candidate first."""
    found = find(finder, reader, text)
    assert len({candidate.unit.entry_id for candidate in found}) == len(found)
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_and_scores(finder: Finder, reader: Reader, text: str) -> None:
    """A candidate's span lies inside its text, and its score is what its measures come to."""
    for candidate in find(finder, reader, text):
        assert 0 <= candidate.start < candidate.end <= len(candidate.text.folded)
        assert candidate.score == finder.weights.score(candidate.measures)


@pytest.mark.parametrize("text", TEXTS)
def test_same_candidates_twice(finder: Finder, reader: Reader, text: str) -> None:
    """The same text has the same candidates again."""
    assert find(finder, reader, text) == find(finder, reader, text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("设备不存在", {"6100", "9112", "28560"}),
        ("the device does not exist", {"6100", "9112", "28560"}),
        ("产品不存在", {"5005", "28566"}),
        ("设备没有绑定", {"2065", "28601"}),
    ],
)
def test_shared_meaning(finder: Finder, reader: Reader, text: str, codes: set[str]) -> None:
    """Entries that truly share a meaning are the leading candidates together."""
    found = find(finder, reader, text)
    assert {candidate.unit.code for candidate in found[: len(codes)]} == codes
    assert found[0].shared | {found[0].unit.code} >= codes


@pytest.mark.parametrize(
    ("text", "code", "rivals"),
    [
        ("OTA升级时提示设备不存在", "9112", {"6100", "28560"}),
        ("升级 设备不存在", "9112", {"6100", "28560"}),
        ("bluetooth binding: product not exist", "28566", {"5005"}),
    ],
)
def test_context(finder: Finder, reader: Reader, text: str, code: str, rivals: set[str]) -> None:
    """What else a text says of an entry puts it before those of the same meaning."""
    best, *others = find(finder, reader, text)
    assert best.unit.code == code
    assert all(candidate.score < best.score - 2 for candidate in others if candidate.unit.code in rivals)


@pytest.mark.parametrize(
    ("text", "turned", "code"),
    [
        ("设备不在线", "设备在线", "28504"),
        ("identityId is not manager", "identityId is manager", "2066"),
        ("固件不存在", "固件存在", "9119"),
        ("receiver rejected the share", "receiver agreed to the share", "2082"),
    ],
)
def test_contradicted(finder: Finder, reader: Reader, text: str, turned: str, code: str) -> None:
    """An entry that the text denies is answered no more."""
    scores = [
        {candidate.unit.code: candidate.score for candidate in find(finder, reader, said)}
        for said in (text, turned)
    ]
    assert scores[0][code] >= CHOSEN.answer
    assert scores[1].get(code, 0.0) < CHOSEN.offer
